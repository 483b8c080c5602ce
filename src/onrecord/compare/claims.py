"""Form claims: what several statements say together, and who stands behind it.

Values in, values out. The same statements give the same claims in whatever
order they come, since pairs are judged one by one and every tie is settled by
identifiers made of content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from onrecord.compare.blame import act_and_charge
from onrecord.compare.figures import range_of
from onrecord.compare.grouping import Links, components, find_links, groups_in
from onrecord.compare.independence import origins_of
from onrecord.compare.reading import as_read
from onrecord.compare.relations import entails
from onrecord.compare.same import answers
from onrecord.compare.stance import Verdict, head_of, series, standing_figure, verdict_on
from onrecord.compare.status import standing_of, withdrawals
from onrecord.compare.windows import window_of
from onrecord.model.claim import Claim, Member, StatementView
from onrecord.model.identifier import content_id

_ORDER = {"supports": 0, "differs": 1, "denies": 2}


def form_claims(views: Iterable[StatementView]) -> list[Claim]:
    """Return the claims that statements make; every statement is in at least one.

    Args:
        views: Statements, in any order, each id once.

    Returns:
        Claims ordered by id. A denial of responsibility stands in its own
        claim and in that of the deed it denies.
    """
    statements = sorted(map(as_read, views), key=lambda view: view.statement_id)
    links = find_links(statements)
    claims = [
        claim
        for component in components(statements, links)
        for claim in _claims_of(component, links)
    ]
    return sorted(claims, key=lambda claim: claim.claim_id)


def linked_to(new: Iterable[StatementView], others: Iterable[StatementView]) -> frozenset[str]:
    """Return the ids of those of `others` that a new statement is linked to.

    Args:
        new: Statements whose claims are to be formed.
        others: Statements of claims that stand already.
    """
    fresh = {view.statement_id: as_read(view) for view in new}
    rest = {view.statement_id: as_read(view) for view in others if view.statement_id not in fresh}
    documents = {view.report.document_id for view in fresh.values()}
    links = find_links([*fresh.values(), *rest.values()], documents)
    return frozenset(
        name
        for pair in (*links.pairs, *links.answers)
        if (pair[0] in fresh) != (pair[1] in fresh)
        for name in pair
        if name in rest
    )


def _claims_of(component: Sequence[StatementView], links: Links) -> list[Claim]:
    name = content_id("cm", *(view.statement_id for view in component))
    groups = [part for group in groups_in(component, links) for part in act_and_charge(group)]
    outside = {name for name, _ in links.answers}
    speakers = [view for view in component if view.statement_id in outside]
    claims = []
    for group in groups:
        inside = {view.statement_id for view in group}
        answering = [
            view
            for view in speakers
            if view.statement_id not in inside
            and any((view.statement_id, other.statement_id) in links.answers for other in group)
            and _speaks_of(view, group)
        ]
        claims.append(_claim(group, answering, name))
    return claims


def _speaks_of(view: StatementView, group: Sequence[StatementView]) -> bool:
    """Return whether an answer is to what the group says best, not to one stray member."""
    if len(group) <= 2:
        return True
    head = head_of(group)
    return entails(view, head) if view.kind == "relation" else answers(view, head)


def _claim(
    group: Sequence[StatementView], answering: Sequence[StatementView], component: str
) -> Claim:
    ordered = sorted((*group, *answering), key=lambda view: view.statement_id)
    figures = ordered[0].kind == "quantity"
    head = standing_figure(ordered) if figures else head_of(group)
    verdicts: dict[str, Verdict] = (
        series(ordered) if figures
        else {view.statement_id: verdict_on(view, head) for view in ordered}
    )  # fmt: skip
    origins = origins_of(ordered)
    verdicts = withdrawals(ordered, verdicts, origins)
    standing = standing_of(ordered, verdicts, origins)
    members = [
        Member(
            name,
            verdicts[name].stance,
            verdicts[name].reason,
            origins[name].key,
            origins[name].name,
        )
        for name in (view.statement_id for view in ordered)
    ]
    low, high = _value(ordered, verdicts) if figures else (None, None)
    first, end = _days(ordered, verdicts, head)
    return Claim(
        claim_id=content_id("cl", *(view.statement_id for view in ordered)),
        component=component,
        kind=head.kind,
        type=head.type,
        head=head,
        members=tuple(sorted(members, key=lambda m: (_ORDER[m.stance], m.statement_id))),
        status=standing.status,
        reason=standing.reason,
        n_documents=len({view.report.document_id for view in ordered}),
        n_sources=standing.n_sources,
        independence=standing.independence,
        confidence=_confidence(ordered, verdicts),
        low=low,
        high=high,
        date_from=first,
        date_to=end,
    )


def _confidence(views: Sequence[StatementView], verdicts: dict[str, Verdict]) -> float:
    """Return how sure it is that somebody says so: as sure as the best reading among them.

    Others that say the same can be misread without making that one worse, so they never lower
    it. Nor do they raise it: one slip of the extractor repeats itself in reports worded alike.
    """
    supporting = [
        view.confidence for view in views if verdicts[view.statement_id].stance == "supports"
    ]
    return max(supporting or [view.confidence for view in views])


def _value(
    views: Sequence[StatementView], verdicts: dict[str, Verdict]
) -> tuple[float | None, float | None]:
    """Return the values that all who still stand by their figures may mean."""
    standing = [
        view for view in views
        if verdicts[view.statement_id].stance == "supports"
        and not verdicts[view.statement_id].superseded
    ]  # fmt: skip
    ranges = [range_of(view) for view in standing]
    low, high = max(low for low, _ in ranges), min(high for _, high in ranges)
    if low > high:
        head = standing_figure(standing)
        low, high = range_of(head)
    return (None if low == float("-inf") else low), (None if high == float("inf") else high)


def _days(
    views: Sequence[StatementView], verdicts: dict[str, Verdict], head: StatementView
) -> tuple[datetime | None, datetime | None]:
    """Return the narrowest stated time among those that support the claim."""
    stated = [
        view for view in views
        if verdicts[view.statement_id].stance == "supports" and window_of(view).stated
    ]  # fmt: skip
    if not stated:
        return head.date_from, head.date_to
    best = min(
        stated,
        key=lambda view: (
            window_of(view).last - window_of(view).first, window_of(view).first, view.statement_id,
        ),
    )  # fmt: skip
    return best.date_from, best.date_to
