"""Trace on whose word a statement rests: outlet <- agency <- … <- speaker.

The outlet comes first because the reader meets it first; each further link is
one step nearer to whoever knows. What the outlet says in its own voice is a
chain of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.model.actor import Entity
from onrecord.model.annotation import Attribution
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.model.statement import ChainLink, ChainRole
from onrecord.read.agencies import known_agency

UNKNOWN_OUTLET = "unknown outlet"
UNNAMED_SOURCE = "unnamed source"
_WRITERS = frozenset({"we", "i", "us", "me", "our", "our team"})
# "No group claimed responsibility" is nobody's word.
_NOBODY = re.compile(r"(?:no|nobody|none|neither|nothing|no-one|not)\b", re.IGNORECASE)
_ABOUT_IT = re.compile(r",| who | which | that | whose ")
# They have a capital at the beginning of a sentence.
_BEGINNERS = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "our", "one", "some", "many", "several",
     "two", "three", "both", "this", "these", "those", "another", "all", "most", "few"}
)  # fmt: skip
# "Claims to have freed them" is what the source says happened.
_CLAIMING = ("claim", "profess", "alleg", "report", "purport", "swear", "swore")


def chain_of(
    document: Document,
    attributions: tuple[Attribution, ...],
    innermost: int | None,
    entity_at: Callable[[Span], Entity | None],
    *,
    happened: bool = False,
) -> tuple[ChainLink, ...]:
    """Return the chain of a statement, from the outlet to the speaker.

    Args:
        document: The report.
        attributions: All its attributions.
        innermost: Index of the innermost attribution that holds the statement,
            None for the outlet's own voice.
        entity_at: Returns who the source at a span is, None if unresolved.
        happened: Whether the statement tells of something as a fact. What somebody
            means to do is their word; the facts told beside it are not.

    Returns:
        At least the outlet. A link that repeats the one before it (an outlet
        that cites itself, a speaker quoted within the own words) is left out.
    """
    links = [_outlet(document), *_agencies(document)]
    for index in lineage(attributions, innermost):
        attribution = attributions[index]
        if _own_voice(document, attribution) or _of_nobody(document, attribution):
            continue
        if happened and _of_intent(document, attribution):
            continue
        link = _speaker(document, attribution, entity_at)
        if not any(_same(link, earlier) for earlier in links):
            links.append(link)
    return tuple(links)


def lineage(attributions: tuple[Attribution, ...], innermost: int | None) -> tuple[int, ...]:
    """Return the attributions around a statement, outermost first."""
    path: list[int] = []
    index = innermost
    while index is not None and index not in path:
        path.append(index)
        index = attributions[index].parent
    return tuple(reversed(path))


def _own_voice(document: Document, attribution: Attribution) -> bool:
    """Return whether the source is "we" outside any quotation: whoever writes the text."""
    span = attribution.source
    if span is None or document.text[span.start : span.end].casefold() not in _WRITERS:
        return False
    before = document.text[: span.start]
    paragraph = before[before.rfind("\n") + 1 :]
    return not (paragraph.count('"') % 2 or paragraph.count("“") > paragraph.count("”"))


def _of_nobody(document: Document, attribution: Attribution) -> bool:
    """Return whether it says that nobody said so."""
    span = attribution.source
    return span is not None and _NOBODY.match(document.text, span.start, span.end) is not None


def _of_intent(document: Document, attribution: Attribution) -> bool:
    """Return whether the content is what the source promises, plans or agrees to do."""
    if attribution.cue is None or attribution.kind == "direct":
        return False
    content = attribution.content[0]
    if document.text[content.start : content.start + 3].casefold() != "to ":
        return False
    cue = document.text[attribution.cue.start : attribution.cue.end].casefold().split()
    return not any(word.startswith(_CLAIMING) for word in cue)


def _outlet(document: Document) -> ChainLink:
    name = document.publisher.strip()
    if not name:
        return ChainLink(UNKNOWN_OUTLET, "outlet", None, False, None)
    return ChainLink(name, "outlet", None, True, None)


def _agencies(document: Document) -> list[ChainLink]:
    links = []
    credited = [name.strip() for name in document.wire_credit.split(",") if name.strip()]
    for name in credited:
        if name.casefold() == document.publisher.strip().casefold():
            continue
        places = [f.span for f in document.furniture if name and _credits(f.value, name)]
        links.append(ChainLink(name, "agency", None, True, places[0] if places else None))
    return links


def _credits(value: str, name: str) -> bool:
    return bool(value) and (name.casefold() in value.casefold() or known_agency(value) == name)


def _speaker(
    document: Document, attribution: Attribution, entity_at: Callable[[Span], Entity | None]
) -> ChainLink:
    if attribution.source is None:
        return ChainLink(UNNAMED_SOURCE, "speaker", None, False, attribution.cue)
    span = attribution.source
    entity = entity_at(span)
    if entity is None or not entity.named:
        name = _core(document.text[span.start : span.end]) if entity is None else entity.name
        entity_id = None if entity is None else entity.entity_id
        return ChainLink(name, "speaker", entity_id, _reads_as_name(name), span)
    agency = known_agency(entity.name)
    role: ChainRole = "speaker"
    if agency:
        role = "agency"
    elif entity.kind == "media":
        role = "outlet"
    return ChainLink(agency or entity.name, role, entity.entity_id, True, span)


def _core(words: str) -> str:
    """Return the words of a source up to what is told about it."""
    return _ABOUT_IT.split(words, maxsplit=1)[0].strip(" ,") or words


def _reads_as_name(words: str) -> bool:
    """Return whether words are a name though nobody bears it: "ATIKO", "Vela Mar"."""
    parts = words.split()
    if len(parts) == 1:
        return words.isupper() and len(words) > 2
    return all(part[:1].isupper() for part in parts) and parts[0].casefold() not in _BEGINNERS


def _same(link: ChainLink, earlier: ChainLink) -> bool:
    if link.entity_id is not None and link.entity_id == earlier.entity_id:
        return True
    return link.named and earlier.named and _plain(link.name) == _plain(earlier.name)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()
