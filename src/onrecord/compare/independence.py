"""Count sources that do not rely on each other.

What a statement rests on is the last link of its chain: the speaker quoted,
the agency or outlet credited, the outlet itself. Near copies, and reports
with the same quotations in the same order, rest on one. A source without a
name is never equal to another, and never shown to be another either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.compare.figures import agree
from onrecord.compare.grouping import Joined
from onrecord.compare.words import (
    INSTITUTIONS,
    MEDIA,
    PAPERS,
    kin,
    stem,
    tells_own_finding,
    words_of,
)
from onrecord.model.claim import Independence, LinkView, ReportView, StatementView

# Characters beside a name in which an office is told, and what ends them.
_OFFICE = 60
_PAUSE = re.compile(r"[.,;:!?\n“”\"()]|\b(?:and|said|says|told)\b")
_POSSESSIVES = frozenset({"its", "their", "his", "her"})
# Unnamed sources that are outlets: "the paper", "the agency".
_OUTLETS = frozenset(
    map(stem, ("paper", "newspaper", "magazine", "agency", "website", "station", "outlet", "which"))
)
# Parties of what is told, or pronouns that nobody could place: no source of their own.
_NOBODY = frozenset(
    {"he", "she", "it", "they", "we", "the two sides", "both sides", "the two", "the sides",
     "both", "the two leaders", "the two countries", "the two governments", "all sides"}
)  # fmt: skip
_ARTICLE = re.compile(r"^(?:an?|the) ")
# So many equal quotations in a row are one text by one hand, or one press release.
_SHARED_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """On whose word a statement rests.

    Attributes:
        key: Equal for statements of one origin.
        name: As shown to people.
        named: Whether it can be told from others.
        speaker: Whether it is somebody quoted, not an outlet or agency.
    """

    key: str
    name: str
    named: bool
    speaker: bool


def origin_of(view: StatementView) -> Origin:
    """Return on whose word a statement rests, taken by itself."""
    link = _source(view)
    denier = view.subject
    if view.type == "REJECT" and link.role != "speaker" and denier is not None and denier.named:
        # An outlet that tells of a denial denies nothing itself.
        link = LinkView(denier.name, "speaker", True, denier.actor_id)
    if link.named:
        return Origin(_named_key(link), link.name, True, link.role == "speaker")
    plain = _ARTICLE.sub("", link.name.casefold())
    return Origin(f"unnamed {view.report.copies} {plain}", link.name, False, link.role == "speaker")


def origins_of(views: Sequence[StatementView]) -> dict[str, Origin]:
    """Return the origin of every statement of a claim, by statement id.

    Statements that turn out to rely on each other get one origin: that of the
    best known, outlets before speakers of unknown name.

    Args:
        views: The statements of one claim.
    """
    own = {view.statement_id: origin_of(view) for view in views}
    _rest_headlines_on_bodies(views, own)
    _rest_own_voice_on_quoted(views, own)
    by_key: dict[str, Origin] = {}
    words: dict[str, frozenset[str]] = {}
    for view in views:
        origin = own[view.statement_id]
        kept = by_key.get(origin.key)
        by_key[origin.key] = origin if kept is None else min(kept, origin, key=_rank)
        words.setdefault(origin.key, _role_words(view))
    joined = Joined(sorted(by_key))
    ties = frozenset(pair for view in views for pair in view.report.ties)
    actors = {own[view.statement_id].key: _source(view).actor_id for view in views}
    for a, b in combinations(sorted(by_key), 2):
        # Who leads a body, or is of it, speaks for it.
        pair = actors.get(a) or a, actors.get(b) or b
        if (
            pair in ties
            or pair[::-1] in ties
            or _one_institution(by_key[a], by_key[b], words[a], words[b])
            or _one_paper(by_key[a], by_key[b])
            or _one_surname(by_key[a], by_key[b])
        ):
            joined.join(a, b)
    _join_cited(views, own, joined)
    for one_view, other_view in _same_text(views):
        one, other = own[one_view.statement_id], own[other_view.statement_id]
        # Copies bring the same speakers; what each says stays apart.
        alone = not (one.speaker and other.speaker) or one.name == other.name
        if alone or not (one.named and other.named):
            joined.join(one.key, other.key)
    _join_copies(views, own, joined)
    best: dict[str, Origin] = {}
    for key, origin in by_key.items():
        root = joined.root(key)
        best[root] = min(best.get(root, origin), origin, key=_rank)
    return {name: best[joined.root(origin.key)] for name, origin in own.items()}


def count_sources(origins: Iterable[Origin]) -> tuple[int, Independence]:
    """Return how many sources there are, and whether it is known that none relies on another.

    Each source without a name counts, since none is known to be another; but
    neither is it known to be somebody else.
    """
    known = {origin.key: origin for origin in origins}
    named = sum(origin.named for origin in known.values())
    if len(known) <= 1 or named == len(known):
        return len(known), "established"
    return len(known), "partly" if named >= 2 else "not_established"


def _rest_headlines_on_bodies(views: Sequence[StatementView], own: dict[str, Origin]) -> None:
    """Let headlines, and denials in reported words, rest on whom their report names.

    "Brigades deny attack" and "rejected the charge that it had attacked" are
    the word of whoever is quoted with the denial further down.
    """
    bodies: dict[tuple[str, bool], Origin] = {}
    for view in sorted(views, key=lambda view: view.statement_id):
        origin = own[view.statement_id]
        key = view.report.document_id, view.factuality == "denied"
        if not _is_headline(view) and (origin.speaker or not key[1]):
            kept = bodies.get(key)
            bodies[key] = origin if kept is None else min(kept, origin, key=_first_speaker)
    for view in views:
        denied = view.factuality == "denied"
        if denied or _is_headline(view):
            # A headline's own source is mostly its first words, mistaken for one.
            body = bodies.get((view.report.document_id, denied))
            own[view.statement_id] = body or own[view.statement_id]


def _rest_own_voice_on_quoted(views: Sequence[StatementView], own: dict[str, Origin]) -> None:
    """Let what an outlet says itself rest on whom the same report quotes for it.

    A first paragraph states what a later one attributes; that is no second source. What the
    outlet found itself is, and so is a figure that nobody quoted gives.
    """
    quoted: dict[tuple[str, bool], list[StatementView]] = {}
    for view in views:
        if own[view.statement_id].speaker:
            key = view.report.document_id, view.factuality == "denied"
            quoted.setdefault(key, []).append(view)
    first = {
        key: min((own[v.statement_id] for v in said), key=_first_speaker)
        for key, said in quoted.items()
    }
    for view in views:
        key = view.report.document_id, view.factuality == "denied"
        if key not in quoted or own[view.statement_id].speaker or _found_itself(view):
            continue
        if view.kind != "quantity" or any(agree(view, said) for said in quoted[key]):
            own[view.statement_id] = first[key]


def _found_itself(view: StatementView) -> bool:
    """Return whether the outlet says that it knows by itself ("the Herald counted 14")."""
    outlet = _plain(view.report.publisher)
    return bool(outlet and outlet in _plain(view.sentence[: view.at])) or tells_own_finding(
        view.sentence
    )


def _first_speaker(origin: Origin) -> tuple[bool, bool, str]:
    return not origin.named, not origin.speaker, origin.key


def _join_copies(views: Sequence[StatementView], own: dict[str, Origin], joined: Joined) -> None:
    """Let what near copies say in their own voice be of one voice."""
    voices: dict[str, str] = {}
    for view in views:
        origin = own[view.statement_id]
        if not origin.speaker:
            joined.join(voices.setdefault(view.report.copies, origin.key), origin.key)


def _join_cited(views: Sequence[StatementView], own: dict[str, Origin], joined: Joined) -> None:
    """Let what an outlet has from another rest on whatever that one has it from."""
    told: dict[str, list[Origin]] = {}
    for view in views:
        publisher = _plain(view.report.publisher)
        if publisher:
            told.setdefault(publisher, []).append(own[view.statement_id])
    if len(told) < 2:
        return
    for view in views:
        mine = own[view.statement_id]
        if mine.speaker and mine.named:
            continue
        for publisher, theirs in told.items():
            if publisher != _plain(view.report.publisher) and _cites(view, publisher):
                joined.join(mine.key, min(theirs, key=_rank_cited).key)


def _cites(view: StatementView, publisher: str) -> bool:
    """Return whether a statement is told after an outlet: in its chain, or in its own words."""
    if any(link.role != "speaker" and _plain(link.name) == publisher for link in view.chain[1:]):
        return True
    source = _source(view)
    if source.role != "speaker":
        return publisher in view.sentence.casefold()
    # "The paper quoted an officer": which paper, the beginning of the report tells.
    after_paper = bool(words_of(source.name) & _OUTLETS)
    return after_paper and publisher in view.report.lead.casefold()


def _rank_cited(origin: Origin) -> tuple[bool, str]:
    return not origin.speaker, origin.key


def _one_paper(one: Origin, other: Origin) -> bool:
    """Return whether two unnamed sources are one paper: "a leaked memo", "the document"."""
    return not (one.named or other.named) and all(
        words_of(origin.name) & PAPERS for origin in (one, other)
    )


def _one_surname(one: Origin, other: Origin) -> bool:
    """Return whether one speaker is the other by the last name alone, in one story."""
    if not (one.named and other.named and one.speaker and other.speaker):
        return False
    short, long = sorted((one.name.split(), other.name.split()), key=len)
    return len(short) == 1 < len(long) and short[0].casefold() == long[-1].casefold()


def _is_headline(view: StatementView) -> bool:
    return bool(view.report.title) and view.sentence.strip() in view.report.title


def _role_words(view: StatementView) -> frozenset[str]:
    """Return the stems of words that tell who the source is: name, titles, what stands beside."""
    link = _source(view)
    found = words_of(" ".join((link.name, *link.titles)))
    if link.role != "speaker":
        return found
    if link.named:
        return found | _described(link.name, f"{view.report.lead}\n{view.sentence}")
    if link.name.split(" ", 1)[0].casefold() in _POSSESSIVES and view.subject is not None:
        # "Ostra expelled them, its foreign ministry said": not anybody's ministry.
        found |= words_of(view.subject.name)
    return found


@lru_cache(maxsize=16384)
def _described(name: str, text: str) -> frozenset[str]:
    """Return the stems of words before and behind a name that tell of its bearer's office."""
    last = name.split()[-1]
    found: set[str] = set()
    at = text.find(last)
    while at >= 0:
        end = at + len(last)
        # "The interior minister, Ana Brill, said": one comma may part office and name.
        before = _PAUSE.split(text[max(0, at - _OFFICE) : at].removesuffix(name[: -len(last)])
                              .rstrip(" ,"))  # fmt: skip
        found |= words_of(before[-1])
        if text[end : end + 2] == ", ":
            found |= words_of(_PAUSE.split(text[end + 2 : end + 2 + _OFFICE])[0])
        at = text.find(last, end)
    return frozenset(found)


def _one_institution(
    one: Origin, other: Origin, words: frozenset[str], others: frozenset[str]
) -> bool:
    """Return whether two speakers speak for one institution: "police", "police chief X"."""
    if not (one.speaker or other.speaker):
        return False
    for bare, full in ((words, others), (others, words)):
        if bare & INSTITUTIONS and bare <= full:
            return True
    # "The foreign ministry's spokesman" and "Ministry of Foreign Affairs".
    shared = {word for word in words if any(kin(word, other) for other in others)}
    return bool(shared & INSTITUTIONS) and len(shared) > 1


def relies_on(view: StatementView) -> tuple[LinkView, ...]:
    """Return those between the outlet and the origin: agencies and outlets passed through."""
    return view.chain[1:-1]


def _source(view: StatementView) -> LinkView:
    """Return the last link that says who it is; "they" and "the two sides" do not.

    Who speaks in a release of the own institution is that institution, and so
    is an outlet that names itself ("the Mission", "the ministry").
    """
    outlet = view.chain[0]
    publisher = words_of(outlet.name)
    for link in reversed(view.chain):
        if not link.named and link.name.casefold() in _NOBODY:
            continue
        if link.role == "speaker" and publisher and outlet.named:
            own = words_of(link.name)
            release = publisher & INSTITUTIONS and not publisher & MEDIA
            if (own and own <= publisher) or release:
                return outlet
        return link
    return outlet


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _named_key(link: LinkView) -> str:
    # An outlet that is cited and one that reports have the same name, whatever the role.
    if link.role == "speaker" and link.actor_id is not None:
        return link.actor_id
    return "name " + _plain(link.name)


def _rank(origin: Origin) -> tuple[bool, bool, str, str]:
    return not origin.named, origin.speaker, origin.name, origin.key


def _same_text(views: Sequence[StatementView]) -> Iterable[tuple[StatementView, StatementView]]:
    """Yield statements of reports that are one text; each against the first of its text."""
    first: dict[str, StatementView] = {}
    for view in sorted(views, key=lambda view: view.statement_id):
        # One report may quote several people on one thing: only equal places of the text.
        key = f"{view.report.copies} {' '.join(view.sentence.split())[:80].casefold()}"
        if key in first:
            yield first[key], view
        else:
            first[key] = view
    reports = {v.report.document_id: v.report for v in views if v.report.quotes}
    ordered = [reports[name] for name in sorted(reports)]
    for index, report in enumerate(ordered):
        for other in ordered[:index]:
            if report.copies != other.copies and _quotes_alike(report, other):
                yield from _between(views, other, report)


def _between(
    views: Sequence[StatementView], one: ReportView, other: ReportView
) -> Iterable[tuple[StatementView, StatementView]]:
    for a in views:
        for b in views:
            if a.report.document_id == one.document_id and b.report.document_id == (
                other.document_id
            ):
                yield a, b


def _quotes_alike(one: ReportView, other: ReportView) -> bool:
    """Return whether two reports bring the same quotations in the same order."""
    shared = set(one.quotes) & set(other.quotes)
    if len(shared) < _SHARED_QUOTES:
        return False
    return [q for q in one.quotes if q in shared] == [q for q in other.quotes if q in shared]
