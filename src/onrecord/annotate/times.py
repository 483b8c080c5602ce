"""Find the words that tell when: "last week", "March 2017", "two days earlier".

A preposition of place in time ("in March", "on Friday") is not part of the
expression; one that bounds it is ("since 2013", "by Friday", "between 2009 and
2011"), because without it the words denote another time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.annotate.time_grammar import (
    AFTER_WORDS,
    BEFORE_WORDS,
    SINCE_WORDS,
    TIME_HINT,
    UNTIL_WORDS,
    ShapeMatch,
    lowered,
    match_at,
    may_begin,
    plain,
)
from onrecord.model.annotation import TimeExpression
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_BOUND = re.compile(
    rf"(?:{SINCE_WORDS}|{BEFORE_WORDS}|{AFTER_WORDS}|{UNTIL_WORDS})\s+", re.IGNORECASE
)
_RANGE = re.compile(r"(?P<open>between|from)\s+", re.IGNORECASE)
_JOINT = {
    "between": re.compile(r"\s+and\s+", re.IGNORECASE),
    "from": re.compile(r"\s+(?:to|until|till|through)\s+", re.IGNORECASE),
}
_BARE_JOINT = re.compile(r"\s+(?:to|through)\s+", re.IGNORECASE)
_AT = re.compile(r"at\s+(?!least|most)", re.IGNORECASE)
_NEAR = 40
# Time words wherever they begin, also within another: all are found in one go.
_HINTS = re.compile(rf"(?=({TIME_HINT.pattern}))")
_ONWARDS = re.compile(r"\s+onwards?\b", re.IGNORECASE)
_TIME_PREPOSITIONS = frozenset(
    [
        "in",
        "since",
        "until",
        "till",
        "by",
        "before",
        "after",
        "from",
        "between",
        "of",
        "during",
        "last",
        "this",
        "next",
        "early",
        "late",
        "mid",
        "to",
        "through",
        "throughout",
        "for",
        "and",
        "or",
        "over",
        "around",
        "circa",
        "than",
    ]
)
# Words that are also verbs, names or ordinary nouns.
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "august"})
_GIVEN_NAMES = frozenset({"april", "may", "june", "august", "jan"})
_PRISON = re.compile(
    r"\s*-?\s*(?:of\s+)?(?:in\s+(?:prison|jail|custody|detention)|imprisonment|behind\s+bars|jail|prison"
    r"|rigorous|hard\s+labou?r|probation|sentence|term|old\b|of\s+age|younger|older)|[-\s]old\b",
    re.IGNORECASE,
)
_SENTENCED = re.compile(r"sentence[ds]?\s+(?:\w+\s+){0,4}?to\s+(?:\w+\s+){0,3}$", re.IGNORECASE)


def find_times(parse: Parse) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a document in order of the text, not overlapping.

    Args:
        parse: The parsed document.

    Returns:
        One expression for each time told, durations included ("three days");
        ages and prison terms are no times.
    """
    found: list[TimeExpression] = []
    for sentence in parse.sentences:
        text = plain(parse.text_of(sentence.sentence.span))
        if TIME_HINT.search(lowered(text)):
            offset = sentence.sentence.span.start
            found += [
                TimeExpression(Span(offset + start, offset + end))
                for start, end in _Scanner(sentence, text).spans()
            ]
    return tuple(found)


class _Scanner:
    """Reads one sentence from left to right.

    Attributes:
        text: The sentence with plain quotes and spaces; offsets from its start.
    """

    def __init__(self, sentence: ParsedSentence, text: str) -> None:
        self.text = text
        base = sentence.sentence.span.start - sentence.base
        self.order = [(t.idx - base, t) for t in sentence.tokens]
        self.tokens: dict[int, Token] = dict(self.order)
        self._matches: dict[int, ShapeMatch | None] = {}
        self._lower = lowered(text)
        self._hints = [match.span(1) for match in _HINTS.finditer(self._lower)]

    def spans(self) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        position = 0
        for start, _token in self.order:
            # A time word stands near the start of every expression: look before trying them all.
            if start < position or not self._is_near(start):
                continue
            end = self._range(start) or self._bounded(start)
            if end is None and (match := self._accepted(start)) is not None:
                start, end = self._trimmed(match)
            if end is not None:
                spans.append((start, end))
                position = end
        return spans

    def _is_near(self, start: int) -> bool:
        """Return whether a time word stands within `_NEAR` of `start`."""
        next_one = bisect_left(self._hints, (start, 0))
        return any(end <= start + _NEAR for _, end in self._hints[next_one : next_one + _NEAR])

    def _range(self, start: int) -> int | None:
        """Return where "between A and B", "from A to B" or "2009 to 2011" ends."""
        opening = _RANGE.match(self.text, start)
        first = self._accepted(opening.end() if opening else start, after="between")
        if first is None:
            return None
        if opening is None and first.name not in ("year", "date", "month"):
            return None
        if opening and "day2" in first.groups:
            return first.end
        joint = _JOINT[opening["open"].lower()] if opening else _BARE_JOINT
        link = joint.match(self.text, first.end)
        if link is None:
            return None
        second = self._accepted(link.end(), after="between")
        if second is None:
            return None
        if (
            opening is None
            and {first.name, second.name} == {"month"}
            and "year" not in second.groups
        ):
            return None
        return self._trimmed(second)[1]

    def _bounded(self, start: int) -> int | None:
        """Return where "since 2013" or "before the end of the year" ends."""
        bound = _BOUND.match(self.text, start)
        if bound is None or bound[0].lower().strip() in (
            "from",
            "beginning",
            "starting",
            "through",
        ):
            return None
        match = self._accepted(bound.end(), after="since")
        if match is None or match.name in ("duration", "everytime", "recent", "vagueago", "window"):
            return None
        # "more than two years after March" has a count of its own.
        return self._trimmed(match)[1]

    def _accepted(self, start: int, after: str = "") -> ShapeMatch | None:
        """Return the shape at `start` when the words around it mean a time there."""
        if start not in self._matches:
            here = may_begin(self._lower, start)
            self._matches[start] = match_at(self.text, start) if here else None
        match = self._matches[start]
        if match is None or match.end > len(self.text):
            return None
        before = after or self._word_before(start)
        if match.name == "date" and not self._is_date(match, before):
            match = match_at(self.text, start, without="date")
            if match is None:
                return None
        check = getattr(self, f"_keep_{match.name}", None)
        return match if check is None or check(match, before) else None

    def _trimmed(self, match: ShapeMatch) -> tuple[int, int]:
        start, end = match.start, match.end
        # "the March 9 contests", "the 2014 elections": the article is the noun's.
        article = re.match(r"the\s+(\w{3,})", self.text[start:], re.I)
        own = match.groups.get("month") or match.groups.get("year", "")
        if article is not None and own and own.startswith(article[1].lower()[:3]):
            start += article.start(1)
        if match.name != "recent" and (at := _AT.match(self.text, start)):
            start = at.end()
        if self.text[end - 1] == ")" and "(" not in self.text[start:end]:
            end -= 1
        # The period of "5:30 pm." ends the sentence, that of "5:30 p.m." may not.
        if re.search(r"[^.][ap]m\.$", self.text[start:end], re.I):
            end -= 1
        if onwards := _ONWARDS.match(self.text, end):
            end = onwards.end()
        if self.text[start:end].endswith("'s") and match.name in ("weekday", "holiday", "today"):
            end -= 2
        return start, end

    def _word_before(self, start: int) -> str:
        words = self.text[:start].split()
        return words[-1].lower().strip("(\"'") if words else ""

    def _token_at(self, start: int) -> Token | None:
        return self.tokens.get(start)

    def _token_of(self, match: ShapeMatch, word: str) -> Token | None:
        for offset, token in self.order:
            if match.start <= offset < match.end and token.lower_.startswith(word[:3]):
                return token
        return None

    def _is_date(self, match: ShapeMatch, before: str) -> bool:
        month = match.groups["month"].rstrip(".")
        token = self._token_of(match, month)
        if month in ("may", "march") and token is not None:
            # "at least 5 may have died"
            after = token.nbor(1) if token.i + 1 < len(token.doc) else None
            if token.tag_ == "MD" or (after is not None and after.lower_ in ("have", "be", "not")):
                return False
        # "In May 12 people were killed": the number counts what follows.
        following = re.match(r"\s+([A-Za-z]+)", self.text[match.end :])
        if "year" in match.groups or "relyear" in match.groups or following is None:
            return True
        number = next((t for o, t in reversed(self.order) if match.start <= o < match.end), None)
        noun = None if number is None or number.i + 1 >= len(number.doc) else number.nbor(1)
        if before == "in" and noun is not None and noun.tag_ == "NNS":
            return False
        return not (
            number is not None
            and number.like_num
            and number.dep_ == "nummod"
            and number.head.i > number.i
            and number.head.tag_ == "NNS"
        )

    def _keep_month(self, match: ShapeMatch, before: str) -> bool:
        groups = match.groups
        month = groups["month"]
        if (
            self.text[match.end : match.end + 1] == "-"
            and self.text[match.end + 1 : match.end + 2].isalpha()
        ):
            return False
        if "rel" in groups and re.match(r"\s*\d{1,2}\b", self.text[match.end :]):
            return False  # "This Dec. 28, 2017 photo": the date starts later
        if {"year", "relyear", "part"} & groups.keys() or groups.get("rel", "the") != "the":
            return month != "may" or not self._is_modal(match)
        name = month.rstrip(".")
        if (
            len(name) <= 4
            and name not in ("may", "june", "july")
            and not (month.endswith(".") and before in _TIME_PREPOSITIONS)
        ):
            return False
        token = self._token_of(match, name)
        lower = token is not None and token.text.islower()
        if name in _AMBIGUOUS_MONTHS or lower:
            return before in _TIME_PREPOSITIONS and not self._is_modal(match)
        named = token is not None and token.ent_type_ in ("PERSON", "ORG", "GPE")
        return name not in _GIVEN_NAMES or not named

    def _is_modal(self, match: ShapeMatch) -> bool:
        token = self._token_of(match, match.groups["month"])
        return token is not None and (token.tag_ == "MD" or token.tag_.startswith("VB"))

    def _keep_months(self, match: ShapeMatch, before: str) -> bool:
        return not self._is_modal(match)

    def _keep_year(self, match: ShapeMatch, before: str) -> bool:
        if "part" in match.groups or "year " in self.text[match.start : match.end].lower():
            return True
        token = self._token_at(match.end - 4)
        after = re.match(r"\s+([a-z]+)", self.text[match.end :])
        if token is None or self.text[match.end : match.end + 1] == "'":
            return token is not None
        counts = (
            token.dep_ == "nummod"
            and token.head.i > token.i
            and token.head.tag_ == "NNS"
            and token.ent_type_ != "DATE"
        )
        if counts or self.text[max(0, match.start - 1) : match.start] in ("#", "-"):
            return False
        if not 1800 <= int(match.groups["year"]) <= 2100:
            return False
        if before in _TIME_PREPOSITIONS or before in ("since", "between"):
            return after is None or token.ent_type_ == "DATE" or token.dep_ != "nummod"
        if before == "the":
            return token.ent_type_ == "DATE" or token.dep_ in ("nummod", "compound")
        return token.ent_type_ == "DATE" or self.text[max(0, match.start - 1) : match.start] == "("

    def _keep_years(self, match: ShapeMatch, before: str) -> bool:
        first, second = int(match.groups["year"]), match.groups["year2"]
        last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
        return 1800 <= first < last <= 2100

    def _keep_decade(self, match: ShapeMatch, before: str) -> bool:
        if before in ("his", "her", "their", "my", "your", "our") or re.search(
            r"\b(?:his|her|their)\s+(?:early|mid|late)?[-\s]*$", self.text[: match.start], re.I
        ):
            return False
        digits = match.groups.get("decade", "")
        words = self.text[match.start : match.end].lower()
        return len(digits) == 4 or "'" in digits[:1] or "the " in words or "century" in match.groups

    def _keep_earlier(self, match: ShapeMatch, before: str) -> bool:
        return ("rel" in match.groups) != (match.groups["unit"] == "today")

    def _keep_relative(self, match: ShapeMatch, before: str) -> bool:
        rel, unit = match.groups["rel"], match.groups["unit"]
        if "part" in match.groups:
            return True
        if rel == "the" and unit == "weekend":
            return True
        if rel in ("the", "coming", "the current") or (rel, unit) in (
            ("last", "day"),
            ("past", "day"),
        ):
            return False
        if rel == "that":
            token = self._token_at(match.start)
            return token is None or token.tag_ == "DT"
        return True

    def _keep_season(self, match: ShapeMatch, before: str) -> bool:
        groups = match.groups
        if {"year", "relyear", "part"} & groups.keys():
            return True
        rel = groups.get("rel")
        if groups["season"] in ("fall", "spring"):
            return rel is not None and rel not in ("the", "that", "past", "coming")
        if re.match(
            r"\s+(?:olympic|games|camp|palace|school|session)", self.text[match.end :], re.I
        ):
            return False
        return rel is not None or before in ("in", "during", "by", "since", "until")

    def _keep_holiday(self, match: ShapeMatch, before: str) -> bool:
        at = self.text.lower().find(match.groups["holiday"][:4], match.start)
        return self.text[at : at + 1].isupper()

    def _keep_everytime(self, match: ShapeMatch, before: str) -> bool:
        return " " in self.text[match.start : match.end]

    def _keep_inperiod(self, match: ShapeMatch, before: str) -> bool:
        # "in five years" is a length more often than a point in time; only "within" is plain.
        return (
            match.groups["prep"] == "within" or "time" in self.text[match.start : match.end].split()
        )

    def _keep_clock(self, match: ShapeMatch, before: str) -> bool:
        return (
            "half" in match.groups
            or "hourword" in match.groups
            or "zone" in match.groups
            or (before in ("at", "around", "about", "by", "after", "before", "until", "since"))
        )

    def _keep_weekday(self, match: ShapeMatch, before: str) -> bool:
        token = self._token_of(match, match.groups["weekday"])
        return not (
            before == "bloody"
            or (token is not None and token.ent_type_ == "PERSON" and before != "on")
        )

    def _keep_today(self, match: ShapeMatch, before: str) -> bool:
        # "USA TODAY" is a paper.
        return not self.text[match.start : match.end].isupper() or self.text.isupper()

    def _keep_duration(self, match: ShapeMatch, before: str) -> bool:
        count, unit = match.groups["count"], match.groups["unit"].removesuffix("s")
        words = self.text[match.start : match.end]
        if re.search(rf"-{unit}", words, re.I) or _PRISON.match(self.text, match.end):
            return False
        if _SENTENCED.search(self.text[: match.start]) or unit in ("second", "quarter"):
            return False
        if count in ("a", "an", "one", "some", "few", "many", "half a", "a single"):
            return before in (
                "for",
                "in",
                "over",
                "within",
                "during",
                "than",
                "about",
                "nearly",
                "almost",
            )
        return not re.match(r"\s+(?:of\s+age|younger|older|old)\b", self.text[match.end :], re.I)
