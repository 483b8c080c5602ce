"""Tell near copies apart from reports of their own, as documents come in.

Reports that share much of their text form a group; the group is everything
that can be reached from copy to copy, so the order of reading does not
matter. The earliest published of a group is the original.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.read.copies import COPY_SIMILARITY, signature, similarity, story_text
from onrecord.record import schema as s
from onrecord.record.components import forget_claims
from onrecord.record.dialects import AnyRow, AnySelect

# Two texts meet when they agree on three values in a row; see `read.copies`.
_ROWS = 3
_MOST_PARAMETERS = 500


def place_among_copies(connection: Connection, document: Document) -> None:
    """Keep the signature of `document` and set `copy_of` and `story_id` of its whole group."""
    if document.status != "read":
        return
    new = signature(story_text(document))
    old = _signature(connection, document.document_id)
    before = _same_story(connection, [document.document_id])
    if old != new:
        _keep(connection, document.document_id, old, new)
    if old in (None, new):
        alike = _alike(connection, new)
        _settle(connection, _same_story(connection, [document.document_id, *alike]))
        return
    # The text is cut differently than before: the group may have fallen apart.
    left = {document.document_id, *(row.document_id for row in before)}
    while left:
        group = _reach(connection, min(left))
        _settle(connection, _documents(connection, sorted(group)))
        left -= group


def leave_copies(connection: Connection, document_id: str) -> None:
    """Forget the signature of a document and settle the group that it leaves behind."""
    group = {row.document_id for row in _same_story(connection, [document_id])} - {document_id}
    old = _signature(connection, document_id)
    if old is not None:
        number = connection.scalar(
            select(s.documents.c.number).where(s.documents.c.document_id == document_id)
        )
        bands = s.copy_bands.c
        connection.execute(
            s.copy_bands.delete().where(bands.key.in_(_band_keys(old)), bands.number == number)
        )
        connection.execute(s.signatures.delete().where(s.signatures.c.document_id == document_id))
    while group:
        reached = _reach(connection, min(group)) - {document_id}
        _settle(connection, _documents(connection, sorted(reached)))
        group -= reached


def _reach(connection: Connection, document_id: str) -> set[str]:
    """Return all documents that can be reached from one by going from copy to copy."""
    group, ahead = {document_id}, [document_id]
    while ahead:
        alike = set(_alike(connection, _signature(connection, ahead.pop()) or ())) - group
        group |= alike
        ahead += sorted(alike)
    return group


def _settle(connection: Connection, group: Sequence[AnyRow]) -> None:
    original = min(
        group,
        key=lambda row: (
            row.published is None,
            row.published.timestamp() if row.published is not None else 0.0,
            row.document_id,
        ),
    ).document_id
    story_id = content_id("sy", min(row.document_id for row in group))
    for row in group:
        copy_of = None if row.document_id == original else original
        if (row.copy_of, row.story_id) != (copy_of, story_id):
            # Who is whose copy decides how many sources a claim has.
            forget_claims(connection, [row.document_id])
            connection.execute(
                s.documents.update().where(s.documents.c.document_id == row.document_id),
                {"copy_of": copy_of, "story_id": story_id},
            )


def _alike(connection: Connection, values: Sequence[int]) -> list[str]:
    """Return the documents so much alike a text that one is a copy of the other."""
    keys = _band_keys(values)
    if not keys:
        return []
    met = (
        select(s.documents.c.document_id, s.signatures.c.signature)
        .join(s.signatures, s.signatures.c.document_id == s.documents.c.document_id)
        .where(
            s.documents.c.number.in_(
                select(s.copy_bands.c.number).where(s.copy_bands.c.key.in_(keys))
            )
        )
    )
    return [
        row.document_id
        for row in connection.execute(met)
        if similarity(values, _unpack(row.signature)) >= COPY_SIMILARITY
    ]


def _same_story(connection: Connection, document_ids: Sequence[str]) -> Sequence[AnyRow]:
    """Return these documents and all of their groups as they stand."""
    rows = _documents(connection, document_ids)
    stories = sorted({row.story_id for row in rows} - {None})
    c = s.documents.c
    grouped = connection.execute(_group_columns().where(c.story_id.in_(stories))).all()
    known = {row.document_id for row in grouped}
    return [*grouped, *(row for row in rows if row.document_id not in known)]


def _documents(connection: Connection, document_ids: Sequence[str]) -> list[AnyRow]:
    rows: list[AnyRow] = []
    for start in range(0, len(document_ids), _MOST_PARAMETERS):
        some = document_ids[start : start + _MOST_PARAMETERS]
        found = _group_columns().where(s.documents.c.document_id.in_(some))
        rows += connection.execute(found).all()
    return rows


def _group_columns() -> AnySelect:
    c = s.documents.c
    return select(c.document_id, c.published, c.copy_of, c.story_id)


def _signature(connection: Connection, document_id: str) -> tuple[int, ...] | None:
    packed = connection.scalar(
        select(s.signatures.c.signature).where(s.signatures.c.document_id == document_id)
    )
    return None if packed is None else _unpack(packed)


def _keep(
    connection: Connection, document_id: str, old: tuple[int, ...] | None, new: tuple[int, ...]
) -> None:
    c = s.documents.c
    number = connection.scalar(select(c.number).where(c.document_id == document_id))
    if old is not None:
        connection.execute(s.signatures.delete().where(s.signatures.c.document_id == document_id))
        bands = s.copy_bands.c
        connection.execute(
            s.copy_bands.delete().where(bands.key.in_(_band_keys(old)), bands.number == number)
        )
    packed = struct.pack(f"<{len(new)}I", *new)
    connection.execute(s.signatures.insert(), {"document_id": document_id, "signature": packed})
    rows = [{"key": key, "number": number} for key in _band_keys(new)]
    if rows:
        connection.execute(s.copy_bands.insert(), rows)


def _unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}I", packed)


def _band_keys(values: Sequence[int]) -> list[int]:
    """Return a signed 64-bit key for each band: its position and values."""
    keys = set()
    for start in range(0, len(values) - len(values) % _ROWS, _ROWS):
        band = struct.pack(f"<{_ROWS + 1}I", start, *values[start : start + _ROWS])
        keys.add(int.from_bytes(hashlib.blake2b(band, digest_size=8).digest(), signed=True))
    return sorted(keys)
