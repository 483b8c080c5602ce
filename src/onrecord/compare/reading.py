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
    r"[;.]|,|\b(?:but|while|after|before|although|because|since|when|and (?:said|told)|whom?"
    r"|which|where|whose)\b",
    re.I,
)
# "The charge that it attacked is a fabrication", "it is false that shots were fired".
_FALSE = re.compile(
    r"\b(?:is|are|was|were|be|as)\s+(?:\w+ly\s+)?(?:a\s+|an\s+|pure\s+|complete\s+|total\s+)*"
    r"(?:false|untrue|not true|a?\s?lies?|fabricat\w+|forger\w+|inventions?|invented|baseless"
    r"|unfounded|fiction\w*|nonsense|a hoax|propaganda)\b",
    re.I,
)
_NEVER = re.compile(r"\b(?:at no (?:time|point|moment)|under no circumstances|in no way)\b", re.I)
_NOBODY = re.compile(r"(?:nobody|no one|no-one|none|nothing|no\s+\w+)\b", re.I)
_NEGATION = re.compile(r"\b(?:not|n't|never|no)\b|n[’']t\b", re.I)
_LONGEST = 90
# Acts that are words, and the nouns for them.
_SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
_SAYING = re.compile(
    r"\b(?:accusations?|allegations?|charges?|claims?|blame|criticism|complaints?|demands?|calls?"
    r"|requests?|appeals?|threats?|warnings?|ultimatums?)$",
    re.I,
)


def as_read(view: StatementView) -> StatementView:
    """Return a statement with first persons and denials carried over to it.

    Args:
        view: Any statement. Only its own sentence and chain are looked at.
    """
    view = _speaking(view)
    if view.kind != "event" or view.type == "REJECT":
        return view
    if _answered(view):
        return replace(view, factuality="asserted") if view.factuality == "denied" else view
    if view.factuality == "denied":
        return replace(view, factuality="asserted") if _only_told_beside(view) else view
    if view.factuality != "planned" and (_denied(view) or _called_false(view)):
        return replace(view, factuality="denied")
    return view


def _answered(view: StatementView) -> bool:
    """Return whether words are denied or turned down, which shows that they were said.

    "The ministry denied the accusation", "rejected a demand": accusation and demand stand.
    """
    return view.type in _SPOKEN and _SAYING.search(view.trigger) is not None and _denied(view)


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
    if not found:
        return False
    between = before[found[-1].end() :]
    return len(between) <= _LONGEST and _ELSEWHERE.search(between) is None


def _called_false(view: StatementView) -> bool:
    """Return whether an act is said to be invented, never to be, or done to nobody."""
    if any(
        party is not None and _NOBODY.match(party.text) for party in (view.subject, view.object)
    ):
        return _NEGATION.search(view.sentence[: view.at]) is None
    never = _NEVER.search(view.sentence)
    return (never is not None and never.start() < view.at) or (
        view.type != "ACCUSE" and _FALSE.search(view.sentence) is not None
    )


def _only_told_beside(view: StatementView) -> bool:
    """Return whether a denial is of something else: "denied paying those whom they took"."""
    before = view.sentence[: view.at]
    found = list(_DENIAL.finditer(before))
    if not found:
        return False
    between = before[found[-1].end() :]
    beside = re.search(r"\b(?:whom?|which|where|whose)\b", between, re.I)
    return beside is not None and _NEGATION.search(between[beside.end() :]) is None
