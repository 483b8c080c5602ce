"""Find the words that name places, and whether they tell where or who.

"Ostrava, Czech Republic" is one expression. A dateline tells where a report was
written, not where its events happened, so a name that opens a dateline left in
the text is no place at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.gazetteer import load_gazetteer
from onrecord.annotate.locative import is_locative
from onrecord.annotate.span_index import SpanIndex
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Mention, PlaceExpression
from onrecord.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_JOINT = re.compile(r",\s{1,2}")
_DATELINE = re.compile(r"[^.\n]{0,30}?(?:\([^)\n]{2,40}\)\s*(?:[—–:-]{1,2}\s)?|\s?(?:—|–|--)\s)")
_DIVISION = re.compile(
    r"\s(?:[Pp]rovince|[Ss]tate|[Gg]overnorate|[Cc]ounty|[Oo]blast|[Dd]istrict|[Pp]refecture)\b"
)
_BASED = re.compile(r"[-–](?:based|born|bound)\b")


def find_places(parse: Parse, mentions: Sequence[Mention]) -> tuple[PlaceExpression, ...]:
    """Return the place names of `parse` in order of the text; none overlap.

    Args:
        parse: The document.
        mentions: Its mentions, as `find_mentions` gives them.
    """
    found: list[PlaceExpression] = []
    by_place = SpanIndex(enumerate(mention.span for mention in mentions))
    for parsed in parse.sentences:
        span = parsed.sentence.span
        near = [mentions[number] for number in by_place.overlapping(span)]
        inside = [mention for mention in near if span.contains(mention.span)]
        names = _place_mentions(parse, inside)
        found += _joined(parse, parsed, names)
    return tuple(found)


def _place_mentions(parse: Parse, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions that name a place, outermost first where names nest."""
    named = [m for m in mentions if m.form == "name" and _is_place(parse, m)]
    named.sort(key=lambda m: (m.head.start, -m.head.end))
    kept: list[Mention] = []
    for mention in named:
        if not kept or mention.head.start >= kept[-1].head.end:
            kept.append(mention)
    return kept


def _is_place(parse: Parse, mention: Mention) -> bool:
    if mention.kind in ("place", "country"):
        name = parse.text_of(mention.head)
        # "The Jewish state" is a country and "Iraqi" of "Iraqi-backed" is no place.
        return not (name[0].islower() or knowledge.is_adjective_of_people(name)) or (
            knowledge.country_of(name) is not None
        )
    if mention.kind != "government":
        return False
    name = parse.text_of(mention.head)
    # The house a government sits in is a place too, where the words tell so.
    return (
        knowledge.capital_country(name) is not None or knowledge.government_seat(name) is not None
    )


def _joined(
    parse: Parse, parsed: ParsedSentence, names: Sequence[Mention]
) -> list[PlaceExpression]:
    found: list[PlaceExpression] = []
    index = 0
    while index < len(names):
        first = names[index]
        span = first.head
        index += 1
        while index < len(names) and _holds(parse, span, names[index].head):
            span = span.cover(names[index].head)
            index += 1
        span = _with_state(parse, _with_part(parse, parsed, span))
        span = _with_noun(parse, span)
        if _opens_dateline(parse, parsed, span):
            continue
        found.append(PlaceExpression(span, _tells_where(parse, parsed, first)))
    return found


def _holds(parse: Parse, inner: Span, outer: Span) -> bool:
    """Return whether the name right behind a comma holds the one before it."""
    text = parse.document.text
    if _JOINT.fullmatch(text[inner.end : outer.start]) is None:
        return False
    name, container = parse.text_of(inner).split(", ")[-1], parse.text_of(outer)
    if knowledge.country_of(name) is not None:
        return False
    country = knowledge.country_of(container)
    state = knowledge.us_state(container)
    entries = load_gazetteer().find(name)
    for entry in entries:
        if country is not None and entry.country == country:
            return True
        if state is not None and entry.admin1 == state and entry.kind == "town":
            return True
        if entry.kind == "town" and entry.admin1 and _same(entry.admin1, container):
            return True
    # A hamlet no gazetteer lists: what follows the comma can only be where it lies,
    # unless it goes on as a list.
    listed = re.match(r"(?:,\s[A-Z][\w-]+)*,?\s(?:and|or)\s[A-Z]", text[outer.end :]) is not None
    return not entries and not listed and (country is not None or state is not None)


def _same(first: str, second: str) -> bool:
    return knowledge.fold(first) == knowledge.fold(second)


def _with_state(parse: Parse, span: Span) -> Span:
    """Take in a shortened state behind the name: "Reno, Nev."."""
    behind = re.match(r",\s((?:[A-Z]\.\s?){2}|[A-Z][a-z]{1,4}\.|[A-Z]{2}\b)", _rest(parse, span))
    if behind is None or knowledge.us_state(behind[1]) is None:
        return span
    return Span(span.start, span.end + len(behind[0].rstrip()))


def _with_part(parse: Parse, parsed: ParsedSentence, span: Span) -> Span:
    """Take in a word that narrows the place: "northern Iraq"."""
    tokens = [t for t in parsed.tokens if parsed.span_of(t).end <= span.start]
    if not tokens or not knowledge.is_place_part(tokens[-1].text):
        return span
    word = parsed.span_of(tokens[-1])
    return word.cover(span) if parse.document.text[word.end : span.start].isspace() else span


def _with_noun(parse: Parse, span: Span) -> Span:
    """Take in the noun that tells a division from the town it is named after."""
    behind = _DIVISION.match(_rest(parse, span))
    return span if behind is None else Span(span.start, span.end + behind.end())


def _rest(parse: Parse, span: Span) -> str:
    return parse.document.text[span.end : span.end + 60]


def _opens_dateline(parse: Parse, parsed: ParsedSentence, span: Span) -> bool:
    start = parsed.sentence.span.start
    before = parse.document.text[start : span.start]
    if len(before) > 12 or any(letter.islower() for letter in before):
        return False
    name = parse.text_of(span)
    behind = _DATELINE.match(_rest(parse, span))
    return behind is not None and (name.isupper() or "(" in behind[0] or "—" in behind[0])


def _tells_where(parse: Parse, parsed: ParsedSentence, mention: Mention) -> bool:
    text = parse.document.text
    if _BASED.match(text[mention.head.end : mention.head.end + 8]):
        return True
    name = parse.text_of(mention.head)
    acts = (
        knowledge.country_of(name) is not None
        or knowledge.capital_country(name) is not None
        or knowledge.government_seat(name) is not None
    )
    token = _head_token(parsed, mention)
    return token is not None and is_locative(token, is_country=acts)


def _head_token(parsed: ParsedSentence, mention: Mention) -> Token | None:
    """Return the token of the mention that hangs outside it: it tells the mention's role."""
    tokens = parsed.tokens_in(mention.span)
    inside = {token.i for token in tokens}
    for token in tokens:
        if token.head.i not in inside or token.head is token:
            return token
    return None
