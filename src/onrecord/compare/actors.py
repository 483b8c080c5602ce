"""Compare who takes part: the same, near, not known, or somebody else.

Identity itself is settled when the record gives entities their actors; here
equal identifiers are equal actors. Near are those of whom an analyst says
"that is, in effect, the same side": a country and its army, a group and the
member who acts for it.
"""

from __future__ import annotations

from typing import Literal

from onrecord.compare.words import alike, head_noun, words_of
from onrecord.model.claim import PartyView

Likeness = Literal["same", "near", "unknown", "different"]
Ties = frozenset[tuple[str, str]]

_STATE_KINDS = frozenset({"country", "government"})
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
_BODIES = frozenset({"organisation", "armed_group", "company"})
# Kinds that never name one party: a person is not a country, a firm is no army.
_APART = (frozenset({"person", "people"}), frozenset({"country", "government", "place"}))


def likeness(a: PartyView | None, b: PartyView | None, ties: Ties = frozenset()) -> Likeness:
    """Return how two parties stand to each other.

    Args:
        a: One party, None when not said.
        b: The other.
        ties: Pairs of actor ids that the reports say belong together.
    """
    if a is None or b is None:
        return "unknown"
    if a.actor_id is not None and a.actor_id == b.actor_id:
        return "same"
    if a.named and b.named:
        return _named(a, b, ties)
    if a.named or b.named:
        return _half_named(*((a, b) if a.named else (b, a)), ties)
    if a.country and b.country and a.country != b.country:
        return "different"
    noun, other = _noun(a), _noun(b)
    if not noun or not other:
        return "unknown"
    return "same" if noun == other else "near" if alike(noun, other) else "unknown"


def nouns_apart(a: PartyView | None, b: PartyView | None) -> bool:
    """Return whether two without names go by nouns for people or things of two sorts.

    "Rebels" are hardly the "troops" of another report; yet nouns are chosen
    freely, so that this tells less than two names would.
    """
    if a is None or b is None or a.named or b.named:
        return False
    noun, other = _noun(a), _noun(b)
    return bool(noun and other) and noun != other and not alike(noun, other)


def side(party: PartyView | None) -> str | None:
    """Return what a named party is looked up by, None for one without a name.

    The arms of one state share a side, so that "Country" and "the country's
    army" meet; whether they are near is for `likeness` to say.
    """
    if party is None or party.actor_id is None or not party.named:
        return None
    return f"state {party.country}" if is_state(party) else party.actor_id


def is_state(party: PartyView) -> bool:
    """Return whether a party is a country, its government or one of its arms."""
    if not party.country or party.kind in {"person", "people", "media", "company", "armed_group"}:
        return False
    return party.kind in _STATE_KINDS or bool(_STATE_SECTORS & set(party.sector.split(",")))


def tied(a: PartyView, b: PartyView, ties: Ties) -> bool:
    """Return whether the reports say that two belong together.

    Args:
        a: One party.
        b: The other.
        ties: Pairs of actor ids that belong together.
    """
    if a.actor_id is None or b.actor_id is None:
        return False
    return (a.actor_id, b.actor_id) in ties or (b.actor_id, a.actor_id) in ties


def _named(a: PartyView, b: PartyView, ties: Ties) -> Likeness:
    if is_state(a) and is_state(b) and a.country == b.country:
        return "near"
    # One name read as a country here and as a government there is one party.
    if a.name.casefold() == b.name.casefold() and {a.kind, b.kind} != {"person"}:
        return "same"
    if tied(a, b, ties) or _short_for(a, b):
        return "near"
    return "different"


def _short_for(a: PartyView, b: PartyView) -> bool:
    """Return whether one name of a body is the other cut short ("the Brigades")."""
    if not {a.kind, b.kind} <= _BODIES:
        return False
    words, others = words_of(a.name), words_of(b.name)
    return bool(words and others) and (words <= others or others <= words)


def _half_named(named: PartyView, nominal: PartyView, ties: Ties) -> Likeness:
    if named.country and nominal.country and named.country != nominal.country:
        return "different"
    if tied(named, nominal, ties):
        return "near"
    kinds = {named.kind, nominal.kind}
    if "" not in kinds and all(kinds & group for group in _APART):
        return "different"
    if is_state(named) and is_state(nominal):
        return "near"
    # "militias within the Harbour Front" are near the Front.
    name = words_of(named.name)
    return "near" if name and name <= words_of(nominal.text) else "unknown"


def _noun(party: PartyView) -> str:
    return head_noun(party.text or party.name)
