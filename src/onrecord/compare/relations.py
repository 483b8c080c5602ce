"""Tell whether two standing relations are one, oppose each other, or one follows from the other."""

from __future__ import annotations

from onrecord.compare.actors import Likeness, likeness, side
from onrecord.compare.weighing import roles_of
from onrecord.compare.windows import Window, window_of
from onrecord.model.claim import PartyView, StatementView

SURE = 10.0
_FITS: frozenset[Likeness] = frozenset({"same", "near"})
_FRIENDLY = frozenset({"allied_with", "supports"})
# Whoever leads a body belongs to it.
FOLLOWS = {"leads": "member_of"}
# A militia, its commander, his force, their state: so far may one's fight be the other's.
_FARTHEST_BOND = 3


def family_of_relation(type_: str) -> str:
    """Return what relations must share to be compared at all."""
    return "feelings" if type_ == "hostile_to" or type_ in _FRIENDLY else type_


def entails(strong: StatementView, weak: StatementView) -> bool:
    """Return whether one relation says more than another and so supports it.

    "X commands the Guard" supports "X is of the Guard", not the other way round.
    """
    if FOLLOWS.get(strong.type) != weak.type or "relation" not in (strong.kind, weak.kind):
        return False
    if "denied" in (strong.factuality, weak.factuality):
        return False
    return roles_of(strong, weak) == ("same", "same") and _valid_together(strong, weak)


def same_relation(a: StatementView, b: StatementView, *, story: bool) -> float:
    """Return how strongly two relations of one family are one, 0 when they are not.

    Args:
        a: A relation.
        b: Another of its family.
        story: Whether their reports tell one story.
    """
    subject, object_ = roles_of(a, b)
    if a.type == b.type and subject == "same" and object_ == "same":
        return SURE if _valid_together(a, b) else 0
    opposed = hostility(a) is not None and hostility(b) is not None and (
        hostility(a) != hostility(b)
    )  # fmt: skip
    if opposed:
        return _opposed(a, b, story)
    if a.type == b.type and story and {subject, object_} <= _FITS and _valid_together(a, b):
        return 4
    return 0


def hostility(view: StatementView) -> bool | None:
    """Return whether a relation says that two are enemies; None when it speaks of neither."""
    if view.type == "hostile_to":
        return view.factuality != "denied"
    if view.type in _FRIENDLY:
        return view.factuality == "denied"
    return None


def _opposed(a: StatementView, b: StatementView, story: bool) -> float:
    """Judge "A fights B" against "A is an ally of B": the pair counts, in any order."""
    ties = a.report.ties | b.report.ties
    best = 0.0
    for first, second in (((a.subject, b.subject), (a.object, b.object)),
                          ((a.subject, b.object), (a.object, b.subject))):  # fmt: skip
        alike = [likeness(*first, ties), likeness(*second, ties)]
        if alike == ["same", "same"]:
            best = max(best, 6)
        elif "same" in alike and story:
            other = first if alike[1] == "same" else second
            if alike.count("near") or _bound(*other, a.report.bonds | b.report.bonds):
                best = max(best, 4)
    return best


def _bound(
    one: PartyView | None,
    other: PartyView | None,
    bonds: frozenset[tuple[PartyView, PartyView]],
) -> bool:
    """Return whether a short way of bonds leads from one party to the other.

    The arms of one state are one place on the way.
    """
    start, end = side(one), side(other)
    if start is None or end is None:
        return False
    pairs = {(side(a), side(b)) for a, b in bonds}
    reached: set[str | None] = {start}
    for _ in range(_FARTHEST_BOND):
        reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        # Who has no name of his own binds nobody.
        reached.discard(None)
    return end in reached


def _valid_together(a: StatementView, b: StatementView) -> bool:
    """Return whether two relations may hold at one time; "in 2013" and "in 2016" do not."""
    first, second = _validity(a), _validity(b)
    return first is None or second is None or first.meets(second)


def _validity(view: StatementView) -> Window | None:
    return window_of(view) if view.date_from is not None or view.date_to is not None else None
