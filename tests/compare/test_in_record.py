"""Claims kept in a record: read in any order, in parts, and with reports taken out again."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from sqlalchemy import select

from onrecord.annotate.rules import RuleExtractor
from onrecord.compare.claims import form_claims, linked_to
from onrecord.model.document import Document
from onrecord.model.statement import ResolvedDocument
from onrecord.pipeline import annotate
from onrecord.read.any import document_from_text
from onrecord.record import claims, query
from onrecord.record import schema as s
from onrecord.record.check import check_record
from onrecord.record.claim_confidence import set_claim_confidence
from onrecord.record.claims import refresh_claims
from onrecord.record.store import Store

_BLAST = "A bomb exploded at the ferry terminal of Port Selva on Tuesday, killing"


def _report(publisher: str, day: int, text: str) -> Document:
    return document_from_text(
        text,
        uri=f"{publisher}-{day}",
        title="Blast at Port Selva ferry terminal",
        publisher=publisher,
        published=datetime(2025, 3, day, 12, tzinfo=UTC),
    )


@pytest.fixture(scope="module")
def resolved() -> list[ResolvedDocument]:
    """Four reports of one blast, one of them a copy of another."""
    extractor = RuleExtractor()
    wire = (
        f"{_BLAST} at least 14 people, police said. Interior Minister Nadia Verhoen accused the"
        " Harbour Front of the attack. Rescuers searched the water for survivors until midnight."
    )
    found = []
    for document in (
        _report("Meridian Courier", 4, wire),
        _report("Selva Herald", 4, wire + " Schools will stay closed on Friday."),
        _report(
            "Radio Dunmere", 5,
            f"{_BLAST} 17 people, the hospital said. The Harbour Front denied attacking the ferry"
            " terminal of Port Selva.",
        ),
        _report("Northern Ledger", 6, "Nadia Verhoen, the interior minister, met Karim Dessaly,"
                " leader of the Harbour Front, in Oslo on Thursday."),
    ):  # fmt: skip
        result = annotate(document, extractor)
        assert isinstance(result, ResolvedDocument)
        found.append(result)
    return found


def _claims(store: Store) -> set[tuple[object, ...]]:
    """Return all claims with their members, as far as they do not depend on arrival."""
    refresh_claims(store, form_claims, linked_to)
    with store.reading() as connection:
        members = {
            (row.claim_id, row.statement_id, row.stance, row.reason, row.origin)
            for row in connection.execute(select(s.claim_statements))
        }
        claims = {
            (row.claim_id, row.component, row.status, row.reason, row.n_sources)
            for row in connection.execute(select(s.claims))
        }
    return claims | members


def test_order_of_reading_changes_nothing(resolved: list[ResolvedDocument]) -> None:
    outcomes = []
    for order in list(permutations(range(4)))[::5]:
        with Store.open(":memory:") as store:
            for number in order:
                store.write(resolved[number], version="1")
                refresh_claims(store, form_claims, linked_to)
            outcomes.append(_claims(store))
    assert all(outcome == outcomes[0] for outcome in outcomes)


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_claims_do_not_depend_on_how_many_reports_are_compared_at_once(
    resolved: list[ResolvedDocument], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(":memory:") as whole, Store.open(":memory:") as parts:
        for document in resolved:
            whole.write(document, version="1")
            parts.write(document, version="1")
        together = _claims(whole)
        monkeypatch.setattr(claims, "_REPORTS_AT_ONCE", at_once)
        assert _claims(parts) == together
        assert list(check_record(parts)) == []


@pytest.mark.parametrize("gone", range(4))
def test_removing_a_report_restores_the_record_without_it(
    resolved: list[ResolvedDocument], gone: int
) -> None:
    rest = [document for number, document in enumerate(resolved) if number != gone]
    with Store.open(":memory:") as store, Store.open(":memory:") as without:
        for document in resolved:
            store.write(document, version="1")
        for document in rest:
            without.write(document, version="1")
        assert _claims(store) != _claims(without)
        assert store.remove(resolved[gone].document.document_id)
        assert _claims(store) == _claims(without)
        assert list(check_record(store)) == []


def test_reading_again_changes_nothing(resolved: list[ResolvedDocument]) -> None:
    with Store.open(":memory:") as store:
        for document in resolved:
            store.write(document, version="1")
        before = _claims(store)
        for document in resolved:
            store.write(document, version="1", force=True)
        assert _claims(store) == before


def test_copy_counts_once_and_its_statements_stand_in_the_same_claims(
    resolved: list[ResolvedDocument],
) -> None:
    with Store.open(":memory:") as store:
        for document in resolved[:2]:
            store.write(document, version="1")
        _claims(store)
        assert {row.n_sources for row in query.claims(store)} == {1}
        assert any(row.n_documents == 2 for row in query.claims(store))


def test_rejected_statement_leaves_its_claim(resolved: list[ResolvedDocument]) -> None:
    from onrecord.record import corrections

    with Store.open(":memory:") as store:
        for document in resolved[:2]:
            store.write(document, version="1")
        _claims(store)
        shared = next(row for row in query.claims(store) if row.n_documents == 2)
        member = query.members_of_claims(store, [shared.claim_id])[shared.claim_id][0]
        corrections.reject(store, member.statement_id, reviewer="ann")
        _claims(store)
        found = {m.statement_id for row in query.claims(store)
                 for m in query.members_of_claims(store, [row.claim_id])[row.claim_id]}  # fmt: skip
        assert member.statement_id not in found


def test_corrected_number_is_the_one_that_is_compared(resolved: list[ResolvedDocument]) -> None:
    from onrecord.record import corrections

    with Store.open(":memory:") as store:
        for document in (resolved[0], resolved[2]):
            store.write(document, version="1")
        before = _claims(store)
        dead = next(row for row in query.claims(store, kind="quantity") if row.value_high == 17)
        member = next(
            m for m in query.members_of_claims(store, [dead.claim_id])[dead.claim_id]
            if "17" in m.how_many
        )  # fmt: skip
        for field in ("value_low", "value_high"):
            corrections.correct(store, member.statement_id, field, "19", reviewer="ann")
        _claims(store)
        assert 19 in {row.value_high for row in query.claims(store, kind="quantity")}
        for review in query.reviews(store, target=member.statement_id):
            corrections.undo(store, review.review_id, reviewer="ann")
        assert _claims(store) == before


def test_claim_is_sure_while_somebody_vouches_for_a_statement_of_it(
    resolved: list[ResolvedDocument],
) -> None:
    from onrecord.record import corrections

    with Store.open(":memory:") as store:
        for document in resolved:
            store.write(document, version="1")
        _claims(store)
        (unsure, *_) = (row for row in query.claims(store) if row.confidence < 1)
        said = corrections.accept(store, unsure.head_statement_id, reviewer="ann")
        _claims(store)
        sure = {row.claim_id for row in query.claims(store, min_confidence=1)}
        assert unsure.claim_id in sure
        corrections.undo(store, said.review_id, reviewer="ann")
        _claims(store)
        assert query.claim(store, unsure.claim_id).claim == unsure


def test_confidence_of_standing_claims_is_what_forming_them_gives(
    resolved: list[ResolvedDocument],
) -> None:
    from onrecord.record import corrections

    with Store.open(":memory:") as store:
        for document in resolved:
            store.write(document, version="1")
        _claims(store)
        accepted = query.claims(store, kind="event")[0].head_statement_id
        corrections.accept(store, accepted, reviewer="ann")
        _claims(store)
        formed = {row.claim_id: row.confidence for row in query.claims(store)}
        assert 1.0 in formed.values()
        assert len(set(formed.values())) > 2
        with store.writing() as connection:
            connection.execute(s.claims.update().values(confidence=0.0))
            set_claim_confidence(connection)
        assert {row.claim_id: row.confidence for row in query.claims(store)} == formed


def test_rejected_quotation_takes_its_speaker_from_the_sources(
    resolved: list[ResolvedDocument],
) -> None:
    from onrecord.record import corrections

    with Store.open(":memory:") as store:
        store.write(resolved[0], version="1")
        _claims(store)
        (said,) = (row for row in query.quotes(store) if row.speaker.casefold() == "police")
        corrections.reject(store, said.attribution_id, reviewer="ann")
        _claims(store)
        origins = {
            m.origin_name
            for row in query.claims(store)
            for m in query.members_of_claims(store, [row.claim_id])[row.claim_id]
        }
        assert "police" not in {name.casefold() for name in origins}


def test_shown_claim_has_a_column_for_each_source(resolved: list[ResolvedDocument]) -> None:
    with Store.open(":memory:") as store:
        for document in resolved:
            store.write(document, version="1")
        _claims(store)
        for row in query.claims(store):
            shown = query.claim(store, row.claim_id)
            assert len({column.origin for column in shown.columns}) == len(shown.columns)
            assert sum(len(column.members) for column in shown.columns) == row.n_statements


def test_a_number_in_words_is_not_marked_as_another_number() -> None:
    extractor = RuleExtractor()
    with Store.open(":memory:") as store:
        for publisher, dead in (("Meridian Courier", "17"), ("Radio Dunmere", "seventeen")):
            told = "Rescuers searched the water." if dead == "17" else "Nobody knows who laid it."
            text = f"{_BLAST} {dead} people. {told}"
            result = annotate(_report(publisher, 4, text + f" {publisher} was there."), extractor)
            assert isinstance(result, ResolvedDocument)
            store.write(result, version="1")
        _claims(store)
        (row,) = query.claims(store, kind="quantity", min_documents=2)
        cells = [column.cells["how many"] for column in query.claim(store, row.claim_id).columns]
        assert [cell.differs for cell in cells] == [False] * len(cells)
        assert len({word for cell in cells for word in cell.text.split("; ")}) == 2
