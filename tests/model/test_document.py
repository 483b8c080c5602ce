"""Documents keep the way back to the original's bytes and never carry a naive time."""

from datetime import UTC, datetime

import pytest

from onrecord.model.document import Document, OffsetMap
from onrecord.model.span import Span


def test_a_publication_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no timezone"):
        Document("doc_1", "a.txt", "text", published=datetime(2024, 3, 1))


def test_a_publication_time_with_zone_is_kept() -> None:
    when = datetime(2024, 3, 1, tzinfo=UTC)
    assert Document("doc_1", "a.txt", "text", published=when).published == when


def test_offset_map_answers_with_the_stretches_around_the_span() -> None:
    offsets = OffsetMap((0, 4, 9), (0, 6, 12), 20)
    assert offsets.bytes_of(Span(0, 4)) == (0, 6)
    assert offsets.bytes_of(Span(3, 6)) == (0, 12)
    assert offsets.bytes_of(Span(9, 11)) == (12, 20)


def test_offset_map_without_anchors_answers_with_the_whole_original() -> None:
    assert OffsetMap((), (), 7).bytes_of(Span(0, 2)) == (0, 7)


def test_offset_map_of_unequal_lengths_is_refused() -> None:
    with pytest.raises(ValueError, match="2 text offsets but 1 byte offsets"):
        OffsetMap((0, 1), (0,), 3)
