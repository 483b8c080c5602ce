"""Who said what: every style of attribution that news uses, and what only looks like one."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.attributions import find_attributions
from onrecord.annotate.cues import Style
from onrecord.annotate.text import Parse, parse_document
from onrecord.model.annotation import Attribution
from onrecord.model.document import Document

GOLDEN = sorted((Path(__file__).parents[1] / "data" / "attribution").glob("*.txt"))
Row = tuple[str | None, str | None, tuple[str, ...], str, int | None]


def _read(text: str, style: Style | None = None) -> tuple[Parse, tuple[Attribution, ...]]:
    parse = parse_document(Document("d", "memory", text))
    return parse, find_attributions(parse, (), style=style or Style())


def _rows(text: str, style: Style | None = None) -> list[Row]:
    parse, found = _read(text, style)
    return [
        (
            None if a.source is None else parse.text_of(a.source),
            None if a.cue is None else parse.text_of(a.cue),
            tuple(parse.text_of(s) for s in a.content),
            a.kind,
            a.parent,
        )
        for a in found
    ]


@pytest.mark.parametrize("report", GOLDEN, ids=lambda path: path.stem)
def test_report_gives_the_attributions_beside_it(report: Path) -> None:
    expected = runpy.run_path(str(report.with_suffix(".py")))["EXPECTED"]
    assert _rows(report.read_text(encoding="utf-8")) == expected


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“We won,” the mayor said.", "the mayor", "said", "“We won,”"),
        ("“We won,” said Mara Quill, the mayor.", "Mara Quill", "said", "“We won,”"),
        ("Quill said: “We won.”", "Quill", "said", "“We won.”"),
        ("Prices will rise, the ministry said on Tuesday.", "the ministry", "said", "Prices will rise"),
        ("The harbour, Quill told them, was closed.", "Quill", "told", "The harbour"),
        ("Quill, who said the plan was dead, left.", "Quill", "said", "the plan was dead"),
        ("Quill went on to say that the plan was dead.", "Quill", "went on to say", "that the plan was dead"),
        ("The ministry has denied that its ships had left.", "The ministry", "has denied", "that its ships had left"),
        ("Mr. Brevik believes the plan is dead.", "Mr. Brevik", "believes", "the plan is dead"),
        ("The union wants to leave the talks.", "The union", "wants", "to leave the talks"),
        ("The front threatened to burn the town.", "The front", "threatened", "to burn the town"),
        ("Norland accused the front of shelling a market.", "Norland", "accused", "the front of shelling a market"),
        ("The ministry voiced hope that talks would resume.", "The ministry", "hope", "that talks would resume"),
        ("According to the army, the town was empty.", "the army", "According to", "the town was empty"),
        ("Dalen Brevik (N-Orsk) said the plan was dead.", "Dalen Brevik", "said", "the plan was dead"),
    ],
)  # fmt: skip
def test_attribution_has_source_cue_and_content(
    text: str, source: str, cue: str, content: str
) -> None:
    assert (source, cue, content) in [(s, c, spans[0]) for s, c, spans, _, _ in _rows(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Some “victories” were celebrated in the capital.",
        "The band played “Cold Harbour” twice.",
        "The workers' hall was built in the '90s.",
        "The town was taken in order to open the road.",
        "Update: the bridge is open",
        "BREAKING: the bridge is open",
        "The army moved in at dawn.",
        "",
    ],
)
def test_scare_quotes_titles_and_plain_statements_are_not_attributed(text: str) -> None:
    assert _rows(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We won,” Quill said.", "direct"),
        ("Quill said that the war was “over”.", "mixed"),
        ("Quill said that the war was over.", "indirect"),
    ],
)
def test_kind_tells_how_much_is_quoted(text: str, kind: str) -> None:
    assert [row[3] for row in _rows(text)] == [kind]


def test_agency_at_the_end_holds_the_speaker_as_its_child() -> None:
    inner, outer = _rows("Quill said the port was closed, Agence Boreale reported on Friday.")
    assert inner == ("Quill", "said", ("the port was closed",), "indirect", 1)
    assert outer == (
        "Agence Boreale", "reported", ("Quill said the port was closed",), "indirect", None
    )  # fmt: skip


def test_cue_inside_a_quotation_says_nothing_outside_it() -> None:
    rows = _rows("The guard said: “My brother told me that the road was mined.” He left.")
    assert rows[1] == ("My brother", "told", ("that the road was mined",), "indirect", 0)


def test_participle_after_comma_stands_beside_the_main_attribution() -> None:
    rows = _rows("The front announced that it would leave, claiming that the war was won.")
    assert {(row[0], row[1], row[4]) for row in rows} == {
        ("The front", "announced", None),
        ("The front", "claiming", None),
    }


def test_bare_quotation_in_next_paragraph_is_less_sure() -> None:
    _, found = _read("“We won,” Quill said.\n\n“We shall win again on every front.”")
    assert found[1].cue is None
    assert found[1].source == found[0].source
    assert found[1].confidence < found[0].confidence


def test_appositions_are_kept_only_when_asked_for() -> None:
    text = "“We won,” said Mara Quill, the mayor of Port Selva."
    assert _rows(text)[0][0] == "Mara Quill"
    assert _rows(text, Style(appositions=True))[0][0] == "Mara Quill, the mayor of Port Selva"


def test_views_without_a_clause_are_found_only_when_asked_for() -> None:
    text = "The union criticised the plan."
    assert _rows(text) == []
    assert _rows(text, Style(views=True))[0][:3] == ("The union", "criticised", ("the plan",))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["“We won”", "Quill", "said", ",", ".", "that", "the army", "“", "”", ":", "according to",
             "’", "told", "\n", "left", "he", "was", "believed", "to", "as", "put it", "'"]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_parents_form_no_cycle_and_spans_stay_inside_the_text(words: list[str]) -> None:
    parse, found = _read(" ".join(words))
    for attribution in found:
        spans = [*attribution.content, *filter(None, (attribution.source, attribution.cue))]
        assert all(span.end <= len(parse.document.text) for span in spans)
        seen, at = set(), attribution.parent
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = found[at].parent
