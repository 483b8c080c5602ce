"""Exports load where their readers load them; other people's libraries are the judges."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest
import rdflib
import stix2

import onrecord
from onrecord.show.export import FORMATS, format_named
from onrecord.show.export.codes import (
    cow_number,
    event_code,
    event_modes,
    event_types,
    fips_country,
    geonames_number,
    short_number,
)
from onrecord.show.export.event_tables import (
    GDELT_COLUMNS,
    GDELT_MENTION_COLUMNS,
    ICEWS_COLUMNS,
    POLECAT_COLUMNS,
)
from onrecord.show.export.source import TABLES, Source


def written(record: onrecord.Record, name: str, table: str = "", **filters: object) -> bytes:
    format_ = format_named(name)
    out = io.BytesIO()
    format_.write(Source(record.store, filters), table or format_.tables[0], out)
    return out.getvalue()


def tabbed(raw: bytes, columns: tuple[str, ...], *, header: bool) -> list[dict[str, str]]:
    lines = raw.decode().splitlines()
    if header:
        assert tuple(lines.pop(0).split("\t")) == columns
    assert all(line.count("\t") == len(columns) - 1 for line in lines)
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def attack(rows: list[dict[str, str]], key: str, value: str) -> dict[str, str]:
    return next(row for row in rows if row[key] == value)


def test_polecat_has_its_forty_columns(record: onrecord.Record) -> None:
    assert len(POLECAT_COLUMNS) == 40
    rows = tabbed(written(record, "polecat"), POLECAT_COLUMNS, header=True)
    row = attack(rows, "Event Mode", "heavy-weapons")
    assert {name: row[name] for name in (
        "Event Date", "Event Type", "Intensity", "Quad Code", "Contexts", "Actor Name",
        "Actor Country", "Actor COW", "Primary Actor Sector", "Recipient Country", "City",
        "Province", "Country", "GeoNames ID", "Feature Type", "Source", "Publication Date",
        "Story People",
    )} == {
        "Event Date": "2024-04-30", "Event Type": "ASSAULT", "Intensity": "-9.5",
        "Quad Code": "MATERIAL CONFLICT", "Contexts": "military",
        "Actor Name": "The Meridian Front", "Actor Country": "IRQ", "Actor COW": "645",
        "Primary Actor Sector": "REB", "Recipient Country": "IRQ", "City": "Port Selva",
        "Province": "Basra", "Country": "IRQ", "GeoNames ID": "9000001", "Feature Type": "PPL",
        "Source": "Port Selva Courier", "Publication Date": "2024-05-02", "Story People": "",
    }  # fmt: skip


def test_icews_has_its_twenty_columns(record: onrecord.Record) -> None:
    assert len(ICEWS_COLUMNS) == 20
    rows = tabbed(written(record, "icews"), ICEWS_COLUMNS, header=True)
    row = attack(rows, "CAMEO Code", "194")
    assert (row["Event Text"], row["Intensity"], row["Source Country"], row["Sentence Number"]) == (
        "fight with artillery and tanks", "-10.0", "Iraq", "1",
    )  # fmt: skip
    assert len({(row["Event ID"], row["Event Date"]) for row in rows}) == len(rows)


def test_gdelt_events_have_61_columns_and_fips_countries(record: onrecord.Record) -> None:
    assert len(GDELT_COLUMNS) == 61
    rows = tabbed(written(record, "gdelt"), GDELT_COLUMNS, header=False)
    row = attack(rows, "EventCode", "194")
    assert {name: row[name] for name in (
        "Day", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor1Type1Code",
        "EventRootCode", "QuadClass", "ActionGeo_Type", "ActionGeo_FullName",
        "ActionGeo_CountryCode", "DATEADDED", "SOURCEURL", "Actor1Geo_Type",
    )} == {
        "Day": "20240430", "MonthYear": "202404", "Year": "2024", "FractionDate": "2024.4110",
        "Actor1Code": "IRQREB", "Actor1Type1Code": "REB", "EventRootCode": "19",
        "QuadClass": "4", "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Port Selva, Basra, Iraq", "ActionGeo_CountryCode": "IZ",
        "DATEADDED": "20240502000000", "SOURCEURL": "https://courier.example/convoy",
        "Actor1Geo_Type": "0",
    }  # fmt: skip


def test_gdelt_mentions_point_to_their_events_and_words(record: onrecord.Record) -> None:
    assert len(GDELT_MENTION_COLUMNS) == 16
    events = tabbed(written(record, "gdelt"), GDELT_COLUMNS, header=False)
    rows = tabbed(written(record, "gdelt", "mentions"), GDELT_MENTION_COLUMNS, header=False)
    assert [row["GlobalEventID"] for row in rows] == [row["GlobalEventID"] for row in events]
    row = attack(rows, "MentionIdentifier", "https://courier.example/convoy")
    assert (row["Actor1CharOffset"], row["ActionCharOffset"], row["Actor2CharOffset"]) == (
        "0", "19", "28",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["polecat", "icews", "gdelt", "ftm", "stix"])
def test_tables_without_a_column_for_denial_get_asserted_events_only(
    record: onrecord.Record, name: str
) -> None:
    denied = record.events(factuality="denied")[0]
    number = str(short_number(denied.statement_id)).encode()
    raw = written(record, name)
    assert denied.statement_id.encode() not in raw
    assert number not in raw
    if name == "polecat":
        assert denied.statement_id.encode() in written(record, name, factuality="denied")


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_json_lines_hold_every_row(record: onrecord.Record, table: str) -> None:
    lines = written(record, "jsonl", table).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    cells = list(csv.DictReader(io.StringIO(written(record, "csv", table).decode())))
    assert len(rows) == len(cells) > 0
    assert list(rows[0]) == list(cells[0])


def test_parquet_is_typed(record: onrecord.Record, tmp_path: Path) -> None:
    for table in TABLES:
        record.export("parquet", tmp_path / f"{table}.parquet", table=table)
    read = pq.read_table(tmp_path / "events.parquet")
    assert date(2024, 4, 30) in read["date_from"].to_pylist()
    documents = pq.read_table(tmp_path / "documents.parquet")
    assert str(documents.schema.field("published").type) == "timestamp[us, tz=UTC]"
    assert documents.num_rows == 3


def test_graphml_loads_in_networkx_and_leads_back_to_statements(
    record: onrecord.Record, tmp_path: Path
) -> None:
    path = tmp_path / "record.graphml"
    record.export("graphml", path)
    graph = nx.read_graphml(path, force_multigraph=True)
    names = {name: node for node, name in graph.nodes(data="name")}
    arrows = graph.get_edge_data(names["Darius Vane"], names["The Meridian Front"])
    (arrow,) = arrows.values()
    leads = record.relations(type="leads")[0]
    assert (arrow["type"], arrow["weight"], arrow["statements"]) == (
        "leads", 1, leads.statement_id,
    )  # fmt: skip
    assert any("␛" in (name or "") for name in names)


def test_geojson_has_longitude_first(record: onrecord.Record) -> None:
    features = json.loads(written(record, "geojson"))["features"]
    assert [f["geometry"]["coordinates"] for f in features] == [[47.8, 30.5]]
    assert features[0]["properties"]["place_kind"] == "town"


def test_rdf_parses_and_keeps_statements_in_their_reports(record: onrecord.Record) -> None:
    graph = rdflib.Dataset()
    raw = written(record, "rdf")
    graph.parse(data=raw.decode(), format="nquads")
    leads = record.relations(type="leads")[0]
    found = list(
        graph.quads(
            (
                rdflib.URIRef(f"urn:onrecord:{leads.subject_id}"),
                rdflib.URIRef("urn:onrecord:vocab#leads"),
                rdflib.URIRef(f"urn:onrecord:{leads.object_id}"),
                None,
            )
        )
    )
    assert [str(quad[3]) for quad in found] == [f"urn:onrecord:{leads.document_id}"]
    assert len({line for line in raw.splitlines() if line}) == len(graph)
    places = list(
        graph.quads((rdflib.URIRef("https://sws.geonames.org/9000001/"), None, None, None))
    )
    assert len(places) == 4


def test_ftm_entities_refer_to_entities_that_are_there(record: onrecord.Record) -> None:
    entities = {e["id"]: e for e in map(json.loads, written(record, "ftm").splitlines())}
    for entity in entities.values():
        for role in ("proof", "involved", "director", "organization", "subject", "object"):
            assert all(ref in entities for ref in entity["properties"].get(role, []))
    leads = next(e for e in entities.values() if e["schema"] == "Directorship")
    director = entities[leads["properties"]["director"][0]]
    assert director["properties"]["name"] == ["Darius Vane"]
    assert all(
        isinstance(v, list) and all(isinstance(item, str) and item for item in v)
        for e in entities.values()
        for v in e["properties"].values()
    )


def test_stix_is_a_valid_bundle_whose_references_hold(record: onrecord.Record) -> None:
    raw = written(record, "stix")
    bundle = stix2.parse(raw.decode(), allow_custom=False)
    ids = [item["id"] for item in bundle.objects]
    assert len(set(ids)) == len(ids)
    for item in bundle.objects:
        for name in ("source_ref", "target_ref"):
            assert name not in item or item[name] in ids
        assert all(ref in ids for ref in item.get("object_refs", []))
    assert raw == written(record, "stix")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_empty_record_exports_too(name: str, tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "empty.db") as empty:
        written(empty, name)


def test_file_is_replaced_only_when_all_is_written(
    record: onrecord.Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.csv"
    path.write_text("before", "utf-8")

    def broken(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.show.export.tables.write_csv", broken)
    with pytest.raises(onrecord.OnrecordError, match="No space left"):
        record.export("csv", path)
    assert [p.name for p in tmp_path.iterdir()] == ["events.csv"]
    assert path.read_text("utf-8") == "before"


def test_filters_choose_what_is_exported(record: onrecord.Record, tmp_path: Path) -> None:
    assert record.export("jsonl", tmp_path / "a.jsonl", type="REJECT") == 1
    with pytest.raises(onrecord.QueryError, match="Did you mean ASSAULT"):
        record.export("jsonl", tmp_path / "b.jsonl", type="ASAULT")


def test_every_type_and_mode_has_codes() -> None:
    for type_ in event_types():
        for mode in ("", *event_modes()):
            code = event_code(type_, mode)
            assert code.label
            assert -10 <= code.goldstein <= 10
            assert code.cameo[:2] <= "20"


@pytest.mark.parametrize(
    ("country", "fips", "cow"), [("IRQ", "IZ", 645), ("DEU", "GM", 255), ("CHN", "CH", 710)]
)
def test_countries_have_the_codes_other_tables_use(country: str, fips: str, cow: int) -> None:
    assert (fips_country(country), cow_number(country)) == (fips, cow)


def test_numbers_of_rows_are_exact_in_a_double() -> None:
    number = short_number("st_ffffffffffffffff")
    assert int(float(number)) == number


@pytest.mark.parametrize(
    ("place_id", "number"),
    [("pl_98182", 98182), ("pl_IRQ", None), ("pl_3f9a1c", None), (None, None)],
)
def test_only_geonames_numbers_are_taken_for_such(place_id: str | None, number: int | None) -> None:
    assert geonames_number(place_id) == number
