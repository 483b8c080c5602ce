"""Weigh what reports tell around two names: their sectors, relations and company.

Names decide first. What stands around them moves a link by a little, so that it
tips only those that names leave in doubt: an initial with a surname, a name
with a word more, a word that many names share. It never joins what names do
not speak for, and the reasons are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.resolve.evidence import DOUBTFUL, Link
from onrecord.resolve.names import Decision

Side = Literal["subject", "object"]
# Type of a relation, the side the name stands on, the profile on the other side.
Tie = tuple[str, Side, str]

# From here on names are sure enough whatever stands around them.
_SURE = 0.85
_SAME_SECTOR = 0.02
_OTHER_SECTOR = -0.06
_ONE_RELATION, _MORE_RELATIONS = 0.05, 0.08
_COMPANION, _MOST_COMPANY = 0.01, 0.04
# Two names in company of so few others may be so by chance.
_FEWEST_COMPANIONS = 2
# A sector that fewer of the reports tell is a slip of some.
_MOSTLY = 0.5
# What a person of one sector may well be called in the next report: minister, deputy, general.
_FAMILIES = (
    frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PTY", "EUR", "UNO", "IGO"}),
    frozenset({"REB", "UAF", "PRM", "MIL", "CRM", "PTY", "REL"}),
    frozenset({"EDU", "MED", "NGO", "IGO", "UNO", "REL", "LAB", "JRN", "BUS"}),
)
# Said of anybody.
_VAGUE = frozenset({"CVL", ""})
_WORDS: dict[tuple[str, Side], str] = {
    ("leads", "subject"): "both lead {}",
    ("leads", "object"): "{} leads both",
    ("member_of", "subject"): "both belong to {}",
    ("member_of", "object"): "{} belongs to both",
    ("part_of", "subject"): "both are part of {}",
    ("part_of", "object"): "{} is part of both",
    ("founded", "subject"): "both founded {}",
    ("founded", "object"): "{} founded both",
    ("supports", "subject"): "both support {}",
    ("supports", "object"): "{} supports both",
    ("subordinate_to", "subject"): "both answer to {}",
    ("subordinate_to", "object"): "{} answers to both",
    ("allied_with", "subject"): "both are allied with {}",
    ("hostile_to", "subject"): "both are hostile to {}",
}
RELATIONS_THAT_TELL = frozenset(type_ for type_, _ in _WORDS)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reports tell around the name of a profile.

    Attributes:
        sectors: PLOVER sector codes -> how many entities are told to be of it.
        ties: Relations to other profiles, as reports state them.
    """

    sectors: Mapping[str, int]
    ties: frozenset[Tie] = frozenset()

    @property
    def told(self) -> frozenset[str]:
        """The sectors that most entities are of which tell one, without vague ones."""
        told = {code: n for code, n in self.sectors.items() if code not in _VAGUE}
        most = max(told.values(), default=0)
        return frozenset(code for code, n in told.items() if n >= _MOSTLY * most)


NOTHING = Surroundings({})


def is_weighed(link: Link) -> bool:
    """Return whether surroundings count for a link: names speak for it but leave some doubt."""
    return link.how in {"name", "alias"} and DOUBTFUL <= link.decision.score < _SURE


def shared_ties(one: Surroundings, other: Surroundings) -> list[Tie]:
    """Return the relations that reports state of both, sorted."""
    return sorted(one.ties & other.ties)


def weigh(
    link: Link,
    one: Surroundings,
    other: Surroundings,
    companions: Collection[str],
    names: Mapping[str, str],
) -> Link:
    """Return a link with score and reasons as what stands around the two names moves them.

    Args:
        link: Why two profiles may be one, by their names.
        one: What stands around the first.
        other: What stands around the other.
        companions: People and bodies that reports mention with both.
        names: Profile id -> name, for the reasons.
    """
    by, reasons = 0.0, []
    ties = [tie for tie in shared_ties(one, other) if tie[2] not in {link.one, link.other}]
    if ties:
        by += _ONE_RELATION if len(ties) == 1 else _MORE_RELATIONS
        reasons += [_WORDS[type_, side].format(names.get(i, i)) for type_, side, i in ties[:2]]
    if one.told and other.told:
        same = sorted(one.told & other.told)
        if same:
            by += _SAME_SECTOR
            reasons.append(f"both of sector {', '.join(same)}")
        elif not _akin(one.told, other.told):
            by += _OTHER_SECTOR
            sides = " and of ".join(", ".join(sorted(s.told)) for s in (one, other))
            reasons.append(f"of sector {sides}")
    if len(companions) >= _FEWEST_COMPANIONS:
        by += min(_COMPANION * len(companions), _MOST_COMPANY)
        reasons.append(f"{len(companions)} names are mentioned with both")
    if not reasons:
        return link
    decision = link.decision
    score = round(min(max(decision.score + by, 0.0), 1.0), 3)
    return replace(link, decision=Decision(score, (*decision.reasons, *reasons), decision.apart))


def _akin(one: Collection[str], other: Collection[str]) -> bool:
    return any(family & set(one) and family & set(other) for family in _FAMILIES)
