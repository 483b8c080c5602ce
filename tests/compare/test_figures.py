"""Which figures count the same thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from claim_statements import report, statement, toll

from onrecord.compare.figures import is_part, same_figure
from onrecord.compare.words import nouns_agree, outcome_of

WHOLE = "In all 34 people were being treated, six of them in critical condition."


@pytest.mark.parametrize(
    ("sentence", "trigger", "part"),
    [
        (WHOLE, "six", True),
        (WHOLE, "34 people", False),
        ("He counted eight bodies, three of them children.", "three", True),
        ("The blast killed 17 people, including four children.", "four children", True),
        ("The blast killed 17 people.", "17 people", False),
        ("They held four clerks of the embassy.", "four clerks", False),
        ("They held four of the clerks.", "four", True),
    ],
)
def test_a_figure_that_counts_some_of_another_is_a_part(
    sentence: str, trigger: str, part: bool
) -> None:
    view = statement(
        "x", report("a"), kind="quantity", sentence=sentence, trigger=trigger,
        at=sentence.index(trigger), counted=trigger.partition(" ")[2],
    )  # fmt: skip
    assert is_part(view) == part


def test_a_share_of_a_whole_is_no_part_of_a_count() -> None:
    share = toll("a", report("a"), 40, unit="percent", trigger="40 percent", counted="capacity",
                 sentence="They lost 40 percent of the capacity.", at=10)  # fmt: skip
    assert not is_part(share)


@pytest.mark.parametrize(
    ("sentence", "trigger", "outcome"),
    [
        ("Seven prisoners were killed in the yard.", "Seven prisoners", "killed"),
        ("Police arrested 12 protesters.", "12 protesters", "held"),
        ("The rebels freed 14 hostages.", "14 hostages", "held"),
        ("Soldiers carried 8,000 people to the hills.", "8,000 people", ""),
        ("Some 900 demonstrators filled the square.", "900 demonstrators", "crowd"),
    ],
)
def test_what_happened_to_people_comes_before_what_they_are_called(
    sentence: str, trigger: str, outcome: str
) -> None:
    assert outcome_of(sentence, sentence.index(trigger), trigger, trigger.split()[1]) == outcome


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("prisoners", "inmates", True),
        ("maintenance workers", "employees", True),
        ("people", "miners", True),
        ("men", "miners", True),
        ("miners", "soldiers", False),
        ("night workers", "office employees", False),
        ("houses", "schools", False),
    ],
)
def test_nouns_agree_where_they_may_name_one_sort(one: str, other: str, agree: bool) -> None:
    assert nouns_agree(one, other) is agree
    assert nouns_agree(other, one) is agree


def test_a_part_is_never_the_same_figure_as_the_whole() -> None:
    whole, part = (
        statement(
            name, report(name), kind="quantity", type="people", sentence=WHOLE, trigger=trigger,
            at=WHOLE.index(trigger), low=value, high=value, unit="count", counted="people",
        )
        for name, trigger, value in (("a", "34 people", 34.0), ("b", "six", 6.0))
    )  # fmt: skip
    assert same_figure(whole, part) == 0
    assert same_figure(whole, whole) > 0


def test_what_is_demanded_is_not_what_there_is() -> None:
    asked = toll(
        "a", report("courier"), 18, counted="", unit="percent", type="share",
        trigger="18 percent", sentence="The union demanded 18 percent for all ports.", at=19,
    )  # fmt: skip
    agreed = toll(
        "b", report("herald"), 18, counted="", unit="percent", type="share",
        trigger="18 percent", sentence="Wages at all ports will rise by 18 percent.", at=32,
    )  # fmt: skip
    assert same_figure(asked, agreed) == 0
    assert same_figure(asked, replace(asked, statement_id="st_c", report=report("post"))) > 0
