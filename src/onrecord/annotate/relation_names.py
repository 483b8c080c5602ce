"""Two names of one thing, told by brackets and cues: "X (ACRONYM)", "X, also known as Y".

These need no grammar: brackets, commas and a few fixed words between two names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import country_of
from onrecord.annotate.phrases import Scene
from onrecord.annotate.relation_words import relation_words
from onrecord.model.annotation import Relation
from onrecord.model.span import Span
from onrecord.read.agencies import known_agency

if TYPE_CHECKING:
    from spacy.tokens import Token

# "(R-FL)", "(D)", "(L)", "(AP)": party and state, side of a photograph, agency.
_LABEL = re.compile(
    r"(?:[A-Z]|[RDI]\s?[-–,]\s?[A-Z][A-Za-z.]{1,6}|AP|AFP|UPI|pictured|center|centre|left|right)\Z"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&./-]{0,8}[A-Z0-9]s?\Z|[A-Z]{2,10}s?\Z")
_SMALL = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "de",
        "del",
        "la",
        "to",
        "a",
        "al",
        "&",
        "y",
        "e",
        "da",
        "do",
    }
)


def alias_relations(scene: Scene) -> Iterator[Relation]:
    """Yield pairs of names of one thing: bracketed acronyms and cues such as "aka"."""
    yield from _bracketed(scene)
    yield from _cued(scene)
    yield from _or_names(scene)


def _bracketed(scene: Scene) -> Iterator[Relation]:
    for token in scene.tokens:
        if token.text != "(":
            continue
        inside = _inside(scene, token)
        before = scene.at(token.i - 1)
        if not inside or before is None or len(inside) > 9:
            continue
        yield from _pair(scene, before, inside)


def _inside(scene: Scene, opening: Token) -> list[Token]:
    found: list[Token] = []
    position = opening.i + 1
    while (token := scene.at(position)) is not None:
        if token.text == ")":
            return found
        found.append(token)
        position += 1
    return []


def _pair(scene: Scene, before: Token, inside: list[Token]) -> Iterator[Relation]:
    text = scene.parse.text_of(scene.span(inside[0], inside[-1])).strip("\"'“”‘’")
    if _LABEL.match(text) or (before.is_punct and before.text not in {"'", "’", '"', "”"}):
        return
    dash = next(
        (i for i, t in enumerate(inside) if t.text in {"-", "–", ","} and t.whitespace_), None
    )
    if dash is not None and dash + 1 < len(inside):
        # "(Full Name in the own tongue - FNO)" gives two aliases.
        for part in (inside[:dash], inside[dash + 1 :]):
            yield from _pair(scene, before, part)
        return
    while inside and inside[0].text in {'"', "“", "‘", "'"}:
        inside = inside[1:]
    while inside and inside[-1].text in {'"', "”", "’", "'"}:
        inside = inside[:-1]
    if not inside:
        return
    alias = scene.span(inside[0], inside[-1])
    written = scene.parse.text_of(alias)
    if _LABEL.match(written) or _is_rank(scene, before, written):
        return
    is_other = bool(known_agency(written) or country_of(written))
    if is_other and _spelled_out(scene, before, written) is None and before.is_upper is False:
        first = scene.name_at(before)
        # "(AFP)" credits an agency; "they (US)" is an editor's note.
        if known_agency(written) or first is None or first.kind in {"country", "person"}:
            return
    if _ACRONYM.match(written):
        full = _spelled_out(scene, before, written) or _name_ending(scene, before)
        if full is not None and scene.parse.text_of(full) != written:
            evidence = alias
            yield Relation("also_known_as", full, alias, evidence, confidence=0.9)
        return
    if written.startswith("@"):
        return
    name = _name_ending(scene, before)
    second = scene.name_at(inside[0])
    is_name = (
        name is not None
        and all(
            t.is_title or t.is_upper or t.lower_ in _SMALL or "-" in t.text or t.pos_ == "PROPN"
            for t in inside
        )
        and inside[0].pos_ == "PROPN"
        and inside[0].ent_type_ not in {"DATE", "CARDINAL", "TIME"}
        and not any(t.like_num for t in inside)
    )
    if not is_name or name is None:
        return
    first = scene.name_at(before)
    if (
        first is not None
        and second is not None
        and first.kind != second.kind
        and "person" in {first.kind, second.kind}
    ):
        return
    if first is not None and first.kind == "person" and second is None and len(inside) == 1:
        # Rolls of players and delegates: "Ann Vale (Harriers)".
        return
    yield Relation("also_known_as", name, alias, alias, confidence=0.65)


def _is_rank(scene: Scene, before: Token, acronym: str) -> bool:
    """Return whether the bracket shortens a title: "Superintendent of Police (SP)"."""
    full = _spelled_out(scene, before, acronym)
    if full is None:
        return False
    words = scene.parse.text_of(full).lower().split()
    roles = relation_words().roles
    return any((word,) in roles for word in words[:3] if word != "chief") and "of" in words


def _spelled_out(scene: Scene, before: Token, acronym: str) -> Span | None:
    """Return the words before a bracket whose initials are the acronym in it."""
    letters = re.sub(r"[^A-Za-z]", "", acronym.removesuffix("s")).lower()
    words: list[Token] = []
    position = before.i
    while (token := scene.at(position)) is not None and len(words) < 3 * len(letters) + 3:
        if token.text in {",", ";", ".", "(", ")", ":"}:
            break
        words.insert(0, token)
        position -= 1
    best: Token | None = None
    for start in range(len(words) - 1, -1, -1):
        word = words[start]
        if word.lower_ in _SMALL or word.tag_ == "POS" or not word.text[0].isalpha():
            continue
        initials = _initials(words[start:])
        if initials == letters:
            best = word
        strict = "".join(w.lower_[0] for w in words[start:] if w.text[0].isalnum())
        if strict == letters:
            best = word
        if len(initials) > len(letters):
            break
    if best is None:
        return None
    return scene.span(best, words[-1])


def _initials(words: list[Token]) -> str:
    letters = []
    for word in words:
        if word.lower_ in _SMALL or word.tag_ == "POS":
            continue
        if word.text[0].isalpha():
            letters.append(word.lower_[0])
    return "".join(letters)


def _name_ending(scene: Scene, token: Token) -> Span | None:
    while token.text in {'"', "”", "’", "'"} or token.tag_ == "POS":
        previous = scene.at(token.i - 1)
        if previous is None:
            return None
        token = previous
    name = scene.name_at(token)
    if name is not None:
        return name.head
    phrase = scene.phrase(token)
    if phrase is not None and token.pos_ == "PROPN":
        first = next(
            (t for t in scene.tokens_of(phrase.span) if t.tag_ not in {"DT", "PRP$"}), token
        )
        return scene.span(first, token)
    return None


def _cued(scene: Scene) -> Iterator[Relation]:
    cues = _cues_by_first_word()
    for position, token in enumerate(scene.tokens):
        for words in cues.get(token.lower_, ()):
            found = scene.tokens[position : position + len(words)]
            if [t.lower_ for t in found] != words:
                continue
            subject = _before_cue(scene, token)
            for alias in _after_cue(scene, found[-1]):
                if subject is not None and not subject.overlaps(alias):
                    evidence = scene.span(token, found[-1])
                    yield Relation("also_known_as", subject, alias, evidence, confidence=0.85)
            break
        else:
            continue


@cache
def _cues_by_first_word() -> dict[str, list[list[str]]]:
    """Return the words of each cue, in the order of the resource, by the first of them."""
    by_first: dict[str, list[list[str]]] = {}
    for cue in relation_words().also_known_as:
        words = cue.split()
        by_first.setdefault(words[0], []).append(words)
    return by_first


def _before_cue(scene: Scene, cue: Token) -> Span | None:
    position = cue.i - 1
    token = scene.at(position)
    while token is not None and (
        token.is_punct
        or token.lower_
        in {
            "also",
            "who",
            "which",
            "is",
            "was",
            "are",
            "were",
            "group",
            "then",
            "now",
            "widely",
            "and",
            "a",
            "man",
            "formerly",
            "usually",
            "locally",
            "best",
            "more",
            "commonly",
        }
    ):
        if token.text in {".", ";", ":"}:
            return None
        position -= 1
        token = scene.at(position)
    if token is None:
        return None
    name = _name_ending(scene, token)
    if name is not None:
        return name
    phrase = scene.phrase(token)
    # "A facility known as X" has no other name than X.
    if phrase is None or any(c.lower_ in {"a", "an"} for c in phrase.head.children):
        return None
    return phrase.span if any(c.dep_ in {"det", "poss"} for c in phrase.head.children) else None


def _after_cue(scene: Scene, cue: Token) -> Iterator[Span]:
    position = cue.i + 1
    token = scene.at(position)
    quoted = False
    while token is not None and (token.is_quote or token.lower_ in {"the", "simply", "as"}):
        quoted = quoted or token.is_quote
        position += 1
        token = scene.at(position)
    while token is not None:
        last = token
        name = scene.name_at(token)
        if quoted:
            while (following := scene.at(last.i + 1)) is not None and not (
                following.is_quote or following.text in {",", ".", ")"}
            ):
                last = following
                if last.i - token.i > 6:
                    return
        elif name is not None:
            last = scene.tokens_of(name.head)[-1]
        elif token.pos_ != "PROPN" and not token.is_title:
            return
        else:
            while (following := scene.at(last.i + 1)) is not None and (
                following.pos_ == "PROPN" or (following.text == "-" and not following.whitespace_)
            ):
                last = following
        yield scene.span(token, last)
        joint = scene.at(last.i + 1)
        while joint is not None and (joint.is_quote or joint.text == ","):
            joint = scene.at(joint.i + 1)
        if joint is None or joint.lower_ not in {"and", "or"}:
            return
        token = scene.at(joint.i + 1)
        if token is not None and token.is_quote:
            quoted = True
            token = scene.at(token.i + 1)
        if token is None or (not quoted and token.pos_ != "PROPN"):
            return


def _or_names(scene: Scene) -> Iterator[Relation]:
    """Yield "X, or Y," where both are names: the comma makes the "or" an explanation."""
    for token in scene.tokens:
        before, after = scene.at(token.i - 1), scene.at(token.i + 1)
        if token.lower_ != "or" or before is None or after is None or before.text != ",":
            continue
        first = scene.at(before.i - 1)
        if first is None:
            continue
        # "A, B, or C" lists three things and explains none.
        name = _name_ending(scene, first)
        other = scene.name_at(after) or (
            scene.name_at(following)
            if after.lower_ == "the" and (following := scene.at(after.i + 1))
            else None
        )
        if name is None:
            continue
        start = scene.tokens_of(name)[0]
        opening = scene.at(start.i - 1)
        if opening is not None and opening.text == ",":
            continue
        if other is None and after.pos_ == "PROPN":
            phrase_end = after
            while (
                following := scene.at(phrase_end.i + 1)
            ) is not None and following.pos_ == "PROPN":
                phrase_end = following
            alias = scene.span(after, phrase_end)
        elif other is not None:
            alias = other.head
        else:
            continue
        closing = scene.at(scene.tokens_of(alias)[-1].i + 1)
        if closing is None or closing.text not in {",", "."}:
            continue
        if not alias.overlaps(name):
            yield Relation("also_known_as", name, alias, scene.span(token), confidence=0.7)
