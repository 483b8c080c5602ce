"""Whatever names one nation is one actor, and no actor holds the names of two."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.knowledge import country_names, country_of, nation_code
from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.model.statement import ResolvedDocument
from onrecord.read.any import document_from_text
from onrecord.resolve.document import resolve_document
from onrecord.resolve.national import country_of_nation, national_key

# "Zionist entity" and the like are phrases more than names.
_NAMES = sorted({name for name, _ in country_names() if name.split()[-1][0].isupper()})


@lru_cache(maxsize=1)
def _extractor() -> RuleExtractor:
    return RuleExtractor()


def _read(text: str) -> ResolvedDocument:
    document = document_from_text(text, uri="test.txt")
    return resolve_document(document, _extractor().annotate(parse_document(document)))


def _nations(resolved: ResolvedDocument) -> dict[str, set[str]]:
    """Return entity -> codes of the nations its names denote as names of countries."""
    found: dict[str, set[str]] = {}
    for mention in resolved.mentions:
        if mention.entity_id is None or mention.form != "name":
            continue
        code = nation_code(mention.head.text_in(resolved.document.text))
        if code is not None and mention.kind == "country":
            found.setdefault(mention.entity_id, set()).add(code)
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_NAMES), min_size=2, max_size=6))
def test_no_actor_holds_the_names_of_two_nations(names: list[str]) -> None:
    text = " ".join(f"On Monday the {name} condemned the attack." for name in names)
    resolved = _read(text)
    assert all(len(codes) == 1 for codes in _nations(resolved).values())
    countries = {e.entity_id: e.country for e in resolved.entities}
    assert {
        (countries[entity], country_of_nation(min(codes)))
        for entity, codes in _nations(resolved).items()
        if countries[entity] != country_of_nation(min(codes))
    } == set()


def test_every_name_of_a_country_is_read_as_that_country() -> None:
    text = "\n\n".join(f"The government of {name} rejected the report." for name in _NAMES)
    resolved = _read(text)
    entities = {e.entity_id: e for e in resolved.entities}
    read = {
        " ".join(m.head.text_in(resolved.document.text).split()): entities[m.entity_id].country
        for m in resolved.mentions
        if m.entity_id is not None and m.kind == "country"
    }
    wrong = {name: read.get(name) for name in _NAMES if read.get(name) != country_of(name)}
    assert wrong == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Democratic People's Republic of Korea", "the Republic of Korea"),
        ("the People’s Republic of China", "the Republic of China"),
        ("the Democratic Republic of the Congo", "the Republic of the Congo"),
        ("Equatorial Guinea", "Guinea"), ("Guinea-Bissau", "Guinea"), ("Niger", "Nigeria"),
        ("South Sudan", "Sudan"), ("Northern Ireland", "Ireland"), ("Scotland", "Britain"),
        ("Northern Ireland", "the United Kingdom"), ("Dominica", "the Dominican Republic"),
        ("the US Virgin Islands", "the British Virgin Islands"), ("Austria", "Australia"),
        ("American Samoa", "Samoa"), ("East Germany", "Germany"), ("Mexico", "New Mexico"),
        ("the Islamic State of Iraq and Syria", "Syria"), ("North Korea", "South Korea"),
    ],
)  # fmt: skip
def test_names_that_share_words_stay_two_actors(one: str, other: str) -> None:
    resolved = _read(f"{one[0].upper()}{one[1:]} accused {other}. Later {other} rejected it.")
    text = resolved.document.text
    of = {m.head.text_in(text): m.entity_id for m in resolved.mentions if m.form == "name"}
    first, second = of.get(one.removeprefix("the ")), of.get(other.removeprefix("the "))
    assert first is None or second is None or first != second
    assert {first, second} != {None}


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("Scotland", "country", ("country", "GBR-Scotland")), ("UK", "country", ("country", "GBR")),
        ("the Scottish government", "government", ("government", "GBR-Scotland")),
        ("Rohingya", "people", ("people", "MMR-Rohingya")), ("Kurds", "people", ("people", "-Kurd")),
        ("Abkhazian authorities", "government", ("government", "GEO-Abkhazia")),
        ("Tbilisi", "government", ("government", "GEO")), ("Meridian Front", "government", None),
        ("Iraqis", "people", ("people", "IRQ")), ("Iraqis", "organisation", None),
    ],
)  # fmt: skip
def test_key_of_a_nation(name: str, kind: str, key: tuple[str, str] | None) -> None:
    assert national_key(name, kind) == key  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Northern Irish officials met.", "GBR"), ("South Sudanese troops left.", "SSD"),
        ("Equatorial Guinea's president spoke.", "GNQ"), ("New Mexico officials met.", "USA"),
        ("Papua New Guinea's police fired.", "PNG"), ("North Korean troops left.", "PRK"),
    ],
)  # fmt: skip
def test_the_longest_name_tells_the_country(text: str, country: str) -> None:
    told = {e.country for e in _read(f"On Monday {text}").entities if not e.named}
    assert told == {country}
