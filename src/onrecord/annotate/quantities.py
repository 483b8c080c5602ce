"""Find the numbers that matter: casualties, crowds, troops, money, weapons, shares.

Numbers that tell a time, an age, a rank, an address or a part of a name
("Resolution 2231", "Highway 12") are left alone. The span runs from the bound
to the noun counted: "at least 14 people".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.elided import REACH, counted_before, is_count, modifies
from onrecord.annotate.factuality import factuality_of
from onrecord.annotate.numbers import DURATION_UNITS, NumberPhrase, find_numbers
from onrecord.annotate.quantity_kinds import (
    LENGTHS,
    PHYSICAL,
    kind_of,
    kind_of_noun,
    quantity_words,
)
from onrecord.annotate.span_index import SpanIndex
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Mention, PlaceExpression, Quantity, TimeExpression
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRISON = re.compile(
    r"\s*(?:in\s+(?:prison|jail)|imprisonment|behind\s+bars|of\s+(?:imprisonment|prison|jail)|jail|prison"
    r"|to\s+life|rigorous|(?:prison|jail)?\s*(?:term|sentence)s?\b)",
    re.IGNORECASE,
)
_SENTENCED = re.compile(
    r"(?:sentence[ds]?[^.;,]{0,30}\b(?:to|of)|jailed\s+for|imprisoned\s+for)\s+$", re.IGNORECASE
)
_AGE_AFTER = re.compile(
    r"\s*(?:[-\s]year[-\s]olds?|[-\s](?:day|week|month)s?[-\s]old|years?\s+(?:old|of\s+age|younger|older)|yo\b)",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|aging|ages?\s+of|turn(?:s|ed|ing)?|between\s+the\s+ages\s+of)\s+$", re.IGNORECASE
)
_VOTES_TO = re.compile(r"\bvotes\s+(?:to|against)\s+$", re.IGNORECASE)
# How sure a number is to matter: told as a count, counting a noun, bare, and numbers that only
# a reader who weighs the whole sentence can tell: bare ones, and nouns that rarely matter.
TOLD_FIGURE, _WITH_NOUN, _BARE, _DOUBTED_BARE, _DOUBTED_NOUN = 0.95, 0.9, 0.7, 0.5, 0.15
# Figures less sure than this need the word of somebody else, and are so sure with it.
SURE_FIGURE, CONFIRMED_FIGURE = 0.6, 0.7
# Every number that may matter at all.
ANY_FIGURE = 0.1
_SMALL = frozenset(["two", "three", "four", "five", "six", "2", "3", "4", "5", "6"])
# "AK 47", "MiG 29": the name of a model.
_MODEL_BEFORE = re.compile(r"\b(?:AK|MIG|MiG|RPG|PK|SU|Su|M|F|B|T|Barrio|Apollo)\s$")
_LABEL_BEFORE = re.compile(
    r"\b(?:section|article|resolution|no|nos|number|chapter|route|highway|flight|channel|room|page|phase"
    r"|level|area|zone|district|ward|precinct|unit|division|boeing|airbus|group\s+of|day|act|rule|title"
    r"|amendment|part|vol|volume|figure|table|box|gate|platform|line|square|pier|exit|top|big|photo"
    r"|chapter|psalm|verse|size|size\s+of|interstate|catch|formula|magnitude)\.?\s+$",
    re.IGNORECASE,
)


def find_quantities(
    parse: Parse,
    mentions: Sequence[Mention],
    times: Sequence[TimeExpression],
    places: Sequence[PlaceExpression],
    *,
    least_confidence: float = SURE_FIGURE,
) -> tuple[Quantity, ...]:
    """Return the figures of a document in order of the text.

    Args:
        parse: The parsed document.
        mentions: Its actors; a nationality before the noun counted becomes the holder.
        times: Its time expressions; numbers inside them are no figures.
        places: Its places.
        least_confidence: Numbers less sure to matter are left out.

    Returns:
        The quantities; amounts are in the unit as written ("mile", "t"),
        `resolve.units` converts them.
    """
    found: list[Quantity] = []
    by_place = SpanIndex(enumerate(mention.span for mention in mentions))
    for number, sentence in enumerate(parse.sentences):
        span = sentence.sentence.span
        text = parse.text_of(span)
        if not _MAY_COUNT.search(text):
            continue
        reader = _Reader(
            sentence,
            text,
            [mentions[i] for i in by_place.overlapping(span)],
            [t.span for t in times if t.span.overlaps(span)],
            [p for p in places if p.span.overlaps(span)],
        )
        for quantity, token in reader.quantities():
            near = parse.sentences[max(0, number - REACH) : number + 1]
            found.append(_with_noun(quantity, token, near, found))
    return tuple(q for q in found if q.confidence >= least_confidence)


def _with_noun(
    quantity: Quantity, number: Token, near: Sequence[ParsedSentence], found: Sequence[Quantity]
) -> Quantity:
    """Return a bare count with the noun that stands before it, any other figure as it is."""
    told = quantity.confidence in (TOLD_FIGURE, _DOUBTED_BARE)
    if not told or quantity.counted is not None or quantity.kind != "other" or modifies(number):
        return quantity
    sure = [q for q in found[-8:] if q.confidence >= SURE_FIGURE]
    noun = counted_before(number, near, sure)
    return quantity if noun is None else replace(quantity, counted=noun[0], kind=noun[1])


_MAY_COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|dozens?"
    r"|scores|tens|hundreds?|thousands?|\w?illions?|[bmtr]+illions?|lakhs?|crores?|half|thirds?|quarters?"
    r"|fifths?|tenths?|pair|trio|no|another|both|a|an)\b",
    re.IGNORECASE,
)


class _Reader:
    """Reads one sentence's numbers against its parse."""

    def __init__(
        self,
        sentence: ParsedSentence,
        text: str,
        mentions: list[Mention],
        times: list[Span],
        places: list[PlaceExpression],
    ) -> None:
        self.sentence = sentence
        self.text = text
        self.start = sentence.sentence.span.start
        self.mentions = mentions
        self.times = times
        self.places = places
        self._phrases: list[NumberPhrase] = []

    def quantities(self) -> Iterator[tuple[Quantity, Token]]:
        """Yield every number that may matter, each with its last token."""
        self._phrases = list(find_numbers(self.text))
        for phrase in self._phrases:
            number = Span(self.start + phrase.number[0], self.start + phrase.number[1])
            if self._is_label(phrase) or (
                any(number.overlaps(time) for time in self.times)
                and not (phrase.amount.unit in DURATION_UNITS and self._is_sentence(phrase))
            ):
                continue
            tokens = self.sentence.tokens_in(number)
            if not tokens:
                continue
            counted = self._counted(tokens, phrase)
            sureness = self._sureness(phrase, tokens, counted)
            if sureness:
                yield self._quantity(phrase, tokens, counted, sureness), tokens[-1]

    def _is_label(self, phrase: NumberPhrase) -> bool:
        """Whether the number is an age, or names a thing instead of counting things."""
        before, after = self.text[: phrase.number[0]], self.text[phrase.number[1] :]
        if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
            return True
        if phrase.amount.unit == "count" and (
            _LABEL_BEFORE.search(before[-24:]) or _MODEL_BEFORE.search(before[-8:])
        ):
            return True
        # "Mr Vance, 47," - an age in apposition to a person.
        bare = self.text[phrase.start : phrase.end]
        return (
            bare.isdigit()
            and len(bare) <= 3
            and re.search(r"[A-Za-z.]\s*,\s*$", before) is not None
            and re.match(r"\s*(?:[,.;)]|$|and\s|of\s|was\s|is\s|who\s|from\s)", after) is not None
            and not re.search(r"\d[^,]{0,20},\s*$", before)
        )

    def _counted(self, tokens: list[Token], phrase: NumberPhrase) -> Token | None:
        """Return the head noun of what is counted, None when the sentence does not say."""
        last = tokens[-1]
        end = self.start + phrase.end - self.sentence.base
        if phrase.amount.unit != "count":
            unit = [t for t in self.sentence.tokens if t.idx < end]
            last = unit[-1] if unit else last
        # "dozens of women", "70 percent of voters", "600 tons of petroleum"
        for token in {last, tokens[-1]}:
            if (inner := _after_of(token)) is not None:
                return inner
        if phrase.amount.unit != "count":
            return None
        number = tokens[-1]
        while number.dep_ == "conj":  # "between 50 and 90 people": the first number holds the noun
            number = number.head
        head = number.head
        if number.dep_ in ("nummod", "quantmod", "compound", "amod", "advmod", "predet"):
            while head.dep_ in ("nummod", "quantmod") and head.head.i > head.i:
                head = head.head
            if head.i > tokens[-1].i and head.pos_ in ("NOUN", "PROPN", "ADJ", "PRON"):
                return _whole_of(head)
        return None

    def _sureness(self, phrase: NumberPhrase, tokens: list[Token], counted: Token | None) -> float:
        """Return how sure an analyst would want the number in a table, 0 if surely not."""
        bare = counted is None and phrase.amount.unit == "count"
        number = self.text[phrase.number[0] : phrase.number[1]].lower()
        if bare and _VOTES_TO.search(self.text[: phrase.start]):
            return TOLD_FIGURE
        if bare and number not in ("one", "1") and is_count(tokens[-1]):
            return TOLD_FIGURE
        if self._matters(phrase, tokens, counted):
            return _BARE if bare else _WITH_NOUN
        if phrase.amount.unit != "count" or "." in number or len(number) > 12:
            return 0
        if counted is None:
            return _DOUBTED_NOUN if number in ("one", "1") else _DOUBTED_BARE
        # "40 Ann Vale/Agency": the number of a picture.
        ignored = counted.tag_ == "NNP" or counted.lemma_.lower() in quantity_words().ignored
        year_like = re.fullmatch(r"(?:19|20)\d\d", number)
        return 0 if ignored or year_like else _DOUBTED_NOUN

    def _matters(self, phrase: NumberPhrase, tokens: list[Token], counted: Token | None) -> bool:
        """Whether an analyst would want the number, as far as grammar tells."""
        unit = phrase.amount.unit
        if unit in DURATION_UNITS:
            return self._is_sentence(phrase)
        if unit != "count":
            # "230 km (140 miles)": the same figure told twice.
            twice = self.text[: phrase.start].endswith("(") and self._after_measure(phrase)
            return not (unit in LENGTHS | PHYSICAL and twice)
        number = self.text[phrase.number[0] : phrase.number[1]].lower()
        if len(number) > 12 and number.isdigit():  # an identifier
            return False
        if counted is None:
            return self._bare_matters(phrase, tokens[-1], number)
        return self._counted_matters(phrase, counted, number)

    def _after_measure(self, phrase: NumberPhrase) -> bool:
        before = [p for p in self._phrases if p.end <= phrase.start - 1]
        return (
            bool(before)
            and before[-1].amount.unit in LENGTHS | PHYSICAL
            and phrase.start - before[-1].end <= 3
        )

    def _counted_matters(self, phrase: NumberPhrase, counted: Token, number: str) -> bool:
        words, lemma = quantity_words(), counted.lemma_.lower()
        year_like = re.fullmatch(r"(?:19|20)\d\d", number) and not counted.tag_.endswith("S")
        if lemma in words.ignored or year_like:
            return False
        kind = kind_of_noun(counted)
        if number in ("one", "1"):
            # "One soldier was killed" is a figure, "one man's view" is not.
            verb = _verb_above(counted)
            acts = verb is not None and verb.lemma_.lower() in words.bare_verbs
            return (
                phrase.amount.bound != "exact" or kind == "weapons" or (kind is not None and acts)
            )
        if kind is not None or phrase.vague or phrase.amount.bound != "exact":
            return True
        if re.match(r"[-\s](?:percentage[-\s])?point", self.text[phrase.end :]):
            return True
        small = number in _SMALL
        singular = counted.tag_ in ("NN", "NNP") and (small or len(number) < 4)
        hyphened = self.text[phrase.end : phrase.end + 1] == "-"
        # "The two countries" points back to who was spoken of; it tells no number.
        known = any(
            t.dep_ == "poss" or t.lower_ in ("the", "these", "those", "both") for t in counted.lefts
        )
        return not (singular or (small and (hyphened or known)))

    def _bare_matters(self, phrase: NumberPhrase, last: Token, number: str) -> bool:
        """Whether a number without a noun counts something: "wounding 12", "30 more"."""
        words, verb = quantity_words(), _verb_above(last)
        acts = verb is not None and verb.lemma_.lower() in words.bare_verbs
        if number in ("one", "1"):
            casualty = verb is not None and verb.lemma_.lower() in words.casualty_verbs
            return casualty and last.dep_ in ("nsubjpass", "dobj")
        if any(t.lower_ in ("more", "others", "another") for t in last.children):
            return True
        bounded = phrase.vague or phrase.amount.bound != "exact"
        if last.dep_ in ("nummod", "appos", "npadvmod", "ROOT", "dep", "meta", "punct", "compound"):
            return phrase.vague or (phrase.amount.bound == "at_least" and last.dep_ != "nummod")
        if bounded or "," in number or len(number) > 6:
            return True
        digits = len(number) > 1 and number[0].isdigit()
        if (
            len(self._phrases) > 1
            and digits
            and last.dep_ in ("pobj", "nsubj", "nsubjpass", "conj")
        ):
            return True
        return acts and last.dep_ != "attr"

    def _is_sentence(self, phrase: NumberPhrase) -> bool:
        """Whether a length of time is a prison term."""
        after, before = self.text[phrase.end :], self.text[: phrase.start]
        return bool(_PRISON.match(after) or _SENTENCED.search(before))

    def _quantity(
        self, phrase: NumberPhrase, tokens: list[Token], counted: Token | None, sureness: float
    ) -> Quantity:
        span = Span(self.start + phrase.start, self.start + phrase.end)
        counted_span = None
        if counted is not None:
            counted_span = self._noun_phrase(counted, tokens[-1])
            # A noun far away ("dozens, most of them women") stays outside of the number phrase.
            if 0 <= counted_span.start - span.end <= 4:
                span = span.cover(counted_span)
        anchor = counted if counted is not None else tokens[-1]
        verb = _verb_above(anchor)
        return Quantity(
            span=span,
            counted=counted_span,
            amount=phrase.amount,
            kind=kind_of(
                phrase.amount.unit,
                counted,
                verb,
                self.text[phrase.end :],
                human=counted is not None and self._is_human(counted),
            ),
            holder=self._holder(counted_span, span),
            factuality="asserted" if verb is None else factuality_of(verb),
            time=self._in_clause(self.times, verb),
            place=self._in_clause([p.span for p in self.places if p.locative], verb),
            confidence=sureness,
        )

    def _noun_phrase(self, head: Token, number: Token) -> Span:
        """Return the noun with the words before it that belong to it, the number left out."""
        left = [
            t
            for t in head.subtree
            if number.i < t.i <= head.i and not (t.dep_ == "prep" and t.head == number)
        ]
        first = head
        for token in reversed(left):
            if token.i == first.i - 1 or token.i == first.i:
                first = token
            else:
                break
        if first.dep_ in ("det", "poss", "prep", "punct") and first.i < head.i:
            first = first.nbor(1)
        return self.sentence.span_of(first, head)

    def _is_human(self, counted: Token) -> bool:
        span = self.sentence.span_of(counted)
        kinds = ("person", "people")
        return any(m.head.overlaps(span) and m.kind in kinds for m in self.mentions)

    def _holder(self, counted: Span | None, span: Span) -> Span | None:
        """Return whose figure it is: the actor named inside the number phrase."""
        whole = span if counted is None else span.cover(counted)
        inside = [m for m in self.mentions if whole.contains(m.span) and m.form == "name"]
        return inside[0].span if inside and inside[0].span != whole else None

    def _in_clause(self, spans: Iterable[Span], verb: Token | None) -> Span | None:
        """Return the first of `spans` that hangs on the verb of the figure."""
        for span in spans:
            for token in self.sentence.tokens_in(span):
                if verb is not None and _verb_above(token) == verb:
                    return span
        return None


def _after_of(token: Token) -> Token | None:
    for child in token.children:
        if child.lower_ == "of" and child.i > token.i:
            for inner in child.children:
                # "Two of the five": what is counted stands elsewhere.
                if inner.dep_ == "pobj" and inner.tag_ != "CD":
                    return inner
    return None


def _whole_of(head: Token) -> Token:
    """Return the plural that ends "three harbour and customs officers", else the noun itself."""
    if head.tag_ == "NN":
        for other in head.conjuncts:
            shared = other.tag_ == "NNS" and any(c.dep_ == "compound" for c in other.lefts)
            if shared and not any(c.tag_ in ("CD", "DT") for c in other.lefts):
                return other
    return head


def _verb_above(token: Token) -> Token | None:
    """Return the nearest verb above a token, None when it hangs on none."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None
