"""Read lists of actors: CSV, FollowTheMoney JSON lines, PETRARCH and Phoenix dictionaries.

Files are told by their first line, not by their names: OpenSanctions and others
call FollowTheMoney files `.json`, actor dictionaries are `.txt`.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pycountry

from onrecord.errors import ReadError
from onrecord.model.actor import ActorKind
from onrecord.model.identifier import content_id
from onrecord.model.known import KnownActor, Role
from onrecord.read.actor_dictionaries import read_dictionary

_NAME = ("name", "names", "actor", "caption", "label")
_ALIASES = ("aliases", "alias", "other_names", "also_known_as", "aka", "synonyms")
_KIND = ("kind", "type", "schema")
_COUNTRY = ("country", "nationality", "iso3", "country_code", "countries")
_SECTOR = ("sector", "sectors", "role", "code")
_ID = ("id", "identifier", "external_id", "uid")
_SINCE = ("since", "from", "start", "start_date")
_UNTIL = ("until", "to", "end", "end_date")
_WIKIDATA = ("wikidata", "wikidata_id", "qid")
_SEPARATOR = re.compile(r"\s*[;|]\s*")
_KINDS: dict[str, ActorKind] = {
    **{kind: kind for kind in get_args(ActorKind)},
    "person": "person", "organization": "organisation", "legalentity": "organisation",
    "publicbody": "government", "company": "company", "airline": "company", "group": "organisation",
    "individual": "person", "entity": "organisation", "militia": "armed_group",
    "armed group": "armed_group", "outlet": "media", "state": "country", "ministry": "government",
}  # fmt: skip
_SCHEMAS = frozenset({"Person", "Organization", "LegalEntity", "PublicBody", "Company"})


def read_actors(path: Path) -> Iterator[KnownActor]:
    """Yield the actors of a list.

    Args:
        path: A CSV file with a column `name`, FollowTheMoney JSON lines, or an actor
            dictionary of PETRARCH, PETRARCH2 or Phoenix.

    Raises:
        ReadError: The file cannot be read, or a line is not what the lines before are.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = next((line for line in file if line.strip()), "")
            file.seek(0)
            if first.lstrip().startswith("{"):
                yield from _follow_the_money(path, file)
            elif _is_table(first):
                yield from _table(path, csv.DictReader(file, dialect=_dialect(first)))
            elif "[" in first or first.lstrip().startswith(("#", ";", "<!", "+")) or "_" in first:
                yield from read_dictionary(path.stem, file)
            else:
                raise ReadError(
                    str(path),
                    "no list of actors",
                    "Give CSV with a column 'name', FollowTheMoney JSON lines, or an actor"
                    " dictionary.",
                )
    except OSError as error:
        raise ReadError(str(path), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ReadError(str(path), "not UTF-8 text", "Convert it: iconv -t UTF-8") from error


def _is_table(first: str) -> bool:
    cells = {cell.strip().strip('"').lower() for cell in re.split(r"[,;\t]", first)}
    return bool(cells & {*_NAME})


def _dialect(first: str) -> type[csv.Dialect]:
    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found


def _table(path: Path, rows: csv.DictReader[str]) -> Iterator[KnownActor]:
    for row in rows:
        cells = {
            (key or "").strip().lower().replace(" ", "_"): value.strip()
            for key, value in row.items()
            if isinstance(value, str)
        }
        name = _cell(cells, _NAME)
        where = f"{path}, line {rows.line_num}"
        if not name:
            raise ReadError(where, "no name", "Fill the column or delete the line.")
        names = dict.fromkeys([name, *_SEPARATOR.split(_cell(cells, _ALIASES))])
        kind = _cell(cells, _KIND).lower()
        if kind and kind not in _KINDS:
            known = ", ".join(get_args(ActorKind))
            raise ReadError(where, f"no such kind {kind!r}", f"Kinds are: {known}.")
        country = _country(_cell(cells, _COUNTRY), where)
        role = Role(
            country,
            re.sub(r"[;| ]+", ",", _cell(cells, _SECTOR)).upper(),
            _day(_cell(cells, _SINCE), where),
            _day(_cell(cells, _UNTIL), where),
        )
        identifier = _cell(cells, _ID) or content_id("li", *names, kind, country)
        wikidata = _cell(cells, _WIKIDATA)
        yield KnownActor(
            path.stem, identifier, tuple(n for n in names if n), _KINDS.get(kind, "organisation"),
            (role,), (("wikidata", wikidata),) if wikidata else (),
        )  # fmt: skip


def _cell(cells: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")


def _country(given: str, where: str) -> str:
    code = _SEPARATOR.split(given)[0] if given else ""
    if not code:
        return ""
    try:
        return str(pycountry.countries.lookup(code).alpha_3)
    except LookupError as error:
        raise ReadError(
            where, f"no such country {code!r}", "Write its name or ISO 3166 code."
        ) from error


def _day(given: str, where: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise ReadError(where, f"{given!r} is not a day", "Write it as 2024-05-01.") from error


def _follow_the_money(path: Path, lines: Iterator[str]) -> Iterator[KnownActor]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            entity = json.loads(line)
        except json.JSONDecodeError as error:
            raise ReadError(where, f"not JSON ({error.msg})") from error
        if not isinstance(entity, dict) or not {"id", "schema", "properties"} <= entity.keys():
            raise ReadError(
                where,
                "not a FollowTheMoney entity",
                "Each line needs id, schema and properties.",
            )
        # Files also hold addresses, sanctions and who owns whom.
        if entity["schema"] in _SCHEMAS:
            known = _entity(entity)
            if known is not None:
                yield known


def _entity(entity: Mapping[str, Any]) -> KnownActor | None:
    values: Mapping[str, list[str]] = entity["properties"]
    # Weak aliases ("Ali") are nicknames that many bear.
    given = [entity.get("caption"), *values.get("name", ()), *values.get("alias", ())]
    names = tuple(dict.fromkeys(str(name).strip() for name in given if name))
    if not names:
        return None
    codes = [*values.get("nationality", ()), *values.get("country", ()),
             *values.get("jurisdiction", ())]  # fmt: skip
    country = next((code for c in codes if (code := _alpha_3(c))), "")
    topics = values.get("topics", ())
    sector = "GOV" if entity["schema"] == "PublicBody" or "role.pep" in topics else ""
    kind = _KINDS[str(entity["schema"]).lower()]
    if kind == "organisation" and "crime.terror" in topics:
        kind = "armed_group"
    wikidata = tuple(("wikidata", str(q)) for q in values.get("wikidataId", ()))
    return KnownActor("ftm", str(entity["id"]), names, kind, (Role(country, sector),), wikidata)


def _alpha_3(code: str) -> str:
    upper = code.upper()
    if len(code) == 2:
        found = pycountry.countries.get(alpha_2=upper)
    else:
        found = pycountry.countries.get(alpha_3=upper)
    return "" if found is None else str(found.alpha_3)
