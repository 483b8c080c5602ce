"""Read actor dictionaries of PETRARCH, PETRARCH2 and Phoenix.

An actor is a line of words joined by "_", its synonyms follow on lines with
"+", and codes stand in brackets, with the days they hold:
`HELENA_MARSH_ [MERGOV 010120-090119] [MERELI >090120]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pycountry

from onrecord.model.actor import ActorKind
from onrecord.model.known import KnownActor, Role

_CODE = re.compile(r"\[([^\]]*)\]")
_COMMENT = re.compile(r"\s*(?:;.*|#.*|<!--.*?-->)")
_RANGE = re.compile(r"(\d{6,8})?\s*([<>-])\s*(\d{6,8})?")
_REBELS = frozenset({"REB", "UAF", "SEP", "INS", "RAD"})
_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
# Dictionaries write years with two digits; these begin in the last century.
_CENTURY_FROM = 40


@dataclass(slots=True)
class _Entry:
    names: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)


def read_dictionary(scheme: str, lines: Iterable[str]) -> Iterator[KnownActor]:
    """Yield the actors of a dictionary.

    Args:
        scheme: Name of the dictionary; an actor's identifier is its first name there.
        lines: Lines of the file.
    """
    entry = _Entry()
    for line in lines:
        text = _COMMENT.sub("", line.rstrip())
        if not text.strip():
            continue
        words = _CODE.sub("", text).strip()
        if words.startswith("+"):
            entry.names.append(words[1:].strip())
        elif words:
            yield from _known(scheme, entry)
            entry = _Entry([words])
        entry.roles += [_role(code) for code in _CODE.findall(text)]
    yield from _known(scheme, entry)


def _known(scheme: str, entry: _Entry) -> Iterator[KnownActor]:
    names = tuple(dict.fromkeys(_name(name) for name in entry.names if _name(name)))
    if not names or not entry.roles:
        return
    roles = sorted(entry.roles, key=lambda role: (role.since or date.min, role.until or date.max))
    identifier = entry.names[0].strip().strip("_")
    yield KnownActor(scheme, identifier, names, _kind(names[0], roles), tuple(roles))


def _name(written: str) -> str:
    words = written.replace("_", " ").split()
    if len(words) == 1 and len(words[0]) <= 4:
        return words[0]
    small = {"AL", "OF", "THE", "FOR", "AND", "BIN", "IBN", "DE", "EL"}
    return " ".join(
        word.lower() if word in small and i else "-".join(p.capitalize() for p in word.split("-"))
        for i, word in enumerate(words)
    )


def _role(code: str) -> Role:
    word, _, days = code.strip().partition(" ")
    country = word[:3] if pycountry.countries.get(alpha_3=word[:3]) is not None else ""
    rest = word[3:] if country else word
    sectors = [rest[i : i + 3] for i in range(0, len(rest), 3)]
    found = _RANGE.search(days)
    since = until = None
    if found is not None:
        before, sign, after = found.groups()
        if sign == "-":
            since, until = _day(before), _day(after)
        elif sign == ">":
            since = _day(after or before)
        else:
            until = _day(after or before)
    return Role(country, ",".join(sectors), since, until)


def _day(digits: str | None) -> date | None:
    if digits is None:
        return None
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) >= _CENTURY_FROM else "20") + digits
    try:
        # Dictionaries write "00" where the month or day does not matter.
        month, day = max(int(digits[4:6]), 1), max(int(digits[6:8] or 1), 1)
        return date(int(digits[:4]), month, day)
    except ValueError:
        return None


def _kind(name: str, roles: list[Role]) -> ActorKind:
    sectors = {code for role in roles for code in role.sector.split(",") if code}
    if not sectors:
        return "country"
    # Bodies do not change what they are; people take and leave office.
    if len(name.split()) > 1 and any(role.since or role.until for role in roles):
        return "person"
    if sectors & _REBELS:
        return "armed_group"
    if sectors & _STATE and len(name.split()) == 1:
        return "government"
    return "organisation"
