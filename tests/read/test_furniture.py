"""What frames a story is recognised and read; sentences of the story are left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.read.any import document_from_text
from onrecord.read.boilerplate import is_boilerplate
from onrecord.read.dateline import find_dateline
from onrecord.read.furniture import Frame, find_furniture

_STORY = "The council met on Tuesday and voted to repair the dam above the town, officials said."


def _pieces(text: str, title: str = "") -> list[tuple[str, str]]:
    frame = find_furniture(text, title=title)
    return [(piece.kind, text[piece.span.start : piece.span.end]) for piece in frame.furniture]


def _frame(text: str) -> Frame:
    return find_furniture(text)


@pytest.mark.parametrize(
    ("prefix", "place", "agency"),
    [
        ("PORT SELVA (Meridian Press) — ", "PORT SELVA", "Meridian Press"),
        ("PORT SELVA, March 3 (Meridian) - ", "PORT SELVA", "Meridian"),
        ("PORT SELVA, Ostria, March 3 (Meridian) -- ", "PORT SELVA, Ostria", "Meridian"),
        ("PORT SELVA — ", "PORT SELVA", ""),
        ("ST. ANNE-SUR-MER, 3 March — ", "ST. ANNE-SUR-MER", ""),
        ("LONDON/PORT SELVA (Reuters) - ", "LONDON/PORT SELVA", "Reuters"),
        ("Port Selva, March 3 (Meridian Press) — ", "Port Selva", "Meridian Press"),
        ("(THE LANTERN) — ", "", "THE LANTERN"),
        ("(AP) - ", "", "AP"),
        ("(Meridian Press) PORT SELVA — ", "PORT SELVA", "Meridian Press"),
        ("(CNN)", "", "CNN"),
        ("KABUL: ", "KABUL", ""),
    ],
)
def test_datelines_are_read(prefix: str, place: str, agency: str) -> None:
    found = find_dateline(prefix + _STORY, opens_story=True)
    assert found is not None
    assert (found.place, found.agency, found.end) == (place, agency, len(prefix))


@pytest.mark.parametrize(
    "sentence",
    [
        _STORY,
        "NATO — the alliance of 32 countries — met on Tuesday.",
        "BREAKING — The dam has failed.",
        "Ana Torres (Meridian) said the dam was safe.",
        "Port Selva - The town on the river - was flooded.",
        "The dam (built in 1950) — the oldest in the country — was safe.",
        "U.S. - The troops left.",
        "“(We) — all of us — were there,” she said.",
    ],
)
def test_sentences_are_not_datelines(sentence: str) -> None:
    assert find_dateline(sentence, opens_story=True) is None


def test_a_bare_place_opens_only_the_first_paragraph() -> None:
    assert find_dateline("CAIRO — " + _STORY, opens_story=True) is not None
    assert find_dateline("CAIRO — " + _STORY, opens_story=False) is None


@pytest.mark.parametrize(
    "line",
    [
        "[READ MORE ]", "Read more: Dam to be repaired", "READ MORE", "Advertisement",
        "Advertisement Continue reading the main story", "Sign up for our newsletter", "1/8", "3 of 12",
        "Photo", "Share on Facebook", "SaveSave", "Follow Ana Torres on Twitter: @anat",
        "Copyright 2024 Meridian Press. All rights reserved.", "© 2024 The Selva Post",
        "Photo by Ana Torres/Meridian", "Getty Images", "Updated: 2024-03-03 06:50 (Meridian)",
        "March 3, 2024 11:05 AM EST", "3 hours ago", "Published 3 March 2024", "___", "* * *",
        "https://selvapost.example/dam", "Related: How the dam was built", "Comments (14)",
        "5 min read", "Scroll down for video", "tips@selvapost.example",
    ],
)  # fmt: skip
def test_lines_of_the_page_are_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        _STORY,
        "Read the letter before you judge him, she said.",
        "Share prices fell by a tenth on Tuesday.",
        "Photographs showed the dam before the flood.",
        "Follow the money, he told the court.",
        "Like many others on Facebook, she had believed it.",
        "Video showed soldiers at the gate.",
        "Save for the mayor, nobody spoke.",
        "Watch towers were built along the wall.",
        "2024 was a year of floods.",
        "He was 14.",
        "The photo, taken by a neighbour, showed the dam.",
        "Related companies were searched as well.",
        "Menu prices rose.",
    ],
)
def test_sentences_of_the_story_are_not_boilerplate(line: str) -> None:
    assert not is_boilerplate(line)


def test_first_line_before_a_blank_one_is_the_title() -> None:
    assert _pieces(f"Council votes to repair dam\n\n{_STORY}") == [
        ("title", "Council votes to repair dam")
    ]


@pytest.mark.parametrize(
    "first", [_STORY, "The council met.", "He said:", "“We will rebuild.”", "Photo"]
)
def test_a_first_line_that_is_a_sentence_is_no_title(first: str) -> None:
    assert find_furniture(f"{first}\n\n{_STORY}").title == ""


def test_known_title_is_found_with_other_quotes_and_case() -> None:
    text = f"“No dam”: Council Votes\n{_STORY}"
    assert find_furniture(text, title="'No dam': council votes").title == "“No dam”: Council Votes"


def test_byline_names_the_authors() -> None:
    frame = _frame(f"Council votes to repair dam\n\nBy Ana Torres and Ben Ode\n\n{_STORY}")
    assert frame.author == "Ana Torres, Ben Ode"


def test_byline_with_agency_credits_it() -> None:
    frame = _frame(f"By ANA TORRES, Associated Press\n\n{_STORY}")
    assert (frame.author, frame.credits) == ("Ana Torres", ("Associated Press",))


def test_byline_and_dateline_may_stand_in_the_first_sentence() -> None:
    text = f"By Ana Torres PORT SELVA, March 3 (Reuters) - {_STORY}"
    assert _pieces(text) == [
        ("byline", "By Ana Torres"),
        ("dateline", "PORT SELVA, March 3"),
        ("agency", "(Reuters) -"),
    ]


@pytest.mark.parametrize("line", ["By March 2017 it was over.", "By the river stood a house."])
def test_sentences_that_begin_with_by_are_no_bylines(line: str) -> None:
    assert _pieces(f"{_STORY}\n\n{line}\n\n{_STORY}") == []


@pytest.mark.parametrize(
    ("line", "kind", "agencies"),
    [
        ("Reporting by Ana Torres in Port Selva; editing by Ben Ode", "credit", ()),
        ("(Reporting by Ana Torres; Editing by Ben Ode)", "credit", ()),
        ("Meridian Press contributed to this report.", "credit", ("Meridian Press",)),
        ("The Associated Press contributed to this report.", "credit", ("Associated Press",)),
        ("AP writer Ana Torres in Port Selva contributed to this report.", "credit", ("Associated Press",)),
        ("Ana Torres contributed to this report.", "credit", ()),
        ("With reporting by AFP", "credit", ("Agence France-Presse",)),
        ("(With inputs from Reuters)", "credit", ("Reuters",)),
        ("AFP/Reuters", "credit", ("Agence France-Presse", "Reuters")),
        ("Copyright 2024 The Associated Press. All rights reserved.", "boilerplate", ("Associated Press",)),
    ],
)  # fmt: skip
def test_credits_name_agencies(line: str, kind: str, agencies: tuple[str, ...]) -> None:
    text = f"{_STORY}\n\n{line}"
    assert _pieces(text) == [(kind, line)]
    assert _frame(text).credits == agencies


def test_a_sentence_about_contributing_stays() -> None:
    assert (
        _pieces(f"{_STORY} The rain that fell in May contributed to the flood of this year.") == []
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source » selva-post", "selva-post"),
        ("Source: The Selva Post", "The Selva Post"),
        ("SOURCE", ""),
        ("Originally published by The Selva Post.", "The Selva Post"),
    ],
)
def test_source_line_names_the_outlet(line: str, name: str) -> None:
    assert _frame(f"{_STORY}\n\n{line}").sources == ((name,) if name else ())


def test_a_source_within_the_story_is_a_charts() -> None:
    assert _frame(f"{_STORY}\n\nSource: Dam Institute\n\n{_STORY}").sources == ()


def test_source_glued_to_the_next_report_ends_before_it() -> None:
    text = f"{_STORY} Source » selva-post"
    assert _pieces(text) == [("source", "Source » selva-post")]


def test_second_headline_is_recognised_after_a_report_has_ended() -> None:
    text = (
        f"Council votes to repair dam\n\n{_STORY}\n\nSource » selva-post\n\n"
        f"Villages flooded after storm\n\n(THE LANTERN) — {_STORY}"
    )
    assert [words for kind, words in _pieces(text) if kind == "title"] == [
        "Council votes to repair dam",
        "Villages flooded after storm",
    ]


def test_section_headings_are_part_of_the_story() -> None:
    text = f"Council votes to repair dam\n\n{_STORY}\n\nWhat comes next\n\n{_STORY}"
    assert len(_pieces(text)) == 1


def test_picture_counters_are_taken_out_and_dates_are_not() -> None:
    text = "1/3 The dam Ana Torres 2/3 The mayor 3/3 The town. The 9/11 Commission met."
    assert _pieces(text) == [("boilerplate", f"{n}/3") for n in (1, 2, 3)]


def test_an_acronym_in_brackets_stays_in_its_sentence() -> None:
    assert _pieces("The Associated Press (AP) reported that the dam was safe.") == []


@pytest.mark.parametrize(
    "sample", [_STORY, f"Title of it\n\nBy Ana Torres\n\n{_STORY}\n\n1/8\nReuters"]
)
def test_furniture_is_in_order_and_does_not_overlap(sample: str) -> None:
    spans = [piece.span for piece in find_furniture(sample).furniture]
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_button_behind_the_source_is_no_part_of_its_name() -> None:
    document = document_from_text("The ferry sailed.\n\nSource » Aldmoor Courier [READ MORE]")
    assert document.publisher == "Aldmoor Courier"
