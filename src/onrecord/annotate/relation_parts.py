"""What is inside a body: "the army's 3rd Brigade", "the 12th Front of the corps", "X of the union".

A possessive or an "of" between two names of bodies says that one belongs to the other, when the
inner one is called what parts are called (brigade, committee, wing).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import country_of
from onrecord.annotate.phrases import ORGANISED, Scene
from onrecord.annotate.relation_words import relation_words
from onrecord.model.annotation import Mention, Relation
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHOLES = ORGANISED - {"people", "media"}
_STATE = frozenset({"country", "place"})
# "Court of Appeals" and "Forces of Liberation" are whole names.
_PARTS_BEFORE_OF = frozenset(
    {"front", "wing", "unit", "branch", "faction", "brigade", "battalion", "division", "chapter",
     "cell", "group", "directorate", "subcommittee", "committee", "platoon", "squad", "regiment",
     "bloc", "section", "squadron", "battery", "column", "arm"}
)  # fmt: skip


def part_relations(scene: Scene) -> Iterator[Relation]:
    """Yield bodies and people that are told to be inside a body."""
    yield from _people_of_bodies(scene)
    for token in scene.tokens:
        if _is_possessive(scene, token):
            yield from _possessed(scene, token)
        elif token.lower_ == "of" and token.dep_ == "prep":
            yield from _part_of_whole(scene, token)


def _is_possessive(scene: Scene, token: Token) -> bool:
    """Return whether a mark is one of possession; that behind an s is often read as a quote."""
    if token.tag_ == "POS":
        return True
    if token.text not in ("'", "’"):
        return False
    before = scene.at(token.i - 1)
    return (
        before is not None and before.lower_.endswith("s") and before.idx + len(before) == token.idx
    )


def _people_of_bodies(scene: Scene) -> Iterator[Relation]:
    """Yield "Anna Ruiz of the Harbour Union"; where someone of a place comes from is no body."""
    for person in scene.mentions:
        if person.kind != "person" or person.form != "name":
            continue
        last = scene.tokens_of(person.head)[-1]
        link = scene.at(last.i + 1)
        if link is None or link.lower_ not in {"of", "from", "with"}:
            continue
        token = scene.at(link.i + 1)
        if token is not None and token.tag_ == "DT":
            token = scene.at(token.i + 1)
        body = None if token is None else scene.name_at(token)
        if body is not None and body.kind in _WHOLES - _STATE:
            evidence = scene.span(last, link)
            yield Relation("member_of", person.head, body.head, evidence, confidence=0.7)


def _possessed(scene: Scene, mark: Token) -> Iterator[Relation]:
    before = scene.at(mark.i - 1)
    whole = None if before is None else scene.name_at(before)
    if whole is None or whole.kind not in _WHOLES or whole.kind in _STATE:
        return
    part = _first_name_after(scene, mark, whole)
    if part is not None and _is_called_a_part(scene, part.head):
        evidence = whole.head.cover(part.head)
        yield Relation("part_of", part.head, whole.head, evidence, confidence=0.75)


def _first_name_after(scene: Scene, mark: Token, whole: Mention) -> Mention | None:
    position = _behind_brackets(scene, mark.i + 1)
    while (token := scene.at(position)) is not None and token.pos_ in {"ADJ", "NOUN", "PROPN"}:
        name = scene.name_at(token)
        if name is not None:
            is_body = name.kind in _WHOLES and name.kind not in _STATE
            return name if is_body and not name.head.overlaps(whole.head) else None
        position += 1
    return None


def _behind_brackets(scene: Scene, position: int) -> int:
    """Return where to read on behind an acronym in brackets: "the Corps' (IRC) elite unit"."""
    marks = [scene.at(position), scene.at(position + 2)]
    texts = [mark.text for mark in marks if mark is not None]
    return position + 3 if texts == ["(", ")"] else position


def _part_of_whole(scene: Scene, of: Token) -> Iterator[Relation]:
    """Read "the 12th Front of the Ruritanian Army", which may be one mention or two."""
    head = scene.at(of.i - 1)
    if head is not None and head.text == ")":
        while head is not None and head.text != "(":
            head = scene.at(head.i - 1)
        head = None if head is None else scene.at(head.i - 1)
    if head is None or head.lower_ not in _PARTS_BEFORE_OF:
        return
    first = head
    while (before := scene.at(first.i - 1)) is not None and _names_part(before, head):
        first = before
    if first is head:
        # "A unit of the army" names no unit, "the Directorate of Mines" is a name by itself.
        return
    target = _whole_after(scene, of)
    if target is not None:
        part = scene.span(first, head)
        yield Relation("part_of", part, target, part.cover(target), confidence=0.75)


def _names_part(word: Token, head: Token) -> bool:
    if word.is_punct or word.is_space or word.tag_ == "DT":
        return False
    return (word.is_title or word.is_upper or word.like_num) and word.head.i <= head.i


def _whole_after(scene: Scene, of: Token) -> Span | None:
    position = of.i + 1
    token = scene.at(position)
    if token is not None and token.tag_ == "DT":
        token = scene.at(position + 1)
    if token is None:
        return None
    name = scene.name_at(token)
    if name is None:
        return None
    first = scene.tokens_of(name.head)[0]
    if first.i >= of.i:
        is_body = name.kind in _WHOLES and name.kind not in _STATE
        return name.head if is_body else None
    # One mention covers both: what follows "of" is the whole.
    last = scene.tokens_of(name.head)[-1]
    whole = scene.span(token, last)
    if country_of(scene.parse.text_of(whole)) is not None:
        return None
    return whole if token.i < last.i or token.is_upper else None


def _is_called_a_part(scene: Scene, name: Span) -> bool:
    return any(t.lower_ in relation_words().parts for t in scene.tokens_of(name)[-2:])
