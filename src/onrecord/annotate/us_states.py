"""Tell a US state from the country of the same name by what else the report speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate import knowledge
from onrecord.model.annotation import Mention

_OFFICES = (
    r"(?:['’]s)? (?:state|[Gg]overnor|Gov\.|[Ss]enators?|Sen\.|Rep\.|[Cc]ongress(?:man|woman)|"
    r"Supreme Court|[Ll]egislat\w+|Senate|House|Secretary of State|Republicans?|Democrats?|"
    r"primary|[Cc]ounty|National Guard|Department of|lawmakers)\b"
)
_WORD = re.compile(r"\b[A-Z]\w+(?: [A-Z]\w+)?\.?")


def states_for_countries(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with states of the US that were taken for countries as places.

    Args:
        text: The document's text.
        mentions: Its mentions.
    """
    names = {
        m.head.text_in(text) for m in mentions
        if m.kind == "country" and knowledge.us_state(m.head.text_in(text))
    }  # fmt: skip
    states = {name for name in names if _is_state(text, name)}
    if not states:
        return tuple(mentions)
    return tuple(
        replace(m, kind="place")
        if m.kind == "country" and m.head.text_in(text) in states
        else m
        for m in mentions
    )  # fmt: skip


def _is_state(text: str, name: str) -> bool:
    """Return whether more speaks for the state called `name` than for the country."""
    country = knowledge.country_of(name)
    for_state = len(re.findall(rf"\b(?:state of {name}\b|{name}{_OFFICES})", text))
    for_country = 0
    told = set(_WORD.findall(text)) | {word.split()[0] for word in _WORD.findall(text)}
    for word in told - {name}:
        code = (knowledge.nation_code(word) or knowledge.capital_country(word) or "")[:3]
        if code == country:
            for_country += 2
        elif code and code != "USA":
            for_country += 1
        elif code == "USA" or knowledge.us_state(word) is not None:
            for_state += 1
    return for_state > for_country
