"""Tell an act from the charge of having done it.

"A village was shelled" and "the army says the neighbours shelled it" speak of
one act, but who only tells the first does not stand behind the second. Where
nobody but a speaker says who did it, or somebody denies it, the act and the
charge are two claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model.claim import StatementView

# Acts that are laid at somebody's door; an arrest or a march hardly ever is.
_CHARGED = frozenset({"ASSAULT"})


def act_and_charge(group: Sequence[StatementView]) -> list[list[StatementView]]:
    """Return the group in one list, or as who tells the act and who charges somebody with it.

    Args:
        group: Statements of one thing.
    """
    if any(view.kind != "event" or view.type not in _CHARGED for view in group):
        return [list(group)]
    acts: list[StatementView] = []
    charges: list[StatementView] = []
    for view in group:
        (charges if _names_one(view) or view.factuality == "denied" else acts).append(view)
    if not acts or not any(_names_one(view) for view in charges) or not _contested(charges):
        return [list(group)]
    return [acts, charges]


def _names_one(view: StatementView) -> bool:
    """Return whether a statement says who did it, not just "gunmen"."""
    subject = view.subject
    if subject is None:
        return False
    # "Troops from Meridia" are somebody's.
    told = any(word[:1].isupper() for word in subject.text.split()[1:])
    return subject.named or bool(subject.country) or told


def _contested(charges: Sequence[StatementView]) -> bool:
    return any(view.factuality == "denied" for view in charges) or all(
        view.chain[-1].role == "speaker" for view in charges
    )
