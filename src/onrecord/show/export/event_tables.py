"""Write events as the tables that researchers already load: POLECAT, ICEWS, GDELT 2.

These tables have no column for "denied" or "planned", so only what reports
assert is written unless `factuality` is asked for. An event without any day,
neither its own nor its report's, cannot stand in them and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from itertools import groupby
from typing import BinaryIO

from onrecord.record.rows import EventRow
from onrecord.show.export.codes import (
    country_name,
    cow_number,
    event_code,
    fips_country,
    geonames_number,
    sectors,
    short_number,
)
from onrecord.show.export.source import Source
from onrecord.show.export.tables import write_separated

POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
ICEWS_COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
_GDELT_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GDELT_GEO = (
    "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
)  # fmt: skip
GDELT_COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _GDELT_ACTOR), *(f"Actor2{name}" for name in _GDELT_ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GDELT_GEO), *(f"Actor2Geo_{name}" for name in _GDELT_GEO),
    *(f"ActionGeo_{name}" for name in _GDELT_GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
GDELT_MENTION_COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset",
    "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

# GeoNames feature codes, as POLECAT's Feature Type has them.
_FEATURES = {
    "town": "PPL", "site": "LCTY", "district": "ADM2", "province": "ADM1", "country": "PCLI",
    "region": "RGN",
}  # fmt: skip
_WEB = 1
_OTHER_SOURCE = 6

Cells = list[object]


def dated_events(source: Source) -> Iterator[EventRow]:
    """Return the asserted events that have a day."""
    for row in source.narrowed(factuality="asserted").events():
        if day_of(row) is not None:
            yield row


def day_of(row: EventRow) -> str | None:
    """Return the first day of an event, else its last, else the day of the report."""
    return row.date_from or row.date_to or row.published


def write_polecat(source: Source, table: str, out: BinaryIO) -> int:
    """Write POLECAT's 40 columns: tab-separated with a header."""
    return write_separated(out, POLECAT_COLUMNS, _polecat_rows(source), "\t")


def _polecat_rows(source: Source) -> Iterator[Cells]:
    for _, group in groupby(dated_events(source), key=lambda row: row.document_id):
        rows = list(group)
        story = [
            "; ".join(dict.fromkeys(_parties(rows, {"person"}))),
            "; ".join(dict.fromkeys(_parties(rows, {"organisation", "armed_group", "company",
                                                     "media", "government"}))),
            "; ".join(dict.fromkeys(row.place for row in rows if row.place)),
        ]  # fmt: skip
        for row in rows:
            yield _polecat(row, story)


def _parties(rows: Iterable[EventRow], kinds: set[str]) -> Iterator[str]:
    for row in rows:
        if row.actor and row.actor_kind in kinds:
            yield row.actor
        if row.recipient and row.recipient_kind in kinds:
            yield row.recipient


def _polecat(row: EventRow, story: list[str]) -> Cells:
    code = event_code(row.type, row.mode)
    actor_sectors, recipient_sectors = sectors(row.actor_sector), sectors(row.recipient_sector)
    return [
        row.statement_id, day_of(row), row.type, row.mode, code.intensity, code.quad_name,
        ";".join(sectors(row.context)),
        row.actor, row.actor_country, cow_number(row.actor_country),
        actor_sectors[0] if actor_sectors else "", ";".join(actor_sectors), "", row.actor_text, "",
        row.recipient, row.recipient_country, cow_number(row.recipient_country),
        recipient_sectors[0] if recipient_sectors else "", ";".join(recipient_sectors), "",
        row.recipient_text, "",
        row.place, *_city_district_province(row), row.place_country, row.lat, row.lon,
        geonames_number(row.place_id), row.place_text, _FEATURES.get(row.place_kind, ""),
        row.publisher, row.published, *story, "en", f"onrecord-{version('onrecord')}",
    ]  # fmt: skip


def _city_district_province(row: EventRow) -> tuple[str, str, str]:
    name = row.place or ""
    city = name if row.place_kind in ("town", "site") else ""
    district = name if row.place_kind == "district" else ""
    return city, district, name if row.place_kind == "province" else row.place_admin1


def write_icews(source: Source, table: str, out: BinaryIO) -> int:
    """Write ICEWS's 20 columns: tab-separated with a header.

    As in ICEWS itself, Event ID is unique only together with the date.
    """
    return write_separated(out, ICEWS_COLUMNS, _icews_rows(source), "\t")


def _icews_rows(source: Source) -> Iterator[Cells]:
    numbers = _SentenceNumbers()
    for row in dated_events(source):
        code = event_code(row.type, row.mode)
        city, district, province = _city_district_province(row)
        yield [
            short_number(row.statement_id), day_of(row), row.actor, ",".join(
                sectors(row.actor_sector)),
            country_name(row.actor_country), code.label, code.cameo, code.goldstein,
            row.recipient, ",".join(sectors(row.recipient_sector)),
            country_name(row.recipient_country), short_number(row.document_id),
            numbers.of(row), row.publisher, city, district, province,
            country_name(row.place_country), row.lat, row.lon,
        ]  # fmt: skip


class _SentenceNumbers:
    """Number the sentences of a report that hold an event, from 1, as events come in order."""

    def __init__(self) -> None:
        self._document = ""
        self._start = -1
        self._number = 0

    def of(self, row: EventRow) -> int:
        if row.document_id != self._document:
            self._document, self._start, self._number = row.document_id, -1, 0
        if row.sentence_start != self._start:
            self._start = row.sentence_start
            self._number += 1
        return self._number


def write_gdelt(source: Source, table: str, out: BinaryIO) -> int:
    """Write GDELT 2's events (61 columns) or mentions (16): tab-separated, no header."""
    rows = _gdelt_mentions(source) if table == "mentions" else _gdelt_events(source)
    return write_separated(out, None, rows, "\t")


def _gdelt_events(source: Source) -> Iterator[Cells]:
    numbers = _SentenceNumbers()
    for row in dated_events(source):
        code = event_code(row.type, row.mode)
        when = date.fromisoformat(day_of(row) or "")
        yield [
            short_number(row.statement_id), f"{when:%Y%m%d}", f"{when:%Y%m}", when.year,
            # GDELT's own rule: months of 30 days.
            f"{when.year + (when.month * 30 + when.day) / 365:.4f}",
            *_gdelt_actor(row.actor, row.actor_country, row.actor_sector),
            *_gdelt_actor(row.recipient, row.recipient_country, row.recipient_sector),
            int(numbers.of(row) == 1), code.cameo, code.cameo[:3], code.cameo[:2], code.quad,
            code.goldstein, 1, 1, 1, "",
            # Where an actor comes from is no place of the event; we do not guess one.
            0, *[""] * 7, 0, *[""] * 7, *_gdelt_geo(row), _moment(row.published or day_of(row)),
            row.uri,
        ]  # fmt: skip


def _gdelt_actor(name: str | None, country: str, sector: str) -> Cells:
    types = [*sectors(sector), "", "", ""][:3]
    code = country + "".join(types)
    return [code, (name or "").upper(), country, "", "", "", "", *types]


def _gdelt_geo(row: EventRow) -> Cells:
    if not row.place or row.place_kind in ("", "unknown", "region"):
        return [0, row.place, "", "", "", row.lat, row.lon, ""]
    american = row.place_country == "USA"
    kind = {"country": 1, "province": 2 if american else 5}.get(
        row.place_kind, 3 if american else 4
    )
    country = country_name(row.place_country)
    name = ", ".join(dict.fromkeys(part for part in (row.place, row.place_admin1, country) if part))
    fips = fips_country(row.place_country)
    return [kind, name, fips, fips, "", row.lat, row.lon, fips if kind == 1 else ""]


def _moment(day: str | None) -> str:
    return (day or "").replace("-", "") + "000000"


def _gdelt_mentions(source: Source) -> Iterator[Cells]:
    numbers = _SentenceNumbers()
    lengths: dict[str, int] = {row.document_id: row.n_characters for row in source.documents()}
    for row in dated_events(source):
        online = row.uri.startswith(("http://", "https://"))
        yield [
            short_number(row.statement_id), _moment(day_of(row)),
            _moment(row.published or day_of(row)), _WEB if online else _OTHER_SOURCE,
            row.publisher, row.uri, numbers.of(row),
            _offset(row, row.actor_text), _offset(row, row.recipient_text),
            _offset(row, row.trigger_text), 1, round(row.confidence * 100),
            lengths.get(row.document_id, ""), "", "",
            f"onrecord={row.statement_id};document={row.document_id}",
        ]  # fmt: skip


def _offset(row: EventRow, words: str) -> int:
    """Return where words of the sentence start in the report, in code points; -1 if elsewhere."""
    found = row.sentence.find(words) if words else -1
    return -1 if found < 0 else row.sentence_start + found
