"""Write events as points on a map: GeoJSON (RFC 7946)."""

from __future__ import annotations

from typing import Any, BinaryIO

from onrecord.record.rows import EventRow
from onrecord.show.export.source import Source
from onrecord.show.export.tables import text_stream
from onrecord.show.safe import json_text

_PROPERTIES = (
    "statement_id", "type", "mode", "actor", "recipient", "date_from", "date_to",
    "date_precision", "factuality", "place", "place_kind", "place_country", "place_admin1",
    "says", "chain", "confidence", "sentence", "document_id", "title", "publisher", "published",
    "uri",
)  # fmt: skip


def write_geojson(source: Source, table: str, out: BinaryIO) -> int:
    """Write every event whose place is known, and return how many there were.

    `place_kind` says how sure the point is: "town" is a point, the point of a
    "country" or "province" only stands for an area. Order is longitude, latitude.
    """
    text = text_stream(out)
    text.write('{"type": "FeatureCollection", "features": [')
    count = 0
    for row in source.events():
        if row.lat is None or row.lon is None:
            continue
        text.write((",\n" if count else "\n") + json_text(_feature(row)))
        count += 1
    text.write("\n]}\n")
    text.flush()
    text.detach()
    return count


def _feature(row: EventRow) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.statement_id,
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {name: getattr(row, name) for name in _PROPERTIES},
    }
