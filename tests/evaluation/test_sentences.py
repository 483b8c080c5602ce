"""Scores of sentence annotations: one-to-one, by overlap, symmetric where they should be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.evaluation.matching import match
from onrecord.evaluation.sentences import (
    Figure,
    LabelledSentence,
    load,
    row_of_annotations,
    score,
    sentence_of_row,
)
from onrecord.model.annotation import Annotations, Event, Relation
from onrecord.model.span import Span

TEXT = "Veldan troops shelled the port and later seized it."


def event(kind: str, trigger: tuple[int, int], source: tuple[int, int] | None = None) -> Event:
    return Event(kind, None, Span(*trigger), Span(*source) if source else None, None)


def scores(gold: list[Event], predicted: list[Event]) -> dict[str, dict[str, float]]:
    return score(
        {"s": LabelledSentence("s", TEXT, True, tuple(gold))},
        {"s": LabelledSentence("s", TEXT, True, tuple(predicted))},
    )["events"]


def test_repeating_a_find_does_not_help() -> None:
    right = event("ASSAULT", (14, 21))
    result = scores([right], [right, right])["type"]
    assert (result["hits"], result["found"], result["precision"]) == (1, 2, 0.5)


def test_wrong_type_is_found_but_not_typed() -> None:
    result = scores([event("ASSAULT", (14, 21))], [event("COERCE", (14, 25))])
    assert result["found"]["f1"] == 1.0
    assert result["type"]["f1"] == 0.0


@pytest.mark.parametrize(
    ("gold", "predicted", "hits"),
    [
        ((0, 13), (7, 13), 1),
        (None, None, 1),
        (None, (0, 13), 0),
        ((0, 13), None, 0),
        ((0, 13), (22, 30), 0),
    ],
)
def test_roles_fit_by_overlap_and_missing_fits_missing(
    gold: tuple[int, int] | None, predicted: tuple[int, int] | None, hits: int
) -> None:
    result = scores([event("ASSAULT", (14, 21), gold)], [event("ASSAULT", (14, 21), predicted)])
    assert result["type_source_target"]["hits"] == hits


def test_sentence_missing_from_predictions_counts_as_empty() -> None:
    gold = {"s": LabelledSentence("s", TEXT, True, (event("ASSAULT", (14, 21)),))}
    assert score(gold, {})["events"]["type"]["expected"] == 1


def test_matching_is_largest_not_greedy() -> None:
    fits = {(1, "a"), (1, "b"), (2, "a")}
    assert len(match([1, 2], ["a", "b"], lambda g, p: (g, p) in fits)) == 2  # type: ignore[comparison-overlap, misc, list-item]


def test_matching_prefers_better_pairs_when_free_to_choose() -> None:
    assert match([1], [2, 1], lambda _g, _p: True, better=int.__eq__) == [(1, 1)]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from("AB"))))
def test_everything_scores_one_against_itself(drawn: list[tuple[int, int, str]]) -> None:
    events = [event(kind, (start, start + size)) for start, size, kind in drawn]
    result = scores(events, events)
    for measure in ("found", "type", "type_source_target"):
        assert result[measure]["hits"] == len(events)


def test_relation_needs_type_and_both_parties() -> None:
    gold = Relation("leads", Span(0, 4), Span(10, 14), Span(5, 9))
    other = Relation("member_of", Span(0, 4), Span(10, 14), Span(5, 9))
    result = score(
        {"s": LabelledSentence("s", TEXT, True, (), (gold,))},
        {"s": LabelledSentence("s", TEXT, True, (), (other,))},
    )["relations"]
    assert (result["pair"]["hits"], result["type"]["hits"]) == (1, 0)


def test_quantity_needs_equal_ends() -> None:
    gold, wrong = Figure(Span(0, 4), 5.0, None), Figure(Span(0, 4), 5.0, 5.0)
    result = score(
        {"s": LabelledSentence("s", TEXT, True, (), (), (gold,))},
        {"s": LabelledSentence("s", TEXT, True, (), (), (wrong,))},
    )["quantities"]
    assert (result["found"]["hits"], result["value"]["hits"]) == (1, 0)


def test_written_row_reads_back_equal() -> None:
    annotations = Annotations(
        events=(event("ASSAULT", (14, 21), (0, 13)),),
        relations=(Relation("active_in", Span(0, 13), Span(22, 30), Span(14, 21)),),
    )
    row = json.loads(json.dumps(row_of_annotations("s", TEXT, annotations)))
    read = sentence_of_row(row)
    assert (read.events, read.relations) == (annotations.events, annotations.relations)


def test_row_without_annotations_is_only_input() -> None:
    assert not sentence_of_row({"id": "s", "text": TEXT}).labelled


def test_bad_line_is_named_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_text('{"id": "a", "text": "x"}\n{"text": "no id"}\n')
    with pytest.raises(ReadError, match=r"dev\.jsonl:2"):
        load(tmp_path)


def test_missing_path_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"Check the path\."):
        load(tmp_path / "none")


def test_factuality_is_counted_for_each_value_over_events_of_the_right_type() -> None:
    gold = LabelledSentence(
        "1", TEXT, events=(replace(event("ASSAULT", (14, 21)), factuality="denied"),)
    )
    wrong = LabelledSentence("1", TEXT, events=(event("ASSAULT", (14, 21)),))
    rows = score({"1": gold}, {"1": wrong})["events"]["by_factuality"]
    assert rows["denied"]["recall"] == 0
    assert rows["asserted"]["precision"] == 0
    assert score({"1": gold}, {"1": gold})["events"]["by_factuality"]["denied"]["f1"] == 1
