"""Judge a claim: who stands behind it, who disagrees, and what that makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.compare.independence import Origin, count_sources
from onrecord.compare.stance import Verdict, outlet, withdraws
from onrecord.model.claim import ClaimStatus, Independence, StatementView

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True, slots=True)
class Standing:
    """What an analyst may make of a claim, and why."""

    status: ClaimStatus
    reason: str
    n_sources: int
    independence: Independence


def withdrawals(
    views: Sequence[StatementView],
    verdicts: Mapping[str, Verdict],
    origins: Mapping[str, Origin],
) -> dict[str, Verdict]:
    """Mark what an outlet said in its own name and has since taken back.

    Those who relied on the outlet lose it too.

    Args:
        views: The statements of one claim.
        verdicts: Verdict on each, by statement id.
        origins: On whose word each rests, by statement id.

    Returns:
        The verdicts, changed where something was withdrawn.
    """
    changed = dict(verdicts)
    for denial in views:
        if verdicts[denial.statement_id].stance != "denies" or not _own_voice(denial):
            continue
        for view in views:
            verdict = changed[view.statement_id]
            if verdict.stance != "supports" or not _before(view, denial):
                continue
            if _rests_on(denial.report.publisher, view, origins[view.statement_id]):
                day = denial.report.published
                when = "" if day is None else f" on {day.day} {day:%B}"
                words = f"{outlet(denial)} withdrew it{when}"
                changed[view.statement_id] = replace(verdict, reason=words, withdrawn=True)
    return changed


def standing_of(
    views: Sequence[StatementView],
    verdicts: Mapping[str, Verdict],
    origins: Mapping[str, Origin],
) -> Standing:
    """Return status, reason and number of independent sources of one claim.

    Args:
        views: Its statements.
        verdicts: Verdict on each, by statement id, withdrawals marked.
        origins: On whose word each rests, by statement id.
    """
    supporting = [v for v in views if verdicts[v.statement_id].stance == "supports"]
    standing = [v for v in supporting if not verdicts[v.statement_id].withdrawn]
    against = [v for v in views if verdicts[v.statement_id].stance != "supports"]
    counted = standing or supporting or list(views)
    n, known = count_sources(origins[v.statement_id] for v in counted)
    if supporting and not standing:
        reason = next(verdicts[v.statement_id].reason for v in supporting)
        return Standing("retracted", f"Taken back: {reason}", n, known)
    withdrawn = {v.report.publisher for v in supporting if verdicts[v.statement_id].withdrawn}
    # Who says both in one report tells of two things, or was misread: that is nobody's dispute
    # unless another report says it too.
    both = {key for v in supporting for key in _words_of(v, origins)}
    told_in = {v.report.document_id for v in supporting}
    against = [
        v for v in against
        if not (v.report.publisher in withdrawn and verdicts[v.statement_id].stance == "denies")
        and (told_in - {v.report.document_id} or both.isdisjoint(_words_of(v, origins)))
    ]  # fmt: skip
    if against:
        return Standing("disputed", _dispute(counted, against, verdicts, origins), n, known)
    if n > 1:
        return Standing("corroborated", _agreement(counted, origins, n, known), n, known)
    return Standing("single_source", _alone(counted, origins, known), n, known)


def _words_of(view: StatementView, origins: Mapping[str, Origin]) -> set[tuple[str, str]]:
    """Return on whose word a statement is told in its report, by itself and in the claim."""
    name = view.report.document_id
    return {(name, origins[view.statement_id].key), (name, view.chain[-1].name)}


def _own_voice(view: StatementView) -> bool:
    """Return whether an outlet speaks for itself, or says that it takes something back."""
    return len(view.chain) == 1 or withdraws(view)


def _before(view: StatementView, denial: StatementView) -> bool:
    if view.report.document_id == denial.report.document_id:
        return False
    first, second = view.report.published, denial.report.published
    if first is None or second is None:
        return withdraws(denial)
    return first < second


def _rests_on(publisher: str, view: StatementView, origin: Origin) -> bool:
    """Return whether an outlet takes a statement with it when it withdraws a report.

    Its own words, whomever it quotes beside them, and those of sources that only it knows.
    """
    if not origin.speaker:
        return _is_outlet(origin.name, publisher)
    alone = len(view.chain) == 1 or not origin.named
    return alone and _is_outlet(view.report.publisher, publisher)


def _is_outlet(name: str, publisher: str) -> bool:
    return bool(publisher) and _plain(name) == _plain(publisher)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _dispute(
    supporting: Sequence[StatementView],
    against: Sequence[StatementView],
    verdicts: Mapping[str, Verdict],
    origins: Mapping[str, Origin],
) -> str:
    for_ = _names(supporting, origins)
    said = list(dict.fromkeys(verdicts[v.statement_id].reason for v in against))
    more = f", and {_count(len(said) - 1).lower()} more" if len(said) > 1 else ""
    return f"In dispute: {for_} {_says(supporting, origins)} so; {_lower(said[0])}{more}"


def _says(views: Sequence[StatementView], origins: Mapping[str, Origin]) -> str:
    return "says" if len({origins[v.statement_id].key for v in views}) == 1 else "say"


def _agreement(
    views: Sequence[StatementView], origins: Mapping[str, Origin], n: int, known: Independence
) -> str:
    sure = "" if known == "established" else "; whether the unnamed ones are others is not known"
    return f"{_count(n)} independent sources: {_names(views, origins)}{sure}"


def _alone(
    views: Sequence[StatementView], origins: Mapping[str, Origin], known: Independence
) -> str:
    outlets = sorted({v.report.publisher or v.report.document_id for v in views})
    if known != "established":
        return (
            f"{_count(len(outlets))} {_plural('outlet', len(outlets))}, but sources without a name"
            " are not shown to be independent"
        )
    origin = min((origins[v.statement_id] for v in views), key=lambda o: (not o.named, o.key))
    if len(outlets) == 1:
        if origin.speaker:
            return f"One report's word: {outlets[0] or 'the outlet'} quotes {origin.name}"
        return f"Only {origin.name} says so"
    number = f"{_count(len(outlets))} outlets"
    if not origin.named:
        return f"{number}, one text with an unnamed source"
    if origin.speaker:
        return f"{number}, one speaker: {_both(len(outlets))} quote {origin.name}"
    return f"{number}, one source: {_both(len(outlets))} rely on {origin.name}"


def _both(number: int) -> str:
    return "both" if number == 2 else "all"


def _names(views: Sequence[StatementView], origins: Mapping[str, Origin]) -> str:
    found = {origins[v.statement_id].key: origins[v.statement_id] for v in views}
    names = [o.name for o in sorted(found.values(), key=lambda o: (not o.named, o.name))]
    names = list(dict.fromkeys(names))
    if len(names) > 3:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _count(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def _lower(words: str) -> str:
    # Names keep their capital; only "It", "Names" and the like lose theirs.
    first = words.split(" ", 1)[0]
    if first in {"It", "Names", "Gives", "Credits", "The"}:
        return words[0].lower() + words[1:]
    return words
