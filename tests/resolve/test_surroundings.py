"""What stands around names tips what names leave in doubt, and no more."""

from __future__ import annotations

import pytest

from onrecord.resolve.evidence import DOUBTFUL, How, Link
from onrecord.resolve.names import SAME, Decision
from onrecord.resolve.surroundings import NOTHING, Surroundings, Tie, is_weighed, weigh

LEADS: Tie = ("leads", "subject", "front")
BELONGS: Tie = ("member_of", "subject", "league")
NAMES = {"front": "Tarn Front", "league": "Coast League"}


def link(score: float, how: How = "name") -> Link:
    return Link("one", "other", Decision(score, ("initial and surname agree",)), how)


def around(*sectors: str, ties: tuple[Tie, ...] = ()) -> Surroundings:
    return Surroundings(dict.fromkeys(sectors, 1), frozenset(ties))


def weighed(score: float, one: Surroundings, other: Surroundings, *company: str) -> Decision:
    return weigh(link(score), one, other, company, NAMES).decision


def test_a_shared_relation_lifts_what_names_leave_in_doubt() -> None:
    found = weighed(0.73, around(ties=(LEADS,)), around(ties=(LEADS,)))
    assert found.same
    assert found.reasons == ("initial and surname agree", "both lead Tarn Front")


def test_a_relation_to_one_another_is_none_that_is_shared() -> None:
    tie: Tie = ("leads", "subject", "other")
    assert weighed(0.73, around(ties=(tie,)), around(ties=(tie,))).score == 0.73


def test_sectors_of_two_walks_of_life_part_an_initial() -> None:
    found = weighed(0.8, around("MIL"), around("EDU"))
    assert not found.same
    assert found.reasons[-1] == "of sector MIL and of EDU"


@pytest.mark.parametrize(
    ("one", "other", "moved"),
    [
        (("GOV",), ("GOV",), 0.02),
        (("GOV",), ("LEG",), 0.0),
        (("MIL",), ("REB",), 0.0),
        (("CVL",), ("GOV",), 0.0),
        ((), ("GOV",), 0.0),
        (("REB",), ("EDU",), -0.06),
    ],
)
def test_sectors_move_the_score(one: tuple[str, ...], other: tuple[str, ...], moved: float) -> None:
    assert weighed(0.8, around(*one), around(*other)).score == pytest.approx(0.8 + moved)


def test_a_sector_that_few_reports_tell_is_a_slip() -> None:
    assert Surroundings({"MIL": 7, "EDU": 1, "CVL": 9}).told == {"MIL"}


def test_company_counts_from_two_names_on() -> None:
    assert weighed(0.72, NOTHING, NOTHING, "a").score == 0.72
    found = weighed(0.72, NOTHING, NOTHING, "a", "b", "c")
    assert found.same
    assert found.reasons[-1] == "3 names are mentioned with both"


def test_names_that_hardly_fit_are_not_weighed() -> None:
    assert is_weighed(link(DOUBTFUL))
    assert not is_weighed(link(DOUBTFUL - 0.01))


def test_surroundings_lift_a_score_by_less_than_names_that_differ_lack() -> None:
    full = around("GOV", ties=(LEADS, BELONGS))
    assert weighed(0.5, full, full, *"abcdefgh").score < SAME


@pytest.mark.parametrize("how", ["surname", "list", "review", "initials"])
def test_what_lists_and_people_say_is_not_weighed(how: How) -> None:
    assert not is_weighed(link(0.8, how))
