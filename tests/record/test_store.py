from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from record_strategies import resolved_documents
from sqlalchemy import select

from onrecord.model.statement import ResolvedDocument
from onrecord.record import schema as s
from onrecord.record.store import Store

laws = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    # A document has too many parts to shrink in a minute.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the record, less what tells only when and in which order it came."""
    left_out = {"read_at", "at", "number"}
    with store.reading() as connection:
        return {
            table.name: sorted(
                tuple(repr(v) for k, v in row.items() if k not in left_out)
                 for row in connection.execute(select(table)).mappings()
            )
            for table in s.metadata.sorted_tables
        }  # fmt: skip


def as_compared(resolved: ResolvedDocument) -> ResolvedDocument:
    used = {m.place_id for m in resolved.mentions} | {t.place_id for t in resolved.statements}
    return replace(
        resolved,
        mentions=tuple(sorted(resolved.mentions, key=lambda m: (m.span, m.mention_id))),
        entities=tuple(sorted(resolved.entities, key=lambda e: e.entity_id)),
        places=tuple(
            sorted((p for p in resolved.places if p.place_id in used), key=lambda p: p.place_id)
        ),
        attributions=tuple(
            sorted(resolved.attributions, key=lambda a: (a.content[0].start, a.attribution_id))
        ),
        statements=tuple(
            sorted(
                resolved.statements, key=lambda t: (t.span.start, t.trigger.start, t.statement_id)
            )
        ),
    )


@laws
@given(resolved_documents())
def test_a_document_is_read_back_as_it_was_written(resolved: ResolvedDocument) -> None:
    with Store.open(":memory:") as store:
        assert store.write(resolved, version="rules-1")
        assert as_compared(store.load(resolved.document.document_id)) == as_compared(resolved)


@laws
@given(resolved_documents())
def test_writing_twice_changes_nothing(resolved: ResolvedDocument) -> None:
    with Store.open(":memory:") as store:
        store.write(resolved, version="rules-1")
        before = dump(store)
        assert not store.write(resolved, version="rules-1")
        assert dump(store) == before


@laws
@given(resolved_documents())
def test_reading_anew_leaves_no_trace_of_the_old_rows(resolved: ResolvedDocument) -> None:
    with Store.open(":memory:") as store, Store.open(":memory:") as fresh:
        store.write(resolved, version="rules-1")
        bare = replace(resolved, mentions=(), entities=(), attributions=(), statements=())
        store.write(replace(bare, document=replace(bare.document)), version="rules-2")
        store.write(resolved, version="rules-3")
        fresh.write(resolved, version="rules-3")
        assert dump(store) == dump(fresh)


@laws
@given(
    st.lists(resolved_documents(), max_size=4, unique_by=lambda r: r.document.document_id),
    st.randoms(),
)
def test_the_order_of_documents_does_not_change_the_rows(
    written: list[ResolvedDocument], random: Any
) -> None:
    shuffled = list(written)
    random.shuffle(shuffled)
    with Store.open(":memory:") as one, Store.open(":memory:") as other:
        for resolved in written:
            one.write(resolved, version="rules-1")
        for resolved in shuffled:
            other.write(resolved, version="rules-1")
        assert dump(one) == dump(other)
