"""Edges of sources, cues and contents follow the signs of the text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.quote_signs import QuoteSigns, WordSigns
from onrecord.annotate.quote_spans import (
    PARTS,
    ROWS,
    EdgeTable,
    likeliest_spans,
    shipped_table,
)
from onrecord.annotate.text import parse_document
from onrecord.model.document import Document
from onrecord.model.span import Span

NO = [-5.0]


def scores(**rows: list[float]) -> np.ndarray:
    words = len(next(iter(rows.values())))
    return np.array([rows.get(row, [0.0] * words) for row in ROWS], dtype=np.float32)


@pytest.mark.parametrize(
    ("begins", "within", "expected"),
    [
        ([-5, -5, -5], [1, 1, 1], []),
        ([-5, 2, -5], [1, -9, 1], [(1, 2)]),
        ([3, -5, -5], [0, 2, 2], [(0, 2)]),
        ([3, -5, 3], [0, -4, -4], [(0, 0), (2, 2)]),
    ],
)
def test_a_span_begins_only_where_beginning_pays(
    begins: list[float], within: list[float], expected: list[tuple[int, int]]
) -> None:
    assert likeliest_spans(scores(begins=begins, within=within)) == expected


def test_a_span_ends_where_the_word_or_the_one_after_it_says_so() -> None:
    within = [0.0, 1.0, 1.0, 1.0]
    begins = [4.0, *NO * 3]

    assert likeliest_spans(scores(begins=begins, within=within)) == [(0, 3)]
    assert likeliest_spans(scores(begins=begins, within=within, ends=[0, 6, 0, 0])) == [(0, 1)]
    assert likeliest_spans(scores(begins=begins, within=within, ends_before=[0, 0, 0, 6])) == [
        (0, 2)
    ]


def test_readiness_finds_what_was_nearly_found() -> None:
    nearly = scores(begins=[-0.5, -5.0])

    assert likeliest_spans(nearly) == []
    assert likeliest_spans(nearly, readiness=1.0) == [(0, 1)] or likeliest_spans(
        nearly, readiness=1.0
    ) == [(0, 0)]


def total(rows: np.ndarray, spans: list[tuple[int, int]]) -> float:
    """Score a set of spans by the meaning of the rows, one span at a time."""
    begins, after, within, ends, before = rows
    words, score = rows.shape[1], 0.0
    for first, last in spans:
        score += begins[first] + (after[first - 1] if first else 0.0)
        score += within[first + 1 : last + 1].sum()
        if last + 1 < words:
            score += ends[last] + before[last + 1]
    return float(score)


def every_set(words: int, start: int = 0) -> list[list[tuple[int, int]]]:
    """Return every set of spans over `words` words that do not overlap."""
    sets: list[list[tuple[int, int]]] = [[]]
    for first in range(start, words):
        for last in range(first, words):
            sets += [[(first, last), *rest] for rest in every_set(words, last + 1)]
    return sets


@given(
    st.integers(1, 4).flatmap(
        lambda words: st.lists(
            st.lists(st.integers(-6, 6), min_size=words, max_size=words), min_size=5, max_size=5
        )
    )
)
def test_no_other_spans_score_higher(rows: list[list[int]]) -> None:
    given_rows = np.array(rows, dtype=np.float32)

    found = total(given_rows, likeliest_spans(given_rows))

    assert found == max(total(given_rows, spans) for spans in every_set(given_rows.shape[1]))


def test_a_table_adds_up_marks_and_numbers_and_passes_over_marks_it_does_not_know() -> None:
    rows = {row: [0.0, 0.0, 0.0] for row in ROWS}
    rows["begins"] = [2.0, 10.0, 0.5]
    table = EdgeTable.from_json({"signs": ["quoted"], "weights": dict.fromkeys(PARTS, rows)})
    signs = WordSigns([(1, 1), (2, 2)], [["quoted"], ["unknown"]], np.array([[0.1], [0.2]], "f4"))

    scored = table.scores(signs)

    assert scored.shape == (3, 5, 2)
    assert scored[0, 0].tolist() == pytest.approx([3.5, 2.5])


def test_the_shipped_table_knows_no_names() -> None:
    table = shipped_table()

    words = [sign.partition("=")[2] for sign in table.column if sign.startswith("word=")]
    assert words and all(word.islower() or not word.isalpha() for word in words)
    assert table.weights.shape[:2] == (len(PARTS), len(ROWS))


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        ("The mayor of Ostra said it would rain.", "The mayor of Ostra", "said", True),
        ("It would rain, according to the mayor.", "the mayor", "according to", True),
        ("The mayor of Ostra said it would rain.", "it", "said", False),
    ],
)
def test_a_party_to_a_verb_is_its_subject_or_stands_after_its_preposition(
    text: str, source: str, cue: str, expected: bool
) -> None:
    parse = parse_document(Document("a", "a", text))
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (source, cue)]

    assert QuoteSigns(parse, ()).is_party_to(*spans) is expected
