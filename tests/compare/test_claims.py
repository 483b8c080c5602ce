"""What several reports say together, and on how many words it rests."""

from __future__ import annotations

import pytest
from claim_statements import (
    ARMY,
    FRONT,
    LETHANIA,
    MINISTER,
    OFFICIAL,
    PORT,
    day,
    on,
    report,
    statement,
    toll,
)

from onrecord.compare.claims import form_claims
from onrecord.compare.independence import origins_of
from onrecord.model.claim import (
    Claim,
    LinkView,
    PartyView,
    PlaceView,
    ReportView,
    StatementView,
)


def only(*views: StatementView) -> Claim:
    claims = form_claims(views)
    assert len(claims) == 1, [c.reason for c in claims]
    return claims[0]


def stances(claim: Claim) -> dict[str, str]:
    return {member.statement_id: member.stance for member in claim.members}


def test_two_outlets_in_their_own_voice_corroborate() -> None:
    claim = only(statement("a", report("courier")), statement("b", report("herald")))
    assert (claim.status, claim.n_sources, claim.independence) == ("corroborated", 2, "established")


def test_two_outlets_that_quote_one_speaker_are_one_source() -> None:
    claim = only(
        statement("a", report("courier"), MINISTER), statement("b", report("herald"), MINISTER)
    )
    assert (claim.status, claim.n_sources) == ("single_source", 1)
    assert claim.reason == "Two outlets, one speaker: both quote Nadia Verhoen"


def test_a_claim_is_as_sure_as_the_surest_who_says_so() -> None:
    claim = only(
        statement("a", report("courier"), confidence=0.2),
        statement("b", report("herald"), confidence=0.7),
        statement("c", report("post"), confidence=0.9, factuality="denied"),
    )
    assert stances(claim) == {"st_a": "supports", "st_b": "supports", "st_c": "denies"}
    assert claim.confidence == 0.7


def test_an_agency_credited_by_two_outlets_is_one_source() -> None:
    agency = LinkView("Meridian Press", "agency", True)
    claim = only(
        statement("a", report("courier"), agency), statement("b", report("herald"), agency)
    )
    assert (claim.status, claim.n_sources) == ("single_source", 1)


def test_an_outlet_that_cites_another_adds_no_source() -> None:
    cited = LinkView("The Courier", "outlet", True)
    claim = only(
        statement("a", report("courier", "Courier")), statement("b", report("herald"), cited)
    )
    assert claim.n_sources == 1


def test_unnamed_sources_of_two_reports_are_never_the_same() -> None:
    claim = only(
        statement("a", report("courier"), OFFICIAL), statement("b", report("herald"), OFFICIAL)
    )
    assert (claim.n_sources, claim.independence) == (2, "not_established")


def test_police_and_their_chief_are_one_source() -> None:
    chief = LinkView("Omar Tull", "speaker", True, "ac_tull", ("police chief",))
    police = LinkView("police", "speaker", False)
    claim = only(statement("a", report("courier"), police), statement("b", report("herald"), chief))
    assert claim.n_sources == 1


def test_denied_by_the_accused_is_in_dispute() -> None:
    front = LinkView("Harbour Front", "speaker", True, "ac_front")
    denial = statement(
        "b", report("herald"), front, factuality="denied",
        sentence='"We did not attack the army," the Front said.',
    )  # fmt: skip
    claim = only(statement("a", report("courier"), MINISTER), denial)
    assert claim.status == "disputed"
    assert stances(claim) == {"st_a": "supports", "st_b": "denies"}


def test_denial_of_responsibility_stands_in_the_claim_of_the_deed() -> None:
    denial = statement(
        "b", report("herald"), type="REJECT", trigger="denied", object=None, at=18,
        sentence="The Harbour Front denied responsibility for attacking the army at Port Selva.",
    )  # fmt: skip
    claims = form_claims([statement("a", report("courier"), MINISTER), denial])
    deed = next(c for c in claims if c.type == "ASSAULT")
    assert (deed.status, stances(deed)) == ("disputed", {"st_a": "supports", "st_b": "denies"})


def test_denied_headline_is_no_support() -> None:
    headline = statement(
        "b", report("herald"), trigger="attack", at=19,
        sentence="Harbour Front deny attack on the army",
    )  # fmt: skip
    claim = only(statement("a", report("courier"), MINISTER), headline)
    assert stances(claim)["st_b"] == "denies"


def test_rising_toll_is_a_series_with_its_last_value() -> None:
    claim = only(
        toll("a", report("courier", published=day(4)), 9),
        toll("b", report("herald", published=day(5)), 14),
        toll("c", report("wire", published=day(6)), 17),
    )
    assert (claim.status, claim.low, claim.high) == ("corroborated", 17, 17)
    reasons = {member.statement_id: member.reason for member in claim.members}
    assert reasons["st_a"] == ("Superseded: 9 on 4 March, 17 on 6 March; the count has risen")


def test_lower_toll_published_later_differs() -> None:
    claim = only(
        toll("a", report("courier", published=day(4)), 20),
        toll("b", report("herald", published=day(6)), 14),
    )
    assert claim.status == "disputed"


def test_overlapping_ranges_agree_in_part() -> None:
    claim = only(
        toll("a", report("courier"), 9, low=5.0, high=9.0, bound="range"),
        toll("b", report("herald"), 9),
    )
    assert claim.status == "corroborated"
    assert any("overlap" in member.reason for member in claim.members)


def test_killed_and_wounded_are_counted_apart() -> None:
    wounded = toll("b", report("herald"), 30, sentence="The blast wounded 30 people.", at=18)
    assert len(form_claims([toll("a", report("courier"), 14), wounded])) == 2


def test_retracted_exclusive_is_retracted() -> None:
    first = statement("a", report("courier", "Courier", day(4)))
    back = statement(
        "b", report("courier2", "Courier", day(6)),
        sentence="The Courier retracts its report that the Front attacked the army at Port Selva.",
    )  # fmt: skip
    claim = only(first, back)
    assert claim.status == "retracted"
    assert stances(claim) == {"st_a": "supports", "st_b": "denies"}


def test_what_others_keep_saying_survives_a_retraction() -> None:
    back = statement(
        "b", report("courier2", "Courier", day(6)),
        sentence="The Courier retracts its report that the Front attacked the army at Port Selva.",
    )  # fmt: skip
    claim = only(
        statement("a", report("courier", "Courier", day(4))), back, statement("c", report("herald"))
    )
    assert claim.status == "single_source"


def test_two_towns_of_one_name_are_two_claims() -> None:
    other = PlaceView("pl_other", "Port Selva", "town", "GRL")
    assert len(form_claims([
        statement("a", report("courier"), place=PORT),
        statement("b", report("herald"), place=other),
    ])) == 2  # fmt: skip


def test_acts_on_different_days_are_different_claims() -> None:
    assert len(form_claims([
        statement("a", report("courier"), **on(4)), statement("b", report("herald"), **on(6)),
    ])) == 2  # fmt: skip


def test_relations_meet_whatever_the_story() -> None:
    leader = PartyView("ac_leader", "Karim Dessaly", "Dessaly", "person")
    views = [
        statement(
            name, report(outlet, published=day(number), anchors=frozenset()), kind="relation",
            type="leads", trigger="leader", subject=leader, object=FRONT,
        )
        for name, outlet, number in (("a", "courier", 1), ("b", "herald", 30))
    ]  # fmt: skip
    assert only(*views).n_sources == 2


def test_enemies_and_allies_are_in_dispute() -> None:
    foes = statement("a", report("courier"), kind="relation", type="hostile_to", trigger="fights")
    friends = statement(
        "b", report("herald"), kind="relation", type="allied_with", trigger="has ties to",
        subject=ARMY, object=FRONT,
    )  # fmt: skip
    assert only(foes, friends).status == "disputed"


def test_pretended_fight_denies_the_fight() -> None:
    foes = statement("a", report("courier"), kind="relation", type="hostile_to", trigger="fights")
    feint = statement(
        "b", report("herald"), kind="relation", type="hostile_to", trigger="pretended to fight",
        factuality="denied",
    )  # fmt: skip
    assert stances(only(foes, feint)) == {"st_a": "supports", "st_b": "denies"}


@pytest.mark.parametrize("founded", [True, False])
def test_a_state_denies_the_fight_of_what_its_army_founded(founded: bool) -> None:
    cell = PartyView("ac_cell", "Dawn Cell", "the Cell", "armed_group")
    foe = {"kind": "relation", "type": "hostile_to", "object": FRONT}
    bonds = frozenset({(ARMY, cell)} if founded else ())
    fights = statement("a", report("courier", bonds=bonds), trigger="fights", subject=cell, **foe)
    feint = statement("b", report("herald"), trigger="pretended to fight", subject=LETHANIA,
                      factuality="denied", **foe)  # fmt: skip
    statuses = {claim.status for claim in form_claims([fights, feint])}
    assert ("disputed" in statuses) is founded


def test_army_of_a_country_is_near_the_country() -> None:
    claim = only(
        statement("a", report("courier"), subject=ARMY, object=FRONT),
        statement("b", report("herald"), subject=LETHANIA, object=FRONT),
    )
    assert any("close to" in member.reason for member in claim.members)


@pytest.mark.parametrize("change", [
    {"type": "CONSULT", "trigger": "met"},
    {"object": PartyView("ac_union", "Dockers Union", "the union", "organisation")},
    {"factuality": "planned"},
])  # fmt: skip
def test_other_acts_stay_apart(change: dict[str, object]) -> None:
    other = statement("b", report("herald"), sentence="Something else.", **change)
    assert len(form_claims([statement("a", report("courier")), other])) == 2


def test_leader_and_the_body_he_leads_are_one_source() -> None:
    leader = LinkView("Karim Dessaly", "speaker", True, "ac_dessaly")
    front = LinkView("Harbour Front", "speaker", True, "ac_front")
    told = report("herald", ties=frozenset({("ac_dessaly", "ac_front")}))
    claim = only(statement("a", report("courier"), front), statement("b", told, leader))
    assert claim.n_sources == 1


def test_two_figures_of_one_crowd_are_in_dispute_and_the_best_backed_stands() -> None:
    crowd = {"type": "people", "trigger": "people", "counted": "people"}
    claim = only(*(
        toll(name, report(outlet), value, **crowd,
             sentence=f"About {value:.0f} people marched through Port Selva.", at=6)
        for name, outlet, value in (
            ("a", "courier", 5000.0), ("b", "herald", 20000.0), ("c", "wire", 20000.0),
        )
    ))  # fmt: skip
    assert (claim.status, claim.low, claim.n_sources) == ("disputed", 20000, 2)


def test_what_an_outlet_states_and_attributes_in_one_report_is_one_source() -> None:
    paper = report("courier")
    claim = only(statement("a", paper), statement("b", paper, MINISTER))
    assert (claim.status, claim.n_sources) == ("single_source", 1)
    assert claim.reason == "One report's word: Courier quotes Nadia Verhoen"


def test_who_says_both_in_one_report_is_in_no_dispute_with_himself() -> None:
    paper = report("courier")
    assert only(*_both(paper)).status == "single_source"
    elsewhere = statement("c", report("herald"))
    assert only(*_both(paper), elsewhere).status == "disputed"


def _both(paper: ReportView) -> tuple[StatementView, StatementView]:
    return statement("a", paper), statement("b", paper, factuality="denied")


def test_a_speaker_by_full_and_by_last_name_is_one_source() -> None:
    paper = report("courier")
    verhoen = LinkView("Verhoen", "speaker", True, "ac_other")
    claim = only(statement("a", paper, MINISTER), statement("b", paper, verhoen))
    assert (claim.status, claim.n_sources) == ("single_source", 1)


def test_an_unnamed_source_with_and_without_article_is_one_in_its_report() -> None:
    paper = report("courier")
    again = LinkView("security official", "speaker", False)
    assert only(statement("a", paper, OFFICIAL), statement("b", paper, again)).n_sources == 1


def test_a_withdrawn_report_takes_its_unnamed_source_with_it() -> None:
    paper = report("courier")
    taken_back = "The Courier retracts its report that the Front attacked the army at Port Selva."
    denial = statement(
        "c", report("later", "Courier", day(9)), factuality="denied", sentence=taken_back, at=48
    )
    own, quoted = statement("a", paper), statement("b", paper, OFFICIAL)
    assert only(own, quoted, denial).status == "retracted"
    assert only(statement("a", paper, MINISTER), denial).status == "disputed"


@pytest.mark.parametrize(
    ("sentence", "value", "sources"),
    [
        ("Sixteen people died in the terminal.", 17, 1),
        ("Sixteen people died in the terminal.", 16, 2),
        ("The Courier has the names of 17 people.", 17, 2),
        ("Our reporter counted 17 people.", 17, 2),
    ],
)
def test_what_an_outlet_found_itself_is_a_source_beside_whom_it_quotes(
    sentence: str, value: float, sources: int
) -> None:
    of = report("courier", "The Courier")
    quoted = toll("a", of, 17, MINISTER)
    found = toll("b", of, value, sentence=sentence, at=len(sentence) - 10)
    assert len({origin.key for origin in origins_of([quoted, found]).values()}) == sources
