"""Take a noun phrase apart into titles, roles and the name proper.

"Former Finance Minister Ada Quill" is a modifier, a title and a name; "Ministry
of Trade and Industry" is one name across its preposition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.doubtful_names import is_common_word, without_credits_behind
from onrecord.annotate.mention_names import body_of, is_known_name
from onrecord.annotate.name_trims import without_credits
from onrecord.annotate.noun_phrases import NounPhrase, is_proper

if TYPE_CHECKING:
    from spacy.tokens import Token

JOINING = frozenset(["-", "–", "&", "'", "’", "/"])
_INSIDE_NAMES = frozenset(["of", "the", "and", "for"])
_LONGEST_TITLE = 5
# What a person is, before the name; none of them are titles or offices.
_EPITHETS = knowledge.word_set("""
    model mother father sister brother star legend striker midfielder goalkeeper rapper comedian
    singer actor actress director quarterback pitcher coach manager captain mvp champion author
    """)


def name_and_titles(phrase: NounPhrase) -> tuple[list[Token], list[tuple[Token, Token]]]:
    """Split the run of name tokens up to the head into titles and the name proper."""
    run = run_of_name(phrase.left, phrase.head.i)
    titles: list[tuple[Token, Token]] = []
    whole = text_between(run[0], last_of_name(phrase))
    if (body_of(whole) is None and not is_known_name(whole)) or _is_titled(run):
        run = without_credits_behind(without_credits(run))
        start = _end_of_titles(run) or _end_of_epithets(run)
        if start:
            first = _start_of_title(run, start)
            titles.append((run[first], run[start - 1]))
            run = run[start:]
    before = [token for token in phrase.left if token.i < (titles[0][0] if titles else run[0]).i]
    role = _role_before(before)
    if role is not None and phrase.head.ent_type_ not in ("GPE", "LOC"):
        titles.insert(0, role)
    return run, titles


def run_of_name(tokens: list[Token], end: int) -> list[Token]:
    """Return the unbroken run of name tokens that ends at token index `end`."""
    run: list[Token] = []
    for token in reversed([token for token in tokens if token.i <= end]):
        if token.i != end and not is_proper(token) and not (run and _joins_names(token)):
            break
        run.insert(0, token)
    while len(run) > 1 and not is_proper(run[0]) and run[0].lower_ not in ("al", "el", "de", "von"):
        run.pop(0)
    return run


def _joins_names(token: Token) -> bool:
    inside = token.ent_iob_ == "I" and token.lower_ in _INSIDE_NAMES
    return inside or token.text in JOINING or knowledge.is_name_particle(token.text)


def _end_of_titles(run: list[Token]) -> int:
    """Return how many leading tokens are titles or what stands before them; 0 when none."""
    for end in range(len(run) - 1, 0, -1):
        if run[end].text in JOINING or run[end - 1].text in JOINING:
            continue
        for start in range(max(0, end - _LONGEST_TITLE), end):
            if knowledge.title_sector(text_between(run[start], run[end - 1])) is None:
                continue
            # "Larry King Live": a title in the middle of one person's name is part of it.
            inside = start > 0 and run[start - 1].ent_type_ == "PERSON"
            if not inside or run[start].ent_iob_ != "I":
                return end
    return 0


def _is_titled(run: list[Token]) -> bool:
    """Whether a full name stands behind a role of somebody: "Orsk Group COO Ada Quill"."""
    return 0 < _end_of_epithets(run) < len(run) - 1


def _end_of_epithets(run: list[Token]) -> int:
    """Return how many leading tokens say what a person is: "Model", "Frenchman", "Vela Bank VP".

    Nothing else is cut from names than what stands before a whole name, given and family.
    """
    end = 0
    for size in range(1, min(len(run) - 2, _LONGEST_TITLE) + 1):
        last, following = run[size - 1], run[size]
        if following.text in JOINING or knowledge.is_name_particle(following.text):
            continue
        if _is_epithet(run[:size]) and last.text not in JOINING:
            end = size
    rest = run[end:]
    whole = all(token.is_alpha and token.text[0].isupper() for token in rest)
    person = (
        rest[-1].ent_type_ == "PERSON"
        or knowledge.is_given_name(rest[0].text)
        or (end == 1 and run[0].lower_ in _EPITHETS)
        or (end > 0 and _is_role(run[end - 1]) and not any(is_common_word(t.text) for t in rest))
    )
    body = body_of(text_between(rest[0], rest[-1]))
    return end if end and whole and person and body is None and len(rest) in (2, 3) else 0


def _is_epithet(words: list[Token]) -> bool:
    last = words[-1].text
    if last.lower() in _EPITHETS:
        return True
    if len(words) == 1 and knowledge.is_given_name(last):
        return False
    if knowledge.role_sector(last.lower()) is not None or knowledge.title_sector(last) is not None:
        return not knowledge.is_weak_role(last.lower()) or len(words) == 1
    nation = knowledge.is_adjective_of_people(last) or knowledge.people_of(last) is not None
    body = knowledge.known_body(last)
    return len(words) == 1 and (nation or (body is not None and body.sector == "PTY"))


def _is_role(token: Token) -> bool:
    word = token.lower_
    return knowledge.role_sector(word) is not None and not knowledge.is_weak_role(word)


def _start_of_title(run: list[Token], end: int) -> int:
    start = end - 1
    for first in range(end - 1, -1, -1):
        word = run[first].text
        text = text_between(run[first], run[end - 1])
        if knowledge.title_sector(text) is not None or (
            knowledge.is_title_modifier(word) or knowledge.title_sector(word) is not None
        ):
            start = first
    return start


def _role_before(tokens: list[Token]) -> tuple[Token, Token] | None:
    """Return the lower-case role that ends right before a name ("opposition leader")."""
    for size in (3, 2, 1):
        tail = tokens[-size:]
        if len(tail) < size or any(token.is_punct and token.text != "-" for token in tail):
            continue
        if knowledge.role_sector(" ".join(token.lower_ for token in tail)) is None:
            continue
        first = tail[0]
        while first.i > tokens[0].i and knowledge.is_title_modifier(first.nbor(-1).text):
            first = first.nbor(-1)
        return first, tail[-1]
    return None


def last_of_name(phrase: NounPhrase) -> Token:
    """Return where the name ends: behind "of Trade" in "Ministry of Trade", else the head."""
    doc = phrase.head.doc
    if phrase.last.i == phrase.head.i:
        return phrase.head
    behind = [doc[i] for i in range(phrase.head.i + 1, phrase.last.i + 1)]
    if is_proper(behind[-1]) and all(
        is_proper(t)
        or t.lower_ in _INSIDE_NAMES | {"on", "against", ",", "'s"}
        or t.text in JOINING
        for t in behind
    ):
        return phrase.last
    if behind[0].ent_iob_ == "I" and is_proper(behind[0]):
        return phrase.last
    return phrase.head


def text_between(first: Token, last: Token) -> str:
    """Return the words from `first` to `last` (inclusive) as written."""
    if first.i == last.i:
        return str(first.text)
    return str(first.doc[first.i : last.i + 1].text)
