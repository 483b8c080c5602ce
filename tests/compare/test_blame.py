"""Who tells an act does not stand behind the charge of who did it."""

from __future__ import annotations

import pytest
from claim_statements import ARMY, FRONT, MINISTER, OFFICIAL, report, statement

from onrecord.compare.blame import act_and_charge
from onrecord.compare.claims import form_claims
from onrecord.model.claim import PartyView, StatementView

GUNMEN = PartyView("ac_gunmen", "gunmen", "gunmen", "armed_group", named=False)
FOREIGNERS = PartyView("ac_men", "men", "men from Ostra", "people", named=False)
SILENT = statement("a", report("courier"), subject=None)


def parts(*views: StatementView) -> list[set[str]]:
    return [{view.statement_id for view in part} for part in act_and_charge(views)]


@pytest.mark.parametrize("subject", [FRONT, FOREIGNERS])
def test_a_charge_on_a_speakers_word_stands_apart_from_the_act(subject: PartyView) -> None:
    charge = statement("b", report("herald"), MINISTER, subject=subject)
    assert parts(SILENT, charge) == [{"st_a"}, {"st_b"}]


def test_gunmen_are_nobody_to_charge() -> None:
    assert parts(SILENT, statement("b", report("herald"), MINISTER, subject=GUNMEN)) == [
        {"st_a", "st_b"}
    ]


def test_an_act_that_an_outlet_lays_at_a_door_itself_stays_whole() -> None:
    assert parts(SILENT, statement("b", report("herald"))) == [{"st_a", "st_b"}]


def test_a_denied_charge_stands_apart_even_when_an_outlet_makes_it() -> None:
    charge = statement("b", report("herald"))
    denial = statement("c", report("post"), OFFICIAL, factuality="denied")
    assert parts(SILENT, charge, denial) == [{"st_a"}, {"st_b", "st_c"}]


def test_other_acts_are_never_taken_apart() -> None:
    silent = statement("a", report("courier"), type="PROTEST", subject=None)
    loud = statement("b", report("herald"), MINISTER, type="PROTEST")
    assert parts(silent, loud) == [{"st_a", "st_b"}]


def test_who_only_tells_the_act_is_no_source_of_the_charge() -> None:
    told = "The army post at Port Selva was attacked."
    claims = form_claims(
        [
            statement("a", report("courier"), subject=None, sentence=told, at=32),
            statement("b", report("herald"), subject=None, sentence=told, at=32),
            statement("c", report("post"), MINISTER, object=ARMY),
        ]
    )
    backed = {claim.head.statement_id: claim.n_sources for claim in claims}
    assert backed.pop("st_c") == 1
    assert list(backed.values()) == [2]
