"""Columns that several views of the record share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, null, select

from onrecord.record import schema as s
from onrecord.record.dialects import chain_text, first_day, last_day
from onrecord.record.said import Said

# What goes on has its last day here.
FOR_EVER = "9999-12-31"


def party(role: str, name: str, said: Said) -> list[ColumnElement[Any]]:
    """Columns of one party: name, id, kind, country, sector, text as read."""
    read = s.statements.c
    new_id, new_name = said.new(f"{name}_id"), said.new(name)
    # A reviewer who gives only a name says that the actor found was wrong.
    actor_id = case(
        (new_id.is_not(None), new_id),
        (new_name.is_not(None), null()),
        else_=read[f"{role}_actor_id"],
    ) if said.table is not None else read[f"{role}_actor_id"]  # fmt: skip
    actor = of_actor(f"{role}_actor", actor_id)
    words = said.words(role, read[f"{role}_text"])
    # Two names of one actor would both show as that actor's best name.
    as_written = case((read.type == "also_known_as", words))
    shown = func.coalesce(new_name, as_written, actor["name"], words)
    return [
        shown.label(name),
        actor_id.label(f"{name}_id"),
        *labelled(actor, name),
        words.label(f"{name}_text"),
    ]


def of_actor(alias: str, actor_id: ColumnElement[str]) -> dict[str, ColumnElement[str]]:
    """Return what is known of the actor `actor_id`: name, kind, country, sector."""
    actor = s.actors.alias(alias)
    return {
        field: select(actor.c[field]).where(actor.c.actor_id == actor_id).scalar_subquery()
        for field in ("name", "kind", "country", "sector")
    }


def labelled(actor: dict[str, ColumnElement[str]], name: str) -> list[ColumnElement[str]]:
    """Columns of what is known of an actor beside its name; `name` stands before theirs."""
    return [
        func.coalesce(actor[field], "").label(f"{name}_{field}")
        for field in ("kind", "country", "sector")
    ]


def shown(said: Said, field: str) -> ColumnElement[Any]:
    """Column of one field as people left it."""
    return said.or_read(field, s.statements.c[field]).label(field)


def dates(said: Said) -> list[ColumnElement[Any]]:
    """Columns of when it happens: first and last day, how exact, the words."""
    read = s.statements.c
    return [
        said.or_read("date_from", first_day(read.date_from)).label("date_from"),
        said.or_read("date_to", last_day(read.date_to)).label("date_to"),
        read.date_precision,
        said.words("time", read.time_text).label("time_text"),
    ]


def place(said: Said) -> list[ColumnElement[Any]]:
    """Columns of where it happens: name, id, kind, country, coordinates, the words."""
    read = s.statements.c
    words = said.words("place", read.place_text)
    # A corrected place has no coordinates of its own: none are better than the wrong ones.
    wrong = said.new("place").is_not(None)

    def unless_wrong(column_: ColumnElement[Any], else_: Any) -> ColumnElement[Any]:
        return column_ if said.table is None else case((wrong, else_), else_=column_)

    return [
        said.or_read("place", s.places.c.name, words).label("place"),
        unless_wrong(read.place_id, null()).label("place_id"),
        unless_wrong(func.coalesce(s.places.c.kind, ""), "").label("place_kind"),
        said.or_read("place_country", unless_wrong(s.places.c.country, ""), literal("")).label(
            "place_country"
        ),
        unless_wrong(func.coalesce(s.places.c.admin1, ""), "").label("place_admin1"),
        unless_wrong(s.places.c.lat, null()).label("lat"),
        unless_wrong(s.places.c.lon, null()).label("lon"),
        words.label("place_text"),
    ]


def provenance() -> list[ColumnElement[Any]]:
    """Columns every statement ends with: who says so, how sure, the words, the report."""
    read = s.statements.c
    speaker = (
        select(s.chain.c.name)
        .where(s.chain.c.statement_id == read.statement_id)
        .order_by(s.chain.c.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    return [
        func.coalesce(speaker, "").label("says"),
        func.coalesce(chain_text(read.statement_id), "").label("chain"),
        read.confidence,
        func.substr(s.documents.c.text, read.start + 1, read.end - read.start).label("sentence"),
        read.attribution_id,
        read.accusation_id,
        read.start.label("sentence_start"),
        *report_columns(read.document_id),
    ]


def published_shown() -> ColumnElement[str]:
    """The day of publication, or only the month or year where no more is known."""
    known = s.documents.c.published_precision
    length = case((known == "year", 4), (known == "month", 7), else_=10)
    return func.substr(first_day(s.documents.c.published), 1, length)


def report_columns(document_id: ColumnElement[str]) -> list[ColumnElement[Any]]:
    """Columns of the report that a row stands in."""
    document = s.documents.c
    return [
        document_id.label("document_id"),
        document.title,
        document.publisher,
        published_shown().label("published"),
        document.uri,
        document.copy_of,
        document.story_id,
    ]


def day_shown() -> ColumnElement[str]:
    """Return the first day of a statement as lists sort by it: its own, else the report's."""
    read = s.statements.c
    return func.coalesce(first_day(read.date_from), last_day(read.date_to), published_shown())


def until_shown() -> ColumnElement[str]:
    """Return the last day of a statement: for ever where it goes on."""
    read = s.statements.c
    goes_on = case((read.date_from.is_not(None), FOR_EVER))
    return func.coalesce(last_day(read.date_to), goes_on, published_shown())
