"""Scores of attributions: edges without punctuation, relations matched one to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.evaluation.polnear import GoldDocument, Labelled, load, score
from onrecord.model.span import Span

TEXT = "“We won,” Quill said. Norden believes the plan is dead."
BRAT = """T1\tSource 10 15\tQuill
T2\tCue 16 20\tsaid
T3\tContent 1 8\tWe won,
T4\tAttribution 16 20\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tSource 22 28\tNorden
T6\tCue 29 37\tbelieves
T7\tContent 38 46;47 54\tthe plan is dead
T8\tAttribution 29 37\tbelieves
E2\tAttribution:T8 Source:T5 Cue:T6 Content:T7
#1\tAnnotatorNotes T7\ta note
"""


@pytest.fixture
def split(tmp_path: Path) -> Path:
    (tmp_path / "dev" / "text").mkdir(parents=True)
    (tmp_path / "dev" / "attributions").mkdir()
    (tmp_path / "dev" / "text" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "dev" / "attributions" / "harbour_1a2b.ann").write_text(BRAT, encoding="utf-8")
    return tmp_path


def _at(text: str) -> tuple[Span, ...]:
    start = TEXT.index(text)
    return (Span(start, start + len(text)),)


def test_split_is_found_inside_its_parent_folder(split: Path) -> None:
    (document,) = load(split)
    assert document == load(split / "dev")[0]
    assert [d.content for d in document.attributions] == [
        (Span(1, 8),),
        (Span(38, 46), Span(47, 54)),
    ]


def test_gold_against_itself_is_perfect(split: Path) -> None:
    gold = load(split)
    figures = score({d.name: d.attributions for d in gold}, gold)
    assert {row["f1"] for row in figures.values()} == {1.0}


def test_quotation_marks_at_the_edge_do_not_count(split: Path) -> None:
    predicted = Labelled(_at("Quill"), _at("said"), _at("“We won,”"))
    figures = score({"harbour": [predicted]}, load(split))
    assert figures["content"]["precision"] == 1.0
    assert figures["relation_exact"]["precision"] == 1.0


def test_relation_needs_source_and_content_of_one_attribution(split: Path) -> None:
    crossed = Labelled(_at("Norden"), _at("said"), _at("We won"))
    assert score({"harbour": [crossed]}, load(split))["relation"]["f1"] == 0.0


def test_one_gold_relation_pays_for_one_prediction_only(split: Path) -> None:
    twice = [Labelled(_at("Quill"), _at("said"), _at("We won"))] * 2
    assert score({"harbour": twice}, load(split))["relation"]["precision"] == 0.5


def test_document_without_predictions_counts_as_missed() -> None:
    gold = [GoldDocument("a", TEXT, (Labelled(_at("Quill"), _at("said"), _at("We won")),))]
    figures = score({}, gold)
    assert (figures["source"]["recall"], figures["source"]["gold"]) == (0.0, 1)


def test_folder_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text"):
        load(tmp_path)
