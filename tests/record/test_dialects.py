from __future__ import annotations

import pytest
from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from onrecord.record import schema as s
from onrecord.record.dialects import (
    count_documents,
    creation_statements,
    find_documents,
    matching_names,
    search_words,
)
from onrecord.record.views import VIEWS, view_statements

DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}


@pytest.mark.parametrize("table", s.metadata.sorted_tables, ids=lambda table: str(table.name))
def test_every_table_can_be_made_in_postgresql(table: Table) -> None:
    dialect = DIALECTS["postgresql"]
    assert str(CreateTable(table).compile(dialect=dialect)).startswith("\nCREATE TABLE")
    for index in table.indexes:
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("name", DIALECTS)
def test_every_view_has_its_statement(name: str) -> None:
    statements = view_statements(DIALECTS[name])
    assert [text.split()[2] for text in statements] == list(VIEWS)


def test_postgresql_views_use_none_of_sqlites_words() -> None:
    text = "\n".join(view_statements(DIALECTS["postgresql"]))
    assert "string_agg" in text
    assert "timestamp" not in text
    assert "group_concat" not in text
    assert "date(" not in text


def test_moments_are_timestamps_in_postgresql() -> None:
    made = str(CreateTable(s.runs).compile(dialect=DIALECTS["postgresql"]))
    assert "started TIMESTAMP WITH TIME ZONE" in made


@pytest.mark.parametrize("name", DIALECTS)
def test_full_text_search_has_words_for_both(name: str) -> None:
    assert creation_statements(name)
    assert ":words" in find_documents(name).text
    assert ":words" in count_documents(name).text
    assert "aliases" in str(select(s.aliases).where(matching_names(name)))


@pytest.mark.parametrize(
    ("words", "in_sqlite", "in_postgresql"),
    [
        ("port selva", '"port" "selva"', "(port) & (selva)"),
        ('"port selva" fire', '"port selva" "fire"', "(port <-> selva) & (fire)"),
        ("brig*", '"brig"*', "(brig:*)"),
        ("al-Orsk", '"al Orsk"', "(al <-> Orsk)"),
        ("O'Hara AND", '"O Hara" "AND"', "(O <-> Hara) & (AND)"),
        ('" ( * )', "", ""),
    ],
)
def test_what_people_type_becomes_a_sound_query(
    words: str, in_sqlite: str, in_postgresql: str
) -> None:
    assert search_words("sqlite", words) == in_sqlite
    assert search_words("postgresql", words) == in_postgresql
