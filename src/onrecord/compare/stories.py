"""Tell whether two reports tell one story: the frame in which their statements may meet.

Reports of one story are out within days of each other and share people,
places and words of their beginnings; what comes weeks later, a retraction or a
sequel, must share more. Copies always tell the story of their original.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain

from onrecord.compare.words import likeness_of_words, stem, words_of
from onrecord.model.claim import ReportView
from onrecord.resolve.story_names import story_names

# A sequel may come so late; what is older is background.
STORY_DAYS = 30
# Days between two reports, and the share of the shorter beginning's words that they must then
# have in common; a name counts as two words.
_NEEDED = ((4, 0.13), (10, 0.19), (STORY_DAYS, 0.3))
# Without any name in common.
_NEEDED_NAMELESS = 0.4
# By the actors and small places that they share, one, two, three and so on: identity has settled
# already that these are one. When out close together, and within ten days.
_NEEDED_CLOSE = (0.19, 0.14, 0.1)
_NEEDED_LATER = (0.3, 0.2, 0.16, 0.13, 0.1)
_UNDATED_DAYS = 10


def same_story(a: ReportView, b: ReportView) -> bool:
    """Return whether two reports tell one story."""
    if a.document_id == b.document_id or a.copies == b.copies:
        return True
    days = _UNDATED_DAYS
    if a.published is not None and b.published is not None:
        days = abs(a.published - b.published) // timedelta(days=1)
        if days > STORY_DAYS:
            return False
    shared = len(a.anchors & b.anchors)
    if shared and days <= _UNDATED_DAYS:
        steps = _NEEDED_CLOSE if days <= _NEEDED[0][0] else _NEEDED_LATER
        needed = steps[min(shared, len(steps)) - 1]
        if likeness_of_words(opening(a), opening(b)) >= needed:
            return True
    words, others = words_of(opening(a)), words_of(opening(b))
    common = words & others
    if not common:
        return False
    names = common.intersection(map(stem, _names(a) | _names(b)))
    share = (len(common) + len(names)) / min(len(words), len(others))
    if not (names or shared):
        return share >= _NEEDED_NAMELESS and days <= _NEEDED[0][0]
    return share >= next(needed for limit, needed in _NEEDED if days <= limit)


def _names(report: ReportView) -> frozenset[str]:
    return story_names(report.title, report.lead)


def opening(report: ReportView) -> str:
    """Return the words that tell what a report is about."""
    return f"{report.title}\n{report.lead}"


def linked_reports(
    reports: Mapping[str, ReportView], touching: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of reports that tell one story, each pair once, smaller id first.

    Args:
        reports: Reports by id.
        touching: Ids; only pairs with one of these. None asks for all.
    """
    wanted = reports if touching is None else frozenset(touching)
    seen: set[tuple[str, str]] = set()
    for group in _by_anchor(reports.values()).values():
        yield from _near_in_time(group, wanted, seen)


def _by_anchor(reports: Iterable[ReportView]) -> dict[str, list[ReportView]]:
    groups: dict[str, list[ReportView]] = defaultdict(list)
    for report in reports:
        for anchor in report.anchors:
            groups[anchor].append(report)
        if report.published is not None:
            for name in _names(report):
                groups[f"name {name}"].append(report)
        groups[report.copies].append(report)
    return groups


def _near_in_time(
    group: list[ReportView], wanted: Container[str], seen: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield pairs of a group that tell one story, one of them wanted, thirty days apart at most."""
    asked = [report for report in group if report.document_id in wanted]
    if not asked:
        return
    undated = [report for report in group if report.published is None]
    dated = sorted(
        ((report.published.timestamp(), report.document_id, report)
         for report in group if report.published is not None),
        key=lambda entry: entry[:2],
    )  # fmt: skip
    moments = [moment for moment, _, _ in dated]
    span = timedelta(days=STORY_DAYS).total_seconds()
    for report in asked:
        first, last = 0, len(dated)
        if report.published is not None:
            moment = report.published.timestamp()
            first, last = bisect_left(moments, moment - span), bisect_right(moments, moment + span)
        for other in chain((entry[2] for entry in dated[first:last]), undated):
            if other is not report:
                yield from _pair(report, other, seen)


def _pair(a: ReportView, b: ReportView, seen: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    first, second = sorted((a.document_id, b.document_id))
    pair = first, second
    if pair not in seen:
        seen.add(pair)
        if same_story(a, b):
            yield pair
