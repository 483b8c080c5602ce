"""Turn what people ask for into conditions on a view, every value bound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from anyascii import anyascii
from sqlalchemy import ColumnElement, Connection, and_, case, false, func, or_, select, union_all
from sqlalchemy.sql.selectable import FromClause

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.dialects import AnySelect
from onrecord.record.said import reviewed_rows, vouched_for
from onrecord.resolve.chain import UNKNOWN_OUTLET

Day = date | str
"""A day, a moment (its UTC day counts), or text such as "2024", "2024-05" or "2024-05-01"."""
Values = str | Sequence[str]
"""One value, several of which one must fit, or a comma-separated list of them."""

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_NOT_A_LETTER = re.compile(r"[^\w]+")
# Names of one actor across spellings; a name shared by more actors than this says too little.
_MOST_ACTORS = 500
_OBJECTS = ("recipient", "object")
MOST_ROWS = 1_000_000


def fold_name(name: str) -> str:
    """Return `name` as compared: plain letters, lower case, single spaces, no leading article.

    Letters of other scripts are spelled in Latin ones, so that a name and its
    transliteration sign for sign are one.
    """
    plain = anyascii(unicodedata.normalize("NFKC", name)).lower().replace("'s ", " ")
    folded = _NOT_A_LETTER.sub(" ", plain.replace("'", "").replace("`", "")).strip()
    return folded.removeprefix("the ") or name.strip().lower()


def day_of(day: Day, *, end: bool = False) -> str:
    """Return a day as the views write it.

    Args:
        day: The day; "2024" and "2024-05" stand for their first day, or last when `end`.
        end: Whether the day closes a range.

    Raises:
        QueryError: The text is no day.
    """
    if isinstance(day, datetime):
        return (day.astimezone(UTC) if day.tzinfo else day).date().isoformat()
    if isinstance(day, date):
        return day.isoformat()
    match = _DAY.fullmatch(day.strip())
    if match is None:
        raise QueryError(repr(day), "not a day", 'Write it as "2024", "2024-05" or "2024-05-01".')
    year, month, number = match.groups()
    if number is not None:
        try:
            return date.fromisoformat(match[0]).isoformat()
        except ValueError as error:
            raise QueryError(repr(day), f"no such day ({error})", "Check day and month.") from error
    if month is not None and not 1 <= int(month) <= 12:
        raise QueryError(repr(day), "no such month", "Months go from 01 to 12.")
    # Text is compared with text, so a day past the month's end still closes it.
    return f"{year}-{month or ('12' if end else '01')}-{'31' if end else '01'}"


def country_code(country: str) -> str:
    """Return the ISO 3166 alpha-3 code of a code or an English name.

    Raises:
        QueryError: No country has that name.
    """
    import pycountry

    try:
        return str(pycountry.countries.lookup(country.strip()).alpha_3)
    except LookupError as error:
        raise QueryError(
            repr(country), "no such country", 'Give a code or a name, e.g. "IRQ" or "Iraq".'
        ) from error


def one_of(
    column: ColumnElement[str], values: Values | None, fold: Callable[[str], str]
) -> list[ColumnElement[bool]]:
    """Return the condition that `column` is one of `values`, none when `values` is None."""
    if values is None:
        return []
    given = values.split(",") if isinstance(values, str) else values
    return [column.in_([fold(value.strip()) for value in given])]


def same_words(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Return the condition that `column` reads `words`, any case."""
    return func.lower(column) == words.strip().lower()


def fits_words(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Return the condition that `words` occur in `column`, any case of Latin letters."""
    return column.icontains(words, autoescape=True)


def overlaps(view: FromClause, since: Day | None, until: Day | None) -> list[ColumnElement[bool]]:
    """Return conditions that a statement's days, else the publication, touch the days given."""
    c, found = view.c, []
    if "until" in c:
        found += [c.until >= day_of(since)] if since is not None else []
        found += [c.day <= day_of(until, end=True)] if until is not None else []
        return found
    if since is not None:
        # "since 2013" has a first day only and goes on.
        goes_on = and_(c.date_from.is_not(None), c.date_to.is_(None))
        found.append(or_(goes_on, func.coalesce(c.date_to, c.published) >= day_of(since)))
    if until is not None:
        first = func.coalesce(c.date_from, c.date_to, c.published)
        found.append(first <= day_of(until, end=True))
    return found


def published(view: FromClause, since: Day | None, until: Day | None) -> list[ColumnElement[bool]]:
    """Return conditions that the report was published in the days given."""
    found: list[ColumnElement[bool]] = []
    day = view.c.day if "day" in view.c else view.c.published
    if since is not None:
        found.append(day >= day_of(since))
    if until is not None:
        found.append(day <= day_of(until, end=True))
    return found


def located(view: FromClause, place: str | None, country: str | None) -> list[ColumnElement[bool]]:
    """Return conditions on where a statement's place lies."""
    c, p = view.c, s.places.c
    found: list[ColumnElement[bool]] = []
    as_read = "until" in c
    if place is not None:
        known = or_(p.place_id == place, same_words(p.name, place), same_words(p.admin1, place))
        names = (c.place, c.place_text, c.place_admin1)
        exact = or_(c.place_id == place, *(same_words(name, place) for name in names))
        found.append(_read_at(view, select(p.place_id).where(known), place) if as_read else exact)
    if country is not None:
        code = country_code(country)
        inside = select(p.place_id).where(p.country == code)
        found.append(c.place_id.in_(inside) if as_read else c.place_country == code)
    return found


def _read_at(view: FromClause, known: AnySelect, place: str) -> ColumnElement[bool]:
    """Return the condition that a row was read with one of `known` places, or such words."""
    # All but the words of the report follow from the place. Asked apart, an index has each.
    c = s.statements.c
    there = union_all(
        select(c.statement_id).where(c.place_id.in_(known)),
        select(c.statement_id).where(same_words(c.place_text, place)),
    )
    return view.c.statement_id.in_(there)


# An event less sure than this is more often wrong than twice in three.
LEAST_ALONE = 0.3


def _vouched_for(c: Any) -> ColumnElement[bool]:
    """Return whether a person accepted or corrected the row: then it is sure, whatever was read."""
    row: ColumnElement[str] = c.statement_id if "statement_id" in c else c.attribution_id
    return row.in_(vouched_for())


def sure(view: FromClause, least: float, *, alone: bool = True) -> ColumnElement[bool]:
    """Return the condition that a row has the confidence `least`, or a person vouched for it.

    Args:
        view: The rows.
        least: 0 to 1.
        alone: Whether rows may be found by it; else SQLite is to find them by what else is asked.
    """
    enough = (view.c.confidence if alone else view.c.confidence + 0.0) >= least
    # As read, nobody vouched for anything.
    return enough if "day" in view.c else or_(enough, _vouched_for(view.c))


def not_stray() -> ColumnElement[bool]:
    """Return the condition that a statement is more than a stray reading.

    The unsurest events are kept only because others may tell the same: one shows beside its
    text when another statement stands in its claim, or a person said something of it.
    """
    c, member, claim = s.statements.c, s.claim_statements.c, s.claims.c
    shared = (
        select(member.statement_id)
        .join_from(s.claim_statements, s.claims, member.claim_id == claim.claim_id)
        .where(claim.n_statements > 1, member.statement_id == c.statement_id)
        .exists()
    )
    reviewed = c.statement_id.in_(reviewed_rows("event"))
    return or_(c.kind != "event", c.confidence >= LEAST_ALONE, shared, reviewed)


def reported(
    view: FromClause,
    *,
    publisher: str | None,
    min_confidence: float | None,
    document: str | None,
    copies: bool,
) -> list[ColumnElement[bool]]:
    """Return conditions on the report a row stands in.

    Raises:
        QueryError: The confidence is no probability.
    """
    c, d = view.c, s.documents.c
    found: list[ColumnElement[bool]] = []
    if publisher is not None:
        # Reports are few beside what they state: they are found first.
        theirs = select(d.document_id).where(same_words(d.publisher, publisher))
        found.append(c.document_id.in_(theirs))
    if min_confidence is not None:
        check_confidence(min_confidence)
        found.append(sure(view, min_confidence))
    if document is not None:
        found.append(begins(c.document_id, document))
    if not copies:
        found.append(c.document_id.in_(select(d.document_id).where(d.copy_of.is_(None))))
    return found


def begins(key: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """Return the condition that an identifier begins with `start`."""
    # A range, unlike LIKE, is looked up in the index by SQLite.
    return and_(key >= start, key < start + "\U0010ffff")


def outlet_of_report() -> ColumnElement[str]:
    """Return the outlet of a report as chains name it in the first place."""
    return func.coalesce(func.nullif(func.trim(s.documents.c.publisher), ""), UNKNOWN_OUTLET)


def rests_on(view: FromClause, source: str | None) -> list[ColumnElement[bool]]:
    """Return the condition that a link of the statement's chain has the name `source`."""
    if source is None:
        return []
    link, actor, d = s.chain.c, s.actors.c, s.documents.c
    called = select(actor.actor_id).where(same_words(actor.name, source))
    cited = union_all(
        select(link.statement_id).where(s.CITED, same_words(link.name, source)),
        select(link.statement_id).where(link.actor_id.in_(called)),
    )
    # An outlet begins the chains of all that its reports state: reports are found first.
    theirs = select(d.document_id).where(same_words(outlet_of_report(), source))
    return [or_(view.c.document_id.in_(theirs), view.c.statement_id.in_(cited))]


def actor_ids_of(connection: Connection, name: str) -> list[str]:
    """Return the actors that `name` may mean.

    Args:
        connection: A connection to the record.
        name: An actor id, or a name: those who have exactly this name, compared as
            `fold_name` says; none when the record does not know it.
    """
    if name.startswith("ac_"):
        known = select(s.actors.c.actor_id).where(
            s.actors.c.actor_id.startswith(name, autoescape=True)
        )
    else:
        known = select(s.aliases.c.actor_id).where(s.aliases.c.normal == fold_name(name)).distinct()
    return list(connection.scalars(known.limit(_MOST_ACTORS)))


def takes_part(
    connection: Connection, view: FromClause, roles: Sequence[str], name: str
) -> ColumnElement[bool]:
    """Return the condition that the actor `name` fills one of `roles`."""
    ids = actor_ids_of(connection, name)
    if "day" in view.c:
        return _read_with(view, roles, ids, name)
    # A person may have corrected the actor to a name that no report gives.
    conditions = [same_words(view.c[role], name) for role in roles]
    conditions += [view.c[f"{role}_id"].in_(ids) for role in roles] if ids else []
    return or_(false(), *conditions)


def _read_with(
    view: FromClause, roles: Sequence[str], ids: Sequence[str], name: str
) -> ColumnElement[bool]:
    """Return the condition that a row was read with one of the actors, as indexes answer it."""
    if "until" not in view.c:
        # Who is no actor of the record is known by what the report calls him.
        nameless = and_(view.c.speaker_id.is_(None), same_words(view.c.speaker_text, name))
        return or_(view.c.speaker_id.in_(ids), nameless)
    c = s.statements.c
    columns = [c.object_actor_id if role in _OBJECTS else c.subject_actor_id for role in roles]
    parties = [select(c.statement_id).where(column.in_(ids)) for column in columns]
    return view.c.statement_id.in_(union_all(*parties))


def day_of_row(view: FromClause) -> ColumnElement[str]:
    """Return the day by which rows sort: their own first day, else that of publication."""
    c = view.c
    if "day" in c:
        return c.day
    return func.coalesce(c.date_from, c.date_to, c.published) if "date_from" in c else c.published


def ordered(view: FromClause, order: str) -> list[ColumnElement[Any]]:
    """Return what to sort by; the last key settles every tie.

    Raises:
        QueryError: No such order.
    """
    c = view.c
    key = next(c[name] for name in ("key", "statement_id", "attribution_id") if name in c)
    day = day_of_row(view)
    in_text: list[ColumnElement[Any]] = [c.document_id, c.sentence_start, key]
    match order:
        case "newest":
            return [day.desc().nulls_last(), *in_text]
        case "oldest":
            return [day.nulls_last(), *in_text]
        case "confidence":
            return [c.confidence.desc(), *in_text]
        case "document":
            return in_text
    raise QueryError(
        repr(order), "no such order", "Orders are: newest, oldest, confidence, document."
    )


def check_range(limit: int, offset: int) -> None:
    """Refuse a page that cannot be.

    Raises:
        QueryError: `limit` is not between 0 and `MOST_ROWS`, or `offset` is negative.
    """
    if not 0 <= limit <= MOST_ROWS:
        raise QueryError(f"limit {limit}", f"not between 0 and {MOST_ROWS:,}", "Try 100.")
    if offset < 0:
        raise QueryError(f"offset {offset}", "negative", "Start from 0.")


def check_confidence(least: float) -> None:
    """Refuse a confidence that is no probability.

    Raises:
        QueryError: `least` is not between 0 and 1.
    """
    if not 0 <= least <= 1:
        raise QueryError(f"confidence {least}", "not between 0 and 1", "Try 0.5.")


def counted_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return an SQL count of the rows that fit `condition`."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
