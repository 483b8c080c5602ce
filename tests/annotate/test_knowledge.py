"""World knowledge is complete, consistent with ISO 3166 and read as news writes it."""

from __future__ import annotations

import pycountry
import pytest
import yaml

from onrecord.annotate import knowledge

# Specks of land without people or news of their own.
_LEFT_OUT = {
    "ALA", "ATF", "BES", "BLM", "BVT", "CCK", "CXR", "HMD", "IOT", "MAF", "MSR", "NFK", "NIU",
    "PCN", "SGS", "SJM", "SPM", "SXM", "TKL", "UMI", "WLF",
}  # fmt: skip


def test_every_iso_country_is_known_by_its_name() -> None:
    missing = [
        country.name
        for country in pycountry.countries
        if country.alpha_3 not in _LEFT_OUT
        and country.alpha_3 not in {code for _, code in knowledge.country_names()}
    ]
    assert missing == []


def test_every_code_is_iso_or_the_usual_one_of_kosovo() -> None:
    iso = {country.alpha_3 for country in pycountry.countries}
    former = {country.alpha_3 for country in pycountry.historic_countries}
    codes = {code for _, code in knowledge.country_names()}
    assert codes - iso - former == {"XKX"}


def test_every_sovereign_state_has_a_capital_and_an_adjective() -> None:
    text = (knowledge.files("onrecord") / "resources" / "countries.yaml").read_text("utf-8")
    countries = yaml.safe_load(text)
    states = [c for c in pycountry.countries if c.alpha_3 in countries]
    without_capital = {s.alpha_3 for s in states if not countries[s.alpha_3]["capital"]}
    without_adjective = {s.alpha_3 for s in states if not countries[s.alpha_3]["adjectives"]}
    assert without_capital == {"ATA", "HKG", "MAC"}
    assert without_adjective == {"COG", "DMA", "JEY"}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Iraq", "IRQ"), ("the U.S.", "USA"), ("US", "USA"), ("us", None), ("UK", "GBR"),
        ("the Netherlands", "NLD"), ("turkey", None), ("Turkey", "TUR"), ("Côte d’Ivoire", "CIV"),
        ("DR Congo", "COD"), ("Congo", "COD"), ("Kosovo", "XKX"), ("USSR", "SUN"), ("Iraqi", None),
        ("Atlantis", None), ("Swaziland", "SWZ"), ("chad", None),
    ],
)  # fmt: skip
def test_country_names(word: str, code: str | None) -> None:
    assert knowledge.country_of(word) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Iraqi", "IRQ"), ("Iraqis", "IRQ"), ("Danes", "DNK"), ("French", "FRA"), ("Poles", "POL"),
        ("poles", None), ("South Korean", "KOR"), ("Congolese", "COD"), ("Nigerien", "NER"),
        ("Nigerian", "NGA"), ("Catalan", "ESP"), ("Kurdish", None), ("polish", None),
    ],
)  # fmt: skip
def test_demonyms(word: str, code: str | None) -> None:
    assert knowledge.demonym_country(word) == code


def test_peoples_and_faiths_are_told_apart() -> None:
    kurds, sunni, danes = (knowledge.people_of(w) for w in ("Kurds", "Sunni", "Danes"))
    assert kurds is not None
    assert (kurds.kind, kurds.sector) == ("people", "")
    assert sunni is not None
    assert sunni.sector == "REL"
    assert danes is not None
    assert danes.country == "DNK"
    assert knowledge.people_of("Wombats") is None


def test_seats_of_government() -> None:
    assert knowledge.capital_country("Kyiv") == "UKR"
    assert knowledge.government_seat("the Kremlin") == "RUS"
    assert knowledge.government_seat("Paris") is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("ministry", "government"), ("police force", "government"), ("rebels", "armed_group"),
        ("gunmen", "armed_group"), ("companies", "company"), ("newspapers", "media"),
        ("parties", "organisation"), ("table", None), ("agencies", "organisation"),
    ],
)  # fmt: skip
def test_nouns_of_bodies(word: str, kind: str | None) -> None:
    body = knowledge.body_noun(word)
    assert (None if body is None else body.kind) == kind


@pytest.mark.parametrize(("word", "known"), [("Liwa", True), ("Al-Hashd", True), ("Ahmad", False)])
def test_organisation_prefixes(word: str, known: bool) -> None:
    assert (knowledge.organisation_prefix(word) is not None) is known


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("the Interior Ministry", "GOV"), ("Gen. Amin Solway", "MIL"), ("protesters", "CVL"),
        ("Iraqi security forces", "MIL"), ("the Supreme Court of Kenya", "JUD"),
        ("three police officers", "COP"), ("lawmakers", "LEG"), ("the Taliban", "REB"),
        ("the United Nations", "UNO"), ("the Kremlin", "GOV"), ("students", "EDU"),
        ("Sen. Olive Trent", "LEG"), ("the weather", ""),
    ],
)  # fmt: skip
def test_sectors(name: str, sector: str) -> None:
    assert knowledge.sector_of(name) == sector


def test_titles_need_a_capital() -> None:
    assert knowledge.title_sector("General") == "MIL"
    assert knowledge.title_sector("general") is None
