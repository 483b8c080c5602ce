"""Tell whether two reports tell one story: the frame in which their statements may meet.

Reports of one story are out within days of each other and share people,
places and words of their beginnings. Copies always tell the story of their
original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from onrecord.compare.words import likeness_of_words
from onrecord.model.claim import ReportView

# A story runs for days; what is older is background.
STORY_DAYS = 10
# Out so close together, much in common is no chance.
_CLOSE_DAYS = 4
# Share of the shorter beginning's words that two reports must have in common, by how many
# anchors they share: one, two, three and more.
_NEEDED_CLOSE = (0.19, 0.14, 0.1)
_NEEDED = (0.3, 0.2, 0.16)


def same_story(a: ReportView, b: ReportView) -> bool:
    """Return whether two reports tell one story."""
    if a.document_id == b.document_id or a.copies == b.copies:
        return True
    needed = _NEEDED
    if a.published is not None and b.published is not None:
        apart = abs(a.published - b.published)
        if apart > timedelta(days=STORY_DAYS):
            return False
        if apart <= timedelta(days=_CLOSE_DAYS):
            needed = _NEEDED_CLOSE
    shared = len(a.anchors & b.anchors)
    if not shared:
        return False
    return likeness_of_words(opening(a), opening(b)) >= needed[min(shared, len(needed)) - 1]


def opening(report: ReportView) -> str:
    """Return the words that tell what a report is about."""
    return f"{report.title}\n{report.lead}"


def linked_reports(reports: Mapping[str, ReportView]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of reports that tell one story, each pair once, smaller id first.

    Args:
        reports: Reports by id.
    """
    seen: set[tuple[str, str]] = set()
    for group in _by_anchor(reports.values()).values():
        yield from _near_in_time(group, seen)


def _by_anchor(reports: Iterable[ReportView]) -> dict[str, list[ReportView]]:
    groups: dict[str, list[ReportView]] = defaultdict(list)
    for report in reports:
        for anchor in report.anchors:
            groups[anchor].append(report)
        groups[report.copies].append(report)
    return groups


def _near_in_time(group: list[ReportView], seen: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    undated = [report for report in group if report.published is None]
    dated = sorted(
        ((report.published.timestamp(), report.document_id, report)
         for report in group if report.published is not None),
        key=lambda entry: entry[:2],
    )  # fmt: skip
    span = timedelta(days=STORY_DAYS).total_seconds()
    start = 0
    for index, (moment, _, report) in enumerate(dated):
        while dated[start][0] < moment - span:
            start += 1
        for _, _, other in dated[start:index]:
            yield from _pair(report, other, seen)
    for index, report in enumerate(undated):
        for other in undated[:index]:
            yield from _pair(report, other, seen)
        for _, _, other in dated:
            yield from _pair(report, other, seen)


def _pair(a: ReportView, b: ReportView, seen: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    first, second = sorted((a.document_id, b.document_id))
    pair = first, second
    if pair not in seen:
        seen.add(pair)
        if same_story(a, b):
            yield pair
