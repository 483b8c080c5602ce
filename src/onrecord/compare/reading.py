"""Read a statement as its reader does: "we" is the speaker, what is denied is denied."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.model.claim import PartyView, StatementView

_FIRST_PERSON = frozenset({"we", "us", "i", "me"})
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing))\b", re.I
)
# After these words a new clause tells something else than what is denied.
_ELSEWHERE = re.compile(
    r"[;.]|,|\b(?:but|while|after|before|although|because|since|when|and (?:said|told))\b", re.I
)
_LONGEST = 90


def as_read(view: StatementView) -> StatementView:
    """Return a statement with first persons and denials carried over to it.

    Args:
        view: Any statement. Only its own sentence and chain are looked at.
    """
    view = _speaking(view)
    if view.kind == "event" and view.factuality not in ("denied", "planned") and _denied(view):
        return replace(view, factuality="denied")
    return view


def _speaking(view: StatementView) -> StatementView:
    speaker = view.chain[-1]
    if speaker.role != "speaker" or speaker.actor_id is None:
        return view
    subject, object_ = (
        PartyView(speaker.actor_id, speaker.name, party.text, named=speaker.named)
        if party is not None and not party.named and party.text.lower() in _FIRST_PERSON
        else party
        for party in (view.subject, view.object)
    )
    return replace(view, subject=subject, object=object_)


def _denied(view: StatementView) -> bool:
    """Return whether "X denied" stands before an act that it takes as its object."""
    before = view.sentence[: view.at]
    found = list(_DENIAL.finditer(before))
    if view.type == "REJECT" or not found:
        return False
    between = before[found[-1].end() :]
    return len(between) <= _LONGEST and _ELSEWHERE.search(between) is None
