"""Find the words that refer to actors and places: names, nominals, pronouns.

Kinds are settled in two passes: what one sentence tells for sure about a name
("Gen. Quill", "the Amber Dawn militia") holds for its other mentions in the
document ("Quill", "Amber Dawn"), which alone would be guessed wrong.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.locative import is_locative
from onrecord.annotate.mention_names import (
    body_of,
    is_acronym,
    is_known_name,
    is_main_place_name,
    name_kind,
)
from onrecord.annotate.mention_nouns import noun_kind, pronoun_kind
from onrecord.annotate.noun_phrases import NounPhrase, is_proper, noun_phrases
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Mention, MentionKind
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HYPHENATED = re.compile(r"(?P<name>.+?)[-–](?:backed|led|linked|based|allied|aligned|sponsored|"
                         r"funded|supported|controlled|held|occupied|trained|born|run|dominated|"
                         r"brokered|administered|affiliated|financed|armed|supplied|owned|friendly|"
                         r"mediated|ruled|drafted|imposed|inspired|appointed)$")  # fmt: skip
_JOINING = frozenset(["-", "–", "&", "'", "’", "/"])
_INSIDE_NAMES = frozenset(["of", "the", "and", "for"])
_DIGITS_NAME = re.compile(r"\d+$")
_LONGEST_TITLE = 5


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mention with what decides its kind across the document."""

    mention: Mention
    name: str
    certain: bool


def find_mentions(parse: Parse) -> tuple[Mention, ...]:
    """Return the mentions of actors and places in `parse`, in order of the text.

    Mentions may nest: "Iran's navy" holds "Iran". No two have the same span.
    """
    candidates = [c for sentence in parse.sentences for c in _candidates(sentence)]
    return _without_doubles(_agreed(candidates))


def _candidates(parsed: ParsedSentence) -> Iterator[_Candidate]:
    for phrase in noun_phrases(parsed):
        candidate = _named(phrase) if phrase.is_name else _nominal(phrase)
        if candidate is not None:
            yield candidate
        yield from _names_before(phrase)
    for token in parsed.tokens:
        pronoun = _pronoun(parsed, token)
        if pronoun is not None:
            yield pronoun
    yield from _names_in_compounds(parsed)


def _pronoun(parsed: ParsedSentence, token: Token) -> _Candidate | None:
    if token.tag_ not in ("PRP", "PRP$", "WP", "WP$", "NN"):
        return None
    found = pronoun_kind(token)
    if found is None:
        return None
    span = parsed.span_of(token)
    mention = Mention(span, span, found.kind, "pronoun", (), found.confidence)
    return _Candidate(mention, "", True)


def _named(phrase: NounPhrase) -> _Candidate | None:
    core, titles = _name_and_titles(phrase)
    last = _last_of_name(phrase)
    first = core[0]
    text = _text(first, last)
    article = any(token.lower_ == "the" for token in phrase.left[: core[0].i - phrase.first.i])
    is_state = knowledge.country_of(text) is not None or knowledge.capital_country(text) is not None
    locative = is_locative(phrase.head, is_country=is_state)
    found = name_kind(
        text, core[-1], has_title=bool(titles), has_article=article, locative=locative
    )
    if found is None:
        return None
    if found.kind != "person" and titles and body_of(text) is not None:
        titles = []
    span = phrase.span
    head = phrase.parsed.span_of(first, last)
    if found.kind in ("person", "country") and not titles:
        span = Span(span.start, max(head.end, phrase.parsed.span_of(phrase.head).end))
    mention = Mention(
        span.cover(head), head, found.kind, "name",
        tuple(phrase.parsed.span_of(a, b) for a, b in titles), found.confidence,
    )  # fmt: skip
    return _Candidate(mention, knowledge.fold(text), found.certain)


def _nominal(phrase: NounPhrase) -> _Candidate | None:
    apposed = _apposed_name(phrase)
    if apposed is not None:
        return apposed
    place = _place_of_noun(phrase)
    if place is not None:
        return place
    locative = is_locative(phrase.head, is_country=False)
    found = noun_kind(phrase, locative=locative)
    if found is None:
        return None
    head = phrase.parsed.span_of(phrase.head)
    mention = Mention(phrase.span, head, found.kind, "nominal", (), found.confidence)
    return _Candidate(mention, "", True)


def _apposed_name(phrase: NounPhrase) -> _Candidate | None:
    """Read "the Amber Dawn militia" as the name Amber Dawn with its noun."""
    words = phrase.left
    if not knowledge.is_appositive_noun(phrase.head.lower_):
        return None
    if len(words) < 2 or not is_proper(words[-2]):
        return None
    run = _run_of_name(words[:-1], words[-2].i)
    text = _text(run[0], run[-1])
    body = knowledge.body_noun(phrase.head.lower_)
    known = knowledge.known_body(text)
    taken = (
        knowledge.country_of(text) is not None
        or knowledge.is_adjective_of_people(text)
        or knowledge.capital_country(text) is not None
        or (run[0].ent_type_ == "PERSON" and knowledge.organisation_prefix(run[0].text) is None)
        or any(knowledge.title_sector(token.text) is not None for token in run)
    )
    if body is None or taken or phrase.head.tag_ == "NNS":
        return None
    kind = body.kind if known is None else known.kind
    full = f"{text} {phrase.head.text}"
    last = phrase.head if knowledge.known_body(full) is not None else run[-1]
    head = phrase.parsed.span_of(run[0], last)
    mention = Mention(phrase.span, head, kind, "name", (), 0.85)
    return _Candidate(mention, knowledge.fold(_text(run[0], last)), True)


def _place_of_noun(phrase: NounPhrase) -> _Candidate | None:
    """Read "the southern city of Basra" as the name Basra with what it is."""
    level = knowledge.place_noun(phrase.head.lower_)
    before = phrase.left[-2] if len(phrase.left) > 1 else None
    if level is not None and before is not None and _is_place_name(before):
        run = _run_of_name(phrase.left[:-1], before.i)
        head = phrase.parsed.span_of(run[0], run[-1])
        text = _text(run[0], run[-1])
        if knowledge.country_of(text) is None and not knowledge.is_adjective_of_people(text):
            mention = Mention(phrase.span, head, "place", "name", (), 0.85)
            return _Candidate(mention, knowledge.fold(text), True)
    if level not in ("town", "district", "province", "region") or phrase.head.lower_ == "capital":
        return None
    doc = phrase.head.doc
    if phrase.head.i + 2 > phrase.last.i or doc[phrase.head.i + 1].lower_ != "of":
        return None
    start = phrase.head.i + 2
    if not all(
        is_proper(doc[i]) or doc[i].text in _JOINING for i in range(start, phrase.last.i + 1)
    ):
        return None
    head = phrase.parsed.span_of(doc[start], phrase.last)
    mention = Mention(phrase.span, head, "place", "name", (), 0.9)
    return _Candidate(mention, knowledge.fold(_text(doc[start], phrase.last)), True)


def _is_place_name(token: Token) -> bool:
    if not is_proper(token) or token.dep_ == "poss":
        return False
    return token.ent_type_ in ("GPE", "LOC", "FAC") or is_main_place_name(token.text)


def _name_and_titles(phrase: NounPhrase) -> tuple[list[Token], list[tuple[Token, Token]]]:
    """Split the run of name tokens up to the head into titles and the name proper."""
    run = _run_of_name(phrase.left, phrase.head.i)
    titles: list[tuple[Token, Token]] = []
    whole = _text(run[0], _last_of_name(phrase))
    if body_of(whole) is None and not is_known_name(whole):
        start = _end_of_titles(run)
        if start:
            first = _start_of_title(run, start)
            titles.append((run[first], run[start - 1]))
            run = run[start:]
    before = [token for token in phrase.left if token.i < (titles[0][0] if titles else run[0]).i]
    role = _role_before(before)
    if role is not None and phrase.head.ent_type_ not in ("GPE", "LOC"):
        titles.insert(0, role)
    return run, titles


def _run_of_name(tokens: list[Token], end: int) -> list[Token]:
    """Return the unbroken run of name tokens that ends at token index `end`."""
    run: list[Token] = []
    for token in reversed([token for token in tokens if token.i <= end]):
        if token.i != end and not is_proper(token) and not (run and _joins_names(token)):
            break
        run.insert(0, token)
    while len(run) > 1 and not is_proper(run[0]) and run[0].lower_ not in ("al", "el", "de", "von"):
        run.pop(0)
    return run


def _joins_names(token: Token) -> bool:
    inside = token.lower_ in _INSIDE_NAMES and token.ent_iob_ == "I"
    return inside or token.text in _JOINING or knowledge.is_name_particle(token.text)


def _end_of_titles(run: list[Token]) -> int:
    """Return how many leading tokens are titles or what stands before them; 0 when none."""
    for end in range(len(run) - 1, 0, -1):
        if run[end].text in _JOINING or run[end - 1].text in _JOINING:
            continue
        for start in range(max(0, end - _LONGEST_TITLE), end):
            if knowledge.title_sector(_text(run[start], run[end - 1])) is None:
                continue
            # "Larry King Live": a title in the middle of one person's name is part of it.
            inside = start > 0 and run[start - 1].ent_type_ == "PERSON"
            if not inside or run[start].ent_iob_ != "I":
                return end
    return 0


def _start_of_title(run: list[Token], end: int) -> int:
    start = end - 1
    for first in range(end - 1, -1, -1):
        words = [token.text for token in run[first:end]]
        text = _text(run[first], run[end - 1])
        if knowledge.title_sector(text) is not None or (
            knowledge.is_title_modifier(words[0]) or knowledge.title_sector(words[0]) is not None
        ):
            start = first
    return start


def _role_before(tokens: list[Token]) -> tuple[Token, Token] | None:
    """Return the lower-case role that ends right before a name ("opposition leader")."""
    for size in (3, 2, 1):
        tail = tokens[-size:]
        if len(tail) < size or any(token.is_punct and token.text != "-" for token in tail):
            continue
        if knowledge.role_sector(" ".join(token.lower_ for token in tail)) is None:
            continue
        first = tail[0]
        while first.i > tokens[0].i and knowledge.is_title_modifier(first.nbor(-1).text):
            first = first.nbor(-1)
        return first, tail[-1]
    return None


def _last_of_name(phrase: NounPhrase) -> Token:
    """Return where the name ends: behind "of Trade" in "Ministry of Trade", else the head."""
    doc = phrase.head.doc
    if phrase.last.i == phrase.head.i:
        return phrase.head
    behind = [doc[i] for i in range(phrase.head.i + 1, phrase.last.i + 1)]
    if is_proper(behind[-1]) and all(
        is_proper(t)
        or t.lower_ in _INSIDE_NAMES | {"on", "against", ",", "'s"}
        or t.text in _JOINING
        for t in behind
    ):
        return phrase.last
    if behind[0].ent_iob_ == "I" and is_proper(behind[0]):
        return phrase.last
    return phrase.head


def _names_before(phrase: NounPhrase) -> Iterator[_Candidate]:
    """Yield names that modify the head: "CIA" of "CIA director", "US" of "US troops"."""
    words = phrase.left[:-1]
    if phrase.is_name:
        # Words of the name itself are no mentions: no city in "The Arcadia Post".
        core, _ = _name_and_titles(phrase)
        words = [token for token in words if token.i < core[0].i]
    index = len(words) - 1
    while index >= 0:
        if not is_proper(words[index]) or words[index].dep_ == "poss":
            index -= 1
            continue
        run = _run_of_name(words, words[index].i)
        candidate = _known_part(phrase.parsed, run)
        if candidate is not None:
            yield candidate
        index -= len(run)


def _known_part(parsed: ParsedSentence, run: list[Token]) -> _Candidate | None:
    for size in range(len(run), 0, -1):
        part = run[:size]
        text = _text(part[0], part[-1])
        body = knowledge.known_body(text)
        kind: MentionKind | None = None
        if knowledge.country_of(text) is not None:
            kind = "country"
        elif body is not None:
            kind = body.kind
        elif knowledge.government_seat(text) is not None:
            kind = "government"
        elif size == len(run):
            kind = _kind_of_part(part, text)
        if kind is not None:
            span = parsed.span_of(part[0], part[-1])
            return _Candidate(Mention(span, span, kind, "name", (), 0.6), "", True)
    return None


def _kind_of_part(part: list[Token], text: str) -> MentionKind | None:
    body = body_of(text)
    if body is not None:
        return body.kind
    prefix = knowledge.organisation_prefix(part[0].text)
    if prefix is not None and len(part) > 1:
        return prefix.kind
    if part[-1].ent_type_ == "GPE" or (part[-1].ent_type_ != "PERSON" and is_main_place_name(text)):
        return "place"
    return "organisation" if is_acronym(text) or part[-1].ent_type_ == "ORG" else None


def _names_in_compounds(parsed: ParsedSentence) -> Iterator[_Candidate]:
    """Yield "Iran" of "Iran-backed", which spaCy keeps in one token or splits in three."""
    tokens = list(parsed.tokens)
    for token in tokens:
        match = _HYPHENATED.match(token.text)
        if match is None or not token.text[0].isupper():
            continue
        start = parsed.span_of(token).start
        candidate = _compound_part(match["name"], Span(start, start + match.end("name")))
        if candidate is not None:
            yield candidate
    for first, hyphen, verb in zip(tokens, tokens[1:], tokens[2:], strict=False):
        joined = f"{first.text}{hyphen.text}{verb.text}"
        if hyphen.text in ("-", "–") and first.text[0].isupper() and _HYPHENATED.match(joined):
            candidate = _compound_part(first.text, parsed.span_of(first))
            if candidate is not None:
                yield candidate


def _compound_part(name: str, span: Span) -> _Candidate | None:
    body = knowledge.known_body(name)
    kind: MentionKind
    if knowledge.country_of(name) is not None or knowledge.demonym_country(name) is not None:
        kind = "country"
    elif body is not None:
        kind = body.kind
    elif knowledge.capital_country(name) is not None:
        kind = "government"
    elif knowledge.people_of(name) is not None:
        kind = "people"
    else:
        kind = "other"
    confidence = 0.4 if kind == "other" else 0.8
    return _Candidate(Mention(span, span, kind, "name", (), confidence), "", True)


def _agreed(candidates: list[_Candidate]) -> list[Mention]:
    """Give uncertain names the kind that certain mentions of the same name have."""
    votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    parts: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    for candidate in candidates:
        if not candidate.name or candidate.mention.kind in ("country", "other"):
            continue
        weight = 3 if candidate.certain else 1
        votes[candidate.name][candidate.mention.kind] += weight
        words = candidate.name.split()
        if len(words) > 1 and candidate.mention.kind == "person":
            parts[_bare(words[-1])]["person"] += weight
        elif len(words) > 1 and knowledge.organisation_prefix(words[0]) is not None:
            parts[_bare(words[-1])][candidate.mention.kind] += weight + 1
    return [_agree(candidate, votes, parts) for candidate in candidates]


def _bare(word: str) -> str:
    """Take the article off an Arabic name: "al-Sahri" is "Sahri" later on."""
    return word[3:] if word[:3] in ("al-", "el-") else word


def _agree(
    candidate: _Candidate,
    votes: dict[str, Counter[MentionKind]],
    parts: dict[str, Counter[MentionKind]],
) -> Mention:
    mention = candidate.mention
    if not candidate.name or candidate.certain:
        return mention
    tally = votes[candidate.name] + parts.get(_bare(candidate.name), Counter())
    if not tally:
        return mention
    # Ties go to the kind that sorts first, so that the order of sentences does not matter.
    kind, count = min(tally.items(), key=lambda item: (-item[1], item[0]))
    if kind == mention.kind or count < 2:
        return mention
    return replace(mention, kind=kind, confidence=max(mention.confidence, 0.7))


def _without_doubles(mentions: list[Mention]) -> tuple[Mention, ...]:
    best: dict[Span, Mention] = {}
    for mention in mentions:
        other = best.get(mention.span)
        if other is None or other.confidence < mention.confidence:
            best[mention.span] = mention
    return tuple(sorted(best.values(), key=lambda m: (m.span.start, -m.span.end)))


def _text(first: Token, last: Token) -> str:
    return str(first.doc[first.i : last.i + 1].text)
