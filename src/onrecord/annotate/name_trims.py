"""Cut off what stands glued to a name: photo credits, words of headlines, half a title.

Captions run into names ("GETTY Ada Quill") and headlines write verbs like
names ("Ada Quill Blames"). What the rest of the document calls the person is
the name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.mention_names import is_main_place_name
from onrecord.model.annotation import Mention, MentionKind
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Outlets, agencies and buttons beside pictures.
_CREDITS = knowledge.word_set("""
    getty images image getty/ap reuters afp epa ap rex shutterstock alamy facebook twitter pinterest
    instagram whatsapp email youtube via photo photos photograph picture video contributor copyright
    credit source associated press agency file handout
    """)
_WORD = re.compile(r"\S+")
_TITLE_OF = re.compile(r"(?P<title>(?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+) of (?:the )?$")
_NATIONAL: frozenset[MentionKind] = frozenset({"country", "people", "government"})
_COMPANY_BEFORE = re.compile(
    r"\b(?:company|firm|chipmaker|carmaker|maker|start-?up|giant|retailer|airline|app|website|"
    r"platform|rival)s?,? $"
)
_COMPANY_BEHIND = re.compile(
    r"(?:['’]s)? (?:Inc|Corp|Ltd|LLC|PLC|Co|shares|stock|shareholders|investors|executives|board|"
    r"employees|customers|headquarters|products|users|subsidiary|chief executive|CEO|app)\b"
)


def without_credits(run: list[Token]) -> list[Token]:
    """Return the tokens of a person's name without credits and shouted words in front."""
    start = 0
    while len(run) - start > 2 and _is_credit(run[start], run[start + 1]):
        start += 1
    named = any(token.ent_type_ == "PERSON" for token in run[start:])
    return run[start:] if start and (named or start > 1) else run


def _is_credit(token: Token, following: Token) -> bool:
    shouted = len(token.text) > 3 and token.text.isupper() and not following.text.isupper()
    return token.lower_ in _CREDITS or "*" in token.text or "/" in token.text or shouted


def trim_names(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions, names of persons cut down to what the document calls them elsewhere.

    Args:
        text: The document's text.
        mentions: Its mentions.
    """
    names = Counter(
        tuple(_words(text, m.head)) for m in mentions if m.form == "name" and m.kind == "person"
    )
    full = {name for name in names if len(name) > 1}
    found = []
    for mention in mentions:
        if mention.form == "name" and mention.kind in ("organisation", "other"):
            mention = _behind_office(text, mention)
        if mention.form == "name" and mention.kind == "person":
            mention = _trimmed(text, _with_whole_title(text, mention), full)
            if _is_company(text, mention, full):
                mention = replace(mention, kind=_COMPANY, confidence=0.6)
        found.append(mention)
    pieces = [piece for m in found for piece in _left_over(text, m)]
    return tuple(
        m for m in found
        if m.form != "name" or _is_known(text, m) or not any(p.contains(m.head) for p in pieces)
    )  # fmt: skip


def _is_known(text: str, mention: Mention) -> bool:
    """Return whether a name is an actor in its own right: the "FBI" of "FBI Director"."""
    if mention.kind in _NATIONAL:
        return True
    name = text[mention.head.start : mention.head.end]
    credit = name.lower() in _CREDITS
    return (knowledge.known_body(name) is not None and not credit) or mention.kind == "place"


def _is_title(words: str) -> bool:
    return (
        knowledge.title_sector(" ".join(w[:1].upper() + w[1:] for w in words.split())) is not None
    )


def _left_over(text: str, mention: Mention) -> list[Span]:
    """Return what in front of a person's name is no actor: "State" of a title, credits."""
    if mention.form != "name" or mention.kind != "person":
        return []
    pieces: list[Span] = []
    for word in _WORD.finditer(text, mention.span.start, mention.head.start):
        inside = Span(word.start(), word.end())
        cut = word[0].lower() in _CREDITS or (len(word[0]) > 3 and word[0].isupper())
        of_title = any(
            title.contains(inside) and _is_title(text[title.start : title.end])
            for title in mention.titles
        )
        if cut or of_title:
            pieces.append(pieces.pop().cover(inside) if pieces else inside)
    return pieces


_COMPANY: MentionKind = "company"


def _words(text: str, span: Span) -> list[str]:
    return text[span.start : span.end].replace("’s", "").replace("'s", "").split()


def _with_whole_title(text: str, mention: Mention) -> Mention:
    """Give "State" of "Secretary of State Ada Quill" back to the title."""
    before = _TITLE_OF.search(text, max(0, mention.span.start - 40), mention.head.start)
    places = [m.span() for m in _WORD.finditer(text, mention.head.start, mention.head.end)]
    if before is None or len(places) < 3:
        return mention
    for size in range(len(places) - 2, 0, -1):
        of = text[places[0][0] : places[size - 1][1]]
        known = _is_place(of) or any(
            knowledge.title_sector(f"{title} of {of}") is not None
            for title in _tails(before["title"])
        )
        title = next(
            (t for t in _tails(before["title"]) if knowledge.title_sector(t) is not None), None
        )
        if title is None or not known:
            continue
        start = before.start("title") + len(before["title"]) - len(title)
        whole = Span(start, places[size - 1][1])
        head = Span(places[size][0], mention.head.end)
        span = Span(min(start, mention.span.start), mention.span.end)
        return replace(mention, span=span, head=head, titles=(*mention.titles, whole))
    return mention


def _behind_office(text: str, mention: Mention) -> Mention:
    """Return the person behind an office with its place or body: "Mayor of Vela Ada Quill"."""
    written = text[mention.head.start : mention.head.end]
    before, of, behind = written.partition(" of ")
    title = next((t for t in _tails(before) if knowledge.title_sector(t) is not None), None)
    if not of or title is None:
        return mention
    start = mention.head.start + len(before) + len(of)
    words = [m.span() for m in _WORD.finditer(text, start, mention.head.end)]
    for size in range(len(words) - 2, 0, -1):
        seat = text[words[0][0] : words[size - 1][1]].removeprefix("the ")
        rest = behind[words[size][0] - start :].split()
        if len(rest) > 3 or not all(word[:1].isupper() and word.isalpha() for word in rest):
            continue
        if _is_place(seat) or knowledge.body_noun(seat.split()[-1]) is not None:
            whole = Span(mention.head.start + len(before) - len(title), words[size - 1][1])
            head = Span(words[size][0], mention.head.end)
            return replace(mention, kind="person", head=head, titles=(whole,), confidence=0.7)
    return mention


def _tails(title: str) -> list[str]:
    words = title.split()
    return [" ".join(words[start:]) for start in range(len(words))]


def _is_place(name: str) -> bool:
    return bool(
        knowledge.country_of(name) or knowledge.us_state(name) or knowledge.capital_country(name)
    ) or is_main_place_name(name)


def _trimmed(text: str, mention: Mention, full: set[tuple[str, ...]]) -> Mention:
    places = [m.span() for m in _WORD.finditer(text, mention.head.start, mention.head.end)]
    words = tuple(text[start:end] for start, end in places)
    size = len(words)
    if size < 3:
        return mention
    for length in range(size - 1, 1, -1):
        for first in (size - length, 0):
            part = words[first : first + length]
            if part not in full or not all(word[:1].isupper() for word in part):
                continue
            if first and not _may_be_glued(words[:first]):
                continue
            head = Span(places[first][0], places[first + length - 1][1])
            return replace(mention, head=head)
    return mention


def _may_be_glued(words: tuple[str, ...]) -> bool:
    """Return whether words before a name are no given names: "Virginia", "HOPE", "Comedian"."""
    return not any(word.endswith(".") or word[:1].islower() for word in words)


def _is_company(text: str, mention: Mention, full: set[tuple[str, ...]]) -> bool:
    """Return whether a single word the tagger took for a person is a firm by its company."""
    word = text[mention.head.start : mention.head.end]
    if " " in word or mention.titles or any(word == name[-1] for name in full):
        return False
    if re.search(r"[a-z]{2}[A-Z]|[a-z][A-Z]$", word) and not word.startswith(("Mc", "Mac", "De")):
        return True
    for found in re.finditer(rf"\b{re.escape(word)}\b", text):
        if _COMPANY_BEHIND.match(text, found.end()):
            return True
        if _COMPANY_BEFORE.search(text, max(0, found.start() - 20), found.start()):
            return True
    return False
