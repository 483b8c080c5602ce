"""Laws that hold for claims of any statements."""

from __future__ import annotations

from dataclasses import replace

from claim_statements import ARMY, FRONT, LETHANIA, MINISTER, OFFICIAL, day, report, statement, toll
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.compare.claims import form_claims, linked_to
from onrecord.compare.independence import count_sources, origins_of
from onrecord.model.claim import Claim, StatementView

_PARTIES = st.sampled_from([None, FRONT, ARMY, LETHANIA])
_CHAINS = st.sampled_from([(), (MINISTER,), (OFFICIAL,)])


@st.composite
def statements(draw: st.DrawFn) -> list[StatementView]:
    """Return up to a dozen statements of up to four reports of one story."""
    reports = [
        report(name, published=day(draw(st.integers(3, 9))))
        for name in ("ant", "bee", "cat", "dog")
    ]
    views = []
    for number in range(draw(st.integers(1, 12))):
        of = draw(st.sampled_from(reports))
        speakers = draw(_CHAINS)
        if draw(st.booleans()):
            views.append(toll(f"{number:02}", of, draw(st.sampled_from([9.0, 14.0])), *speakers))
        else:
            views.append(
                statement(
                    f"{number:02}", of, *speakers, subject=draw(_PARTIES), object=draw(_PARTIES),
                    factuality=draw(st.sampled_from(["asserted", "denied"])),
                    type=draw(st.sampled_from(["ASSAULT", "CONSULT"])),
                )
            )  # fmt: skip
    return views


def _by_members(claims: list[Claim]) -> dict[frozenset[str], Claim]:
    return {frozenset(m.statement_id for m in claim.members): claim for claim in claims}


@given(statements(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_order_of_statements_changes_nothing(views: list[StatementView], chance: object) -> None:
    shuffled = list(views)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert form_claims(shuffled) == form_claims(views)


@given(statements())
@settings(max_examples=60, deadline=None)
def test_every_statement_stands_in_a_claim_and_every_member_is_one(
    views: list[StatementView],
) -> None:
    members = {m.statement_id for claim in form_claims(views) for m in claim.members}
    assert members == {view.statement_id for view in views}


@given(statements(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_copy_of_a_report_never_adds_a_source(views: list[StatementView], which: int) -> None:
    chosen = sorted({view.report.document_id for view in views})
    original = chosen[which % len(chosen)]
    copied = [
        replace(
            view,
            statement_id=f"{view.statement_id}_copy",
            report=replace(view.report, document_id="doc_copy", publisher="Copyist"),
            chain=(replace(view.chain[0], name="Copyist"), *view.chain[1:]),
        )
        for view in views
        if view.report.document_id == original
    ]
    before = count_sources(origins_of(views).values())[0]
    assert count_sources(origins_of([*views, *copied]).values())[0] <= before


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_one_more_who_says_so_never_makes_a_claim_less_sure(
    standing: list[float], more: float
) -> None:
    views = [
        statement(f"{n}", report(f"outlet{n}"), confidence=sure)
        for n, sure in enumerate([*standing, more])
    ]
    (before,), (after,) = form_claims(views[:-1]), form_claims(views)
    assert {member.stance for member in after.members} == {"supports"}
    assert after.confidence >= before.confidence


@given(statements(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_components_touched_by_new_statements_are_all_that_changes(
    views: list[StatementView], which: int
) -> None:
    chosen = sorted({view.report.document_id for view in views})
    late = chosen[which % len(chosen)]
    old = [view for view in views if view.report.document_id != late]
    new = [view for view in views if view.report.document_id == late]
    standing = form_claims(old)
    linked = linked_to(new, old)
    touched = {
        claim.component
        for claim in standing
        if any(m.statement_id in linked for m in claim.members)
    }
    again = {
        m.statement_id for claim in standing if claim.component in touched for m in claim.members
    }
    formed = form_claims([*new, *(view for view in old if view.statement_id in again)])
    kept = [claim for claim in standing if claim.component not in touched]
    assert _by_members([*kept, *formed]) == _by_members(form_claims(views))
