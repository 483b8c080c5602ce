"""Find what is no part of the story, and what it tells about the report.

Headline, dateline, byline, source line and credits are kept out of sentences,
so that a byline never becomes the subject of a verb, and read for what they
say: title, author, place, agencies. Nothing is cut from the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.model.document import Furniture
from onrecord.model.span import Span
from onrecord.read.agencies import known_agency, looks_like_agency, shown_name
from onrecord.read.boilerplate import inline_boilerplate, is_boilerplate
from onrecord.read.canonical import match_form
from onrecord.read.dateline import byline_before_dateline, find_dateline

_LINE = re.compile(r"[^\n]+")
_LONGEST_TITLE = 200
_LONGEST_CREDIT = 300
_LONGEST_BYLINE = 160
_NAME_WORD = (
    r"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|de|del|der|den|di|da|la|le|al|el|bin|ben|ibn|van|von|ter|dos|du)"
)
_NAME = rf"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: {_NAME_WORD}){{1,4}}"
_NAMES = rf"{_NAME}(?:(?:, and | and | & |, ){_NAME}){{0,5}}"
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Story by|Posted by|Reported by|Words by|Text by|Author):? "
    rf"(?P<names>{_NAMES})(?P<rest>(?:,| \||/| [-–—]| in | for | at | of ).{{1,80}})?"
)
_NOT_A_NAME = re.compile(
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|\w+day|The|Midnight"
)
_SOURCE_LINE = re.compile(
    r"(?:Sources?|Via|Originally published (?:by|at|on|in)|This (?:article|story|report) (?:was )?"
    r"(?:first|originally) (?:appeared|published) (?:in|on|at|by))"
    r"\s*(?:»|›|>>?|:|\||[-–—](?= ))?\s*(?P<name>.{2,120}?)(?:\s*\[[^\]]{2,30}\])?[.\s]*"
)
_SOURCE_SIGN = re.compile(r"^(?:Sources?|Via)\s*(?:»|›|>>?|:|\|)|^Via [A-Z]|^Orig|^This ")
_SOURCE_ARROW = re.compile(r"(?:Sources?|Via)\s*(?:»|›|>>?)")
# Within a paragraph only the arrow is telling; a name in small letters ends before a capital,
# which is where the next report starts when two were glued together.
_SOURCE_INLINE = re.compile(
    r"\bSource\s*(?:»|›|>>)\s*(?P<name>[a-z0-9][a-z0-9.-]*[a-z0-9]|[^\n\[]{2,60}?(?=\s*(?:$|\n|\[))|\w[\w.-]*)"
)
_CREDIT_VERB = (
    r"(?:(?:Additional )?[Rr]eporting|Writing|Written|Editing|Edited|Compiled|Translated|"
    r"Translation|Research|Graphics?|Production|Photography|Filming)"
)
_REPORTING = re.compile(
    rf"(?:{_CREDIT_VERB}(?:(?:,| and) {_CREDIT_VERB.lower()})* by:? "
    r"|(?:Reporters|Writers|Editors?): )"
    r"(?P<names>[A-ZÀ-ÖØ-Þ][^\n]*)"
)
_REPORTING_INLINE = re.compile(
    rf"\((?:{_CREDIT_VERB}(?:(?:,| and) \w+)*|Additional reporting) by:? "
    rf"[^()\n]{{3,{_LONGEST_CREDIT}}}\)"
)
_CONTRIBUTED = re.compile(
    r"(?:^|(?<=[.!?\"”)] )|(?<=\())(?P<who>[A-ZÀ-ÖØ-Þ][^.!?\n]{1,200}?) (?:also )?"
    r"contributed (?:reporting |additional reporting )?(?:to|from)[^.\n]{0,40}?"
    r"(?:report|story|article|dispatch|reporting)(?: from [^.\n]{2,60})?(?:\.|$|(?=\)))"
)
_WITH_INPUT = re.compile(
    r"\(?(?:This (?:report|story|article) (?:includes|contains|was (?:compiled|produced) with) "
    r".{0,30}?|[Ww]ith (?:additional )?)"
    r"(?:reporting|inputs?|files?|material|information|contributions?)"
    r" (?:by|from) (?P<who>[^()\n]{2,120}?)\.?\)?"
)
_WITH_AGENCIES = re.compile(r"[-–— (]*[Ww]ith (?P<who>[A-Z][^()\n.]{1,40}?)\.?\)?")
_AGENCY_LINE = re.compile(r"[-–—( ]*(?P<who>[A-Z][\w.,/&' -]{1,60}?)[ ).]*")
_RIGHTS = re.compile(r"copyright|©|all rights reserved", re.IGNORECASE)
_RIGHTS_YEAR = re.compile(r"(?:copyright|©|\(c\)|by|\d{4}|[-–,]|\s)+", re.IGNORECASE)
_END_OF_REPORT = re.compile(r"\[\s*(?:read more|continue reading)", re.IGNORECASE)
_NO_TITLE_END = re.compile(r"[.,;:…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The furniture of a text and what it says.

    Attributes:
        furniture: In order of the text, not overlapping.
        title: The headline, empty if none was recognised.
        author: Names of the byline, empty if none.
        dateline: Place of the dateline as written, empty if none.
        agencies: Outlets and agencies named in prefixes ("(AP) —"), usual names.
        sources: Outlets named in source lines, usual names.
        credits: Agencies named in credits and rights, usual names.
    """

    furniture: tuple[Furniture, ...] = ()
    title: str = ""
    author: str = ""
    dateline: str = ""
    agencies: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def find_furniture(text: str, *, title: str = "", title_end: int = 0) -> Frame:
    """Return the furniture of canonical `text`.

    Args:
        text: Canonical text.
        title: Headline known from metadata; a line that repeats it is the title.
        title_end: Where the headline ends when the text is known to open with it, else 0.
    """
    finder = _Finder(text, title)
    lines = list(_LINE.finditer(text))
    for index, line in enumerate(lines):
        if line.start() < title_end:
            finder.keep(line.start(), line.end(), "title", line.group())
            finder.title = finder.title or line.group()
            continue
        before = text[lines[index - 1].end() : line.start()] if index else "\n\n"
        after = lines[index + 1] if index + 1 < len(lines) else None
        finder.read_line(line, before, after)
    return finder.frame()


@dataclass(slots=True)
class _Finder:
    """Reads line by line and collects."""

    text: str
    known_title: str
    title: str = ""
    _found: list[Furniture] = field(default_factory=list)
    _authors: list[str] = field(default_factory=list)
    _datelines: list[str] = field(default_factory=list)
    _agencies: list[str] = field(default_factory=list)
    _sources: list[str] = field(default_factory=list)
    # "Source: x" within a story is a chart's; only at the end does it name the outlet.
    _charts: list[str] = field(default_factory=list)
    _credits: list[str] = field(default_factory=list)
    _in_story: bool = False
    # After a source line, "[READ MORE]" or a second headline a new report may start.
    _report_ended: bool = False

    def read_line(self, line: re.Match[str], before: str, after: re.Match[str] | None) -> None:
        """Take in one line; `before` is the white space before it, `after` the next line."""
        start, words = line.start(), line.group()
        if self._is_title(line, before, after):
            self.keep(start, line.end(), "title", words)
            self.title = self.title or words
            self._in_story = False
            return
        opens = not self._in_story or self._report_ended
        if (
            opens
            and (cut := byline_before_dateline(words))
            and self._whole_line(start, words[:cut].rstrip(), after)
        ):
            start, words = start + cut, words[cut:]
        if self._whole_line(start, words, after):
            return
        dateline = find_dateline(words, opens_story=opens)
        if dateline is not None:
            if dateline.place:
                place_end = dateline.place_end if dateline.agency else dateline.end
                self._datelines.append(dateline.place)
                if place_end:
                    self.keep(start, start + place_end, "dateline", dateline.place)
            if dateline.agency:
                names = [shown_name(part) for part in dateline.agency.split("/")]
                self._agencies.extend(names)
                agency_start = start + dateline.place_end
                self.keep(agency_start, start + dateline.end, "agency", ", ".join(names))
        self._in_story, self._report_ended = True, False
        self._charts.clear()
        self._inside(start, words, dateline.end if dateline else 0)

    def keep(self, start: int, end: int, kind: str, value: str = "") -> None:
        """Note a stretch as furniture, without the white space around it."""
        stretch = self.text[start:end]
        start += len(stretch) - len(stretch.lstrip())
        end -= len(stretch) - len(stretch.rstrip())
        if start < end:
            self._found.append(Furniture(Span(start, end), kind, value))  # type: ignore[arg-type]

    def frame(self) -> Frame:
        """Return what was found, overlaps resolved in favour of the earlier and longer."""
        kept: list[Furniture] = []
        for piece in sorted(self._found, key=lambda f: (f.span.start, -f.span.end)):
            if not kept or kept[-1].span.end <= piece.span.start:
                kept.append(piece)
        return Frame(
            furniture=tuple(kept),
            title=self.title,
            author=", ".join(_unique(self._authors)),
            dateline=self._datelines[0] if self._datelines else "",
            agencies=_unique(self._agencies),
            sources=_unique([*self._sources, *self._charts]),
            credits=_unique(self._credits),
        )

    def _is_title(self, line: re.Match[str], before: str, after: re.Match[str] | None) -> bool:
        words = line.group()
        if self.known_title and same_words(words, self.known_title):
            return not self._in_story
        if not _headline_like(words) or after is None:
            return False
        gap = self.text[line.end() : after.start()]
        opens_report = find_dateline(after.group(), opens_story=True) is not None
        if self._in_story or self.title:
            # A second headline: only where a report has ended or a new dateline follows.
            follows_break = "\n\n" in before or self._report_ended
            return follows_break and (
                (opens_report and "\n\n" in gap) or (self._report_ended and gap.count("\n") > 1)
            )
        if self.known_title:
            return False
        return "\n\n" in gap or opens_report or _prose_like(after.group())

    def _whole_line(self, start: int, words: str, after: re.Match[str] | None) -> bool:
        """Note the line if all of it is furniture; return whether it is."""
        end = start + len(words)
        match = _BYLINE.fullmatch(words) if len(words) <= _LONGEST_BYLINE else None
        if match is not None and not _NOT_A_NAME.match(match["names"]):
            listed = _names_of(match["names"]).split(", ")
            names = ", ".join(name for name in listed if not looks_like_agency(name))
            self._credit_agencies(", ".join(name for name in listed if looks_like_agency(name)))
            if not self._in_story or self._report_ended:
                self._authors.append(names)
            self._credit_agencies((match["rest"] or "").strip(" ,|/-–—"))
            self.keep(start, end, "byline", names)
            return True
        if _SOURCE_SIGN.match(words) and (match := _SOURCE_LINE.fullmatch(words)):
            name = shown_name(match["name"])
            if len(name.split()) <= 8:
                arrow = _SOURCE_ARROW.match(words) is not None
                (self._sources if arrow else self._charts).append(name)
                self._report_ended |= arrow
                self.keep(start, end, "source", name)
                return True
        credit = _REPORTING.fullmatch(words.strip("()[] ")) if len(words) <= 600 else None
        if credit is not None:
            self.keep(start, end, "credit", credit["names"].rstrip(". "))
            return True
        for pattern in (_CONTRIBUTED, _WITH_INPUT):
            match = pattern.fullmatch(words.strip("()[] "))
            if match is not None:
                self.keep(start, end, "credit", self._credited(match["who"]))
                return True
        if is_boilerplate(words):
            self._read_rights(words)
            self._report_ended |= _END_OF_REPORT.match(words) is not None
            self.keep(start, end, "boilerplate")
            return True
        return self._agency_line(start, words, after)

    def _agency_line(self, start: int, words: str, after: re.Match[str] | None) -> bool:
        """Take a line that is only "Reuters" or "with AFP" as a credit."""
        at_edge = not self._in_story or after is None or after.end() - after.start() < 80
        for pattern in (_WITH_AGENCIES, _AGENCY_LINE):
            match = pattern.fullmatch(words)
            if match is None or not at_edge:
                continue
            names = [
                known_agency(part) for part in re.split(r"\s*(?:/|,|&| and )\s*", match["who"])
            ]
            if match["who"].lower() == "agencies" or (names and all(names)):
                self._credits.extend(name for name in names if name)
                self.keep(start, start + len(words), "credit", ", ".join(filter(None, names)))
                return True
        return False

    def _inside(self, start: int, words: str, skip: int) -> None:
        """Note the furniture within a paragraph of the story."""
        for first, after in inline_boilerplate(words):
            if first >= skip or skip == 0:
                self.keep(start + first, start + after, "boilerplate")
            if _END_OF_REPORT.match(words[first:after]) and after == len(words):
                self._report_ended = True
        for match in _SOURCE_INLINE.finditer(words):
            name = shown_name(match["name"])
            self._sources.append(name)
            self.keep(start + match.start(), start + match.end(), "source", name)
            self._report_ended |= match.end() == len(words)
        for match in _REPORTING_INLINE.finditer(words):
            self.keep(start + match.start(), start + match.end(), "credit", match.group()[1:-1])
        for match in _CONTRIBUTED.finditer(words):
            if _is_contributor(match["who"]):
                value = self._credited(match["who"])
                self.keep(start + match.start(), start + match.end(), "credit", value)

    def _credited(self, who: str) -> str:
        """Note the agencies among the names of a credit; return the names."""
        self._credit_agencies(who)
        return " ".join(who.split())

    def _credit_agencies(self, who: str) -> None:
        for part in re.split(r"\s*(?:,|;|/|&|\band\b)\s*", who):
            # "Associated Press writer Ana Torres": the agency stands before the trade.
            name = re.split(
                r" (?:staff )?(?:writer|reporter|correspondent|journalist|editor)s?\b", part
            )[0]
            name = re.sub(r"^(?:The|the) ", "", name.strip())
            if name and (known_agency(name) or looks_like_agency(name)):
                self._credits.append(shown_name(name))

    def _read_rights(self, words: str) -> None:
        if _RIGHTS.search(words):
            holder = re.split(
                r"[.;(|]| via |All rights", _RIGHTS_YEAR.sub(" ", words, count=1).strip()
            )[0]
            if agency := known_agency(holder.strip()):
                self._credits.append(agency)


def ends_report(piece: Furniture, text: str) -> bool:
    """Return whether `piece` stands at the end of a report: a source line or "[READ MORE]"."""
    if piece.kind == "source":
        return _SOURCE_ARROW.match(piece.span.text_in(text)) is not None
    return piece.kind == "boilerplate" and bool(_END_OF_REPORT.match(piece.span.text_in(text)))


def same_words(first: str, second: str) -> bool:
    """Return whether two lines read the same but for case, quotes, dashes and final stop."""
    return title_key(first) == title_key(second)


def title_key(line: str) -> str:
    """Return `line` in the form in which headlines are compared."""
    return " ".join(match_form(line).casefold().replace('"', "'").split()).rstrip(" .")


def _headline_like(words: str) -> bool:
    """Tell whether a line is built like a headline: short, capital first, no final stop."""
    if len(words) > _LONGEST_TITLE or _NO_TITLE_END.search(words) or is_boilerplate(words):
        return False
    if _BYLINE.fullmatch(words) or find_dateline(words, opens_story=True):
        return False
    if _SOURCE_SIGN.match(words) or (_AGENCY_LINE.fullmatch(words) and known_agency(words)):
        return False
    first = words.lstrip("\"'“‘([¿¡ ")[:1]
    return len(words.split()) >= 3 and (first.isupper() or first.isdigit())


def _prose_like(words: str) -> bool:
    return len(words) >= 80 and re.search(r"[.!?][\"'”’)]*(?:\s|$)", words) is not None


def _is_contributor(who: str) -> bool:
    """Tell a contributor's name from a sentence that happens to speak of contributing."""
    return len(who) <= 120 and not re.search(r"\b(?:has|have|had|that|which|is|was|said)\b", who)


def _names_of(names: str) -> str:
    plain = re.sub(r"(?:, and | and | & )", ", ", names)
    return ", ".join(name.title() if name.isupper() else name for name in plain.split(", "))


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
