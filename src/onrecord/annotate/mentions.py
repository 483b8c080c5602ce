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
from typing import TYPE_CHECKING, TypeAlias

from onrecord.annotate import knowledge
from onrecord.annotate.doubtful_names import is_credit, is_shouted_word, opens_sentence
from onrecord.annotate.known_names import known_names
from onrecord.annotate.locative import is_locative
from onrecord.annotate.mention_names import (
    body_of,
    is_acronym,
    is_main_place_name,
    is_office,
    is_region,
    name_kind,
)
from onrecord.annotate.mention_nouns import noun_kind, pronoun_kind
from onrecord.annotate.mention_titles import (
    JOINING,
    last_of_name,
    name_and_titles,
    run_of_name,
    text_between,
)
from onrecord.annotate.name_trims import trim_names
from onrecord.annotate.noun_phrases import NounPhrase, is_proper, noun_phrases
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.annotate.us_states import states_for_countries
from onrecord.model.annotation import Mention, MentionKind
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_Titles: TypeAlias = "list[tuple[Token, Token]]"

_HYPHENATED = re.compile(r"(?P<name>.+?)[-–](?:backed|led|linked|based|allied|aligned|sponsored|"
                         r"funded|supported|controlled|held|occupied|trained|born|run|dominated|"
                         r"brokered|administered|affiliated|financed|armed|supplied|owned|friendly|"
                         r"mediated|ruled|drafted|imposed|inspired|appointed)$")  # fmt: skip

_LONGEST_PERSON = 6  # tokens
_PRONOUN_TAGS = frozenset(["PRP", "PRP$", "WP", "WP$", "NN"])
_HYPHENS = frozenset("-–")
_NOT_IN_NAMES = frozenset("@#/|*_:;()[]\n0123456789")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mention with what decides its kind across the document."""

    mention: Mention
    name: str
    certain: bool
    # Whether it may have its capital from the beginning of a sentence alone.
    opens: bool = False


def find_mentions(parse: Parse) -> tuple[Mention, ...]:
    """Return the mentions of actors and places in `parse`, in order of the text.

    Mentions may nest: "Iran's navy" holds "Iran". No two have the same span.
    """
    candidates = [
        c for sentence in parse.sentences
        for c in _with_persons(sentence, _with_known_names(sentence, list(_candidates(sentence))))
    ]  # fmt: skip
    text = parse.document.text
    kept = _without_openings(candidates)
    return states_for_countries(text, trim_names(text, _without_doubles(_agreed(kept))))


def _without_openings(candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop words that are names nowhere but at the beginning of a sentence."""
    elsewhere = {word for c in candidates if c.name and not c.opens for word in c.name.split()}
    return [c for c in candidates if not c.opens or c.name in elsewhere]


def _candidates(parsed: ParsedSentence) -> Iterator[_Candidate]:
    for phrase in noun_phrases(parsed):
        parts = name_and_titles(phrase) if phrase.is_name else None
        candidate = _nominal(phrase) if parts is None else _named(phrase, *parts)
        if candidate is not None:
            yield candidate
        for inner in _names_before(phrase, parts):
            # "The Amber Dawn militia" is one mention of Amber Dawn, not two.
            if candidate is None or not candidate.mention.head.overlaps(inner.mention.span):
                yield inner
    for token in parsed.tokens:
        pronoun = _pronoun(parsed, token)
        if pronoun is not None:
            yield pronoun
    yield from _names_in_compounds(parsed)


def _with_known_names(parsed: ParsedSentence, candidates: list[_Candidate]) -> list[_Candidate]:
    """Let a well-known name take the place of the pieces that the parser cut it into."""
    for name, kind in known_names(parsed):
        around = [c for c in candidates if c.mention.head.overlaps(name)]
        if not around or any(
            not name.contains(c.mention.head)
            or (c.mention.head == name and c.mention.form != "name")
            for c in around
        ):
            continue
        pieces = [c for c in around if c.mention.head != name or c.mention.form != "name"]
        candidates = [c for c in candidates if c not in pieces]
        if pieces == around:
            candidates.append(_whole(parsed, name, kind, pieces))
    return candidates


def _whole(
    parsed: ParsedSentence, name: Span, kind: MentionKind, pieces: list[_Candidate]
) -> _Candidate:
    span = name
    for piece in pieces:
        if piece.mention.head.end == name.end and piece.mention.form == "name":
            span = span.cover(Span(piece.mention.span.start, name.end))
    start = parsed.base + parsed.tokens.start_char
    text = parsed.tokens.text[name.start - start : name.end - start]
    return _Candidate(Mention(span, name, kind, "name", (), 0.95), knowledge.fold(text), True)


def _with_persons(parsed: ParsedSentence, candidates: list[_Candidate]) -> list[_Candidate]:
    """Add people whose names the parser took for modifiers ("spokeswoman Ana Ruiz gestures")."""
    # Entities are gathered from all of the paragraph each time.
    if not any(token.ent_type_ == "PERSON" for token in parsed.tokens):
        return candidates
    heads = [c.mention.head for c in candidates]
    for entity in parsed.tokens.ents:
        words = [token for token in entity if token.is_alpha]
        if entity.label_ != "PERSON" or len(words) < 2 or len(entity) > _LONGEST_PERSON:
            continue
        if not all(word.is_title for word in words[:2]) or _NOT_IN_NAMES & set(entity.text):
            continue
        if _ends_in_place_or_office(words[-1].text) or is_credit(entity.text):
            continue
        span = parsed.span_of(entity[0], entity[-1])
        if not any(span.overlaps(head) for head in heads):
            mention = Mention(span, span, "person", "name", (), 0.7)
            candidates.append(_Candidate(mention, knowledge.fold(entity.text), False))
    return candidates


def _ends_in_place_or_office(word: str) -> bool:
    """Whether a name with this last word is that of a place or an office: "Vela Province"."""
    return knowledge.place_noun(word.lower()) is not None or (
        knowledge.title_sector(word) is not None and knowledge.role_sector(word.lower()) is not None
    )


def _pronoun(parsed: ParsedSentence, token: Token) -> _Candidate | None:
    if token.tag_ not in _PRONOUN_TAGS:
        return None
    found = pronoun_kind(token)
    if found is None:
        return None
    span = parsed.span_of(token)
    mention = Mention(span, span, found.kind, "pronoun", (), found.confidence)
    return _Candidate(mention, "", True)


def _named(phrase: NounPhrase, core: list[Token], titles: _Titles) -> _Candidate | None:
    last = last_of_name(phrase)
    first = core[0]
    text = text_between(first, last)
    article = any(token.lower_ == "the" for token in phrase.left[: core[0].i - phrase.first.i])
    is_state = knowledge.country_of(text) is not None or knowledge.capital_country(text) is not None
    locative = is_locative(phrase.head, is_country=is_state) or _follows_near(phrase)
    specified = core[0].i > phrase.first.i
    written = text_between(core[0], core[-1])
    if is_credit(text) or (len(core) == 1 and is_shouted_word(core[0]) and not _is_known(text)):
        return None
    torn = bool(titles) and knowledge.title_sector(written) is not None
    if torn or (not titles and is_office(written, core[-1], is_specified=specified)):
        # "Deputy" and "Prime Minister" are two parts of an office, nobody's name.
        head = phrase.parsed.span_of(titles[0][0] if torn else core[0], core[-1])
        return _Candidate(Mention(phrase.span, head, "person", "nominal", (), 0.85), "", True)
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
    unsure = found.kind in ("person", "organisation", "other", "place") and not found.certain
    unsure = unsure and not is_main_place_name(text)
    opens = unsure and not titles and first.i == last.i and opens_sentence(first)
    return _Candidate(mention, knowledge.fold(text), found.certain, opens)


def _is_known(name: str) -> bool:
    return knowledge.known_body(name) is not None or knowledge.country_of(name) is not None


def _follows_near(phrase: NounPhrase) -> bool:
    """Whether "Near X" opens the sentence, which the tagger takes for one name."""
    if phrase.first.i == phrase.first.sent.start:
        return False
    before = phrase.first.nbor(-1)
    return before.is_sent_start is True and knowledge.is_locative_preposition(before.text)


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
    run = run_of_name(words[:-1], words[-2].i)
    text = text_between(run[0], run[-1])
    body = knowledge.body_noun(phrase.head.lower_)
    known = knowledge.known_body(text)
    taken = (
        knowledge.country_of(text) is not None
        or knowledge.is_adjective_of_people(text)
        or knowledge.capital_country(text) is not None
        or (run[0].ent_type_ == "PERSON" and _is_of_person(phrase, run[0]))
        or any(knowledge.title_sector(token.text) is not None for token in run)
    )
    if body is None or taken or phrase.head.tag_ == "NNS":
        return None
    kind = body.kind if known is None else known.kind
    full = f"{text} {phrase.head.text}"
    last = phrase.head if knowledge.known_body(full) is not None else run[-1]
    head = phrase.parsed.span_of(run[0], last)
    mention = Mention(phrase.span, head, kind, "name", (), 0.85)
    return _Candidate(mention, knowledge.fold(text_between(run[0], last)), True)


def _is_of_person(phrase: NounPhrase, name: Token) -> bool:
    """Whether the name before the noun is a person's ("the Quill family"), not the body's."""
    if knowledge.organisation_prefix(name.text) is not None:
        return False
    # The tagger takes unheard-of names for persons; "the X militia" is named X all the same.
    return phrase.first.tag_ != "DT" or phrase.head.lower_ in ("family", "regime", "clan")


def _place_of_noun(phrase: NounPhrase) -> _Candidate | None:
    """Read "the southern city of Basra" as the name Basra with what it is."""
    level = knowledge.place_noun(phrase.head.lower_)
    before = phrase.left[-2] if len(phrase.left) > 1 else None
    if level is not None and before is not None and _is_place_name(before):
        run = run_of_name(phrase.left[:-1], before.i)
        head = phrase.parsed.span_of(run[0], run[-1])
        text = text_between(run[0], run[-1])
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
        is_proper(doc[i]) or doc[i].text in JOINING for i in range(start, phrase.last.i + 1)
    ):
        return None
    head = phrase.parsed.span_of(doc[start], phrase.last)
    mention = Mention(phrase.span, head, "place", "name", (), 0.9)
    return _Candidate(mention, knowledge.fold(text_between(doc[start], phrase.last)), True)


def _is_place_name(token: Token) -> bool:
    if not is_proper(token) or token.dep_ == "poss":
        return False
    return token.ent_type_ in ("GPE", "LOC", "FAC") or is_main_place_name(token.text)


def _names_before(
    phrase: NounPhrase, parts: tuple[list[Token], _Titles] | None
) -> Iterator[_Candidate]:
    """Yield names that modify the head: "CIA" of "CIA director", "US" of "US troops"."""
    words = phrase.left[:-1]
    if parts is not None:
        # Words of the name itself are no mentions: no city in "The Arcadia Post".
        core, titles = parts
        words = [token for token in words if token.i < core[0].i]
        if titles:
            # The body in front of the office: "Vela Bank" of "Vela Bank VP".
            behind = [token for token in words if token.i >= titles[0][0].i]
            words = [token for token in words if token.i < titles[0][0].i]
            yield from _known_inside(phrase.parsed, behind)
    index = len(words) - 1
    while index >= 0:
        if not is_proper(words[index]) or words[index].dep_ == "poss":
            index -= 1
            continue
        run = run_of_name(words, words[index].i)
        candidate = _known_part(phrase.parsed, run)
        if candidate is not None:
            yield candidate
        index -= len(run)


def _known_inside(parsed: ParsedSentence, title: list[Token]) -> Iterator[_Candidate]:
    """Yield the well-known name that a title begins with: "White House" of its press secretary."""
    for size in range(len(title) - 1, 0, -1):
        text = text_between(title[0], title[size - 1])
        candidate = _known_part(parsed, title[:size])
        if candidate is not None and (_is_known(text) or knowledge.government_seat(text)):
            yield candidate
            return


def _known_part(parsed: ParsedSentence, run: list[Token]) -> _Candidate | None:
    for size in range(len(run), 0, -1):
        part = run[:size]
        text = text_between(part[0], part[-1])
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
    if is_region(text):
        return "place"
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
    words = [token.text for token in tokens]
    for token, word in zip(tokens, words, strict=True):
        if _HYPHENS.isdisjoint(word) or not word[0].isupper():
            continue
        match = _HYPHENATED.match(word)
        if match is None:
            continue
        start = parsed.span_of(token).start
        candidate = _compound_part(match["name"], Span(start, start + match.end("name")))
        if candidate is not None:
            yield candidate
    for at, (first, hyphen, verb) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if hyphen not in _HYPHENS or not first[0].isupper():
            continue
        if _HYPHENATED.match(f"{first}{hyphen}{verb}"):
            candidate = _compound_part(first, parsed.span_of(tokens[at]))
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
