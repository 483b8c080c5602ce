"""Who holds a role: the name beside it, before it or behind "is"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.annotate.phrases import Phrase, Scene, subjects_of
from onrecord.model.annotation import Mention, RelationType
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_APPOINTING = frozenset(
    {"elect", "appoint", "name", "serve", "nominate", "become", "make", "choose"}
)
# What a person can be to another person, beside a member or a leader.
PERSONAL = frozenset({"supports", "allied_with", "hostile_to", "subordinate_to"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role found in a sentence: its tokens, its head and the tokens that modify it."""

    name: str
    kind: RelationType
    words: tuple[Token, ...]
    head: Token
    left: tuple[Token, ...] = field(default=())

    @property
    def first(self) -> Token:
        return self.left[0] if self.left else self.words[0]


def holders(scene: Scene, role: Role, organisations: list[Phrase]) -> Iterator[Span]:
    """Yield the names that hold `role` in one of `organisations`."""
    found = _name_right_after(scene, role, organisations)
    # A headline's comma stands for "and", not for an apposition.
    if found is None and role.kind != "part_of" and not scene.sentence.sentence.is_title:
        found = _name_before_comma(scene, role)
    if found is not None:
        yield found.head
    elif not (scene.sentence.sentence.is_title and role.head.dep_ == "appos"):
        yield from _by_grammar(scene, role, organisations)


def _holder_at(scene: Scene, token: Token | None, role: Role) -> Mention | None:
    """Return the name at or right behind `token` that can hold the role; titles are skipped."""
    if token is None:
        return None
    name = scene.name_at(token) or scene.titled_at(token)
    if name is None:
        return None
    if role.kind == "part_of":
        return name if name.kind not in {"person", "country", "place", "people"} else None
    if role.kind in PERSONAL - {"subordinate_to"}:
        return name if name.kind != "place" else None
    return name if name.kind == "person" else None


def _name_right_after(scene: Scene, role: Role, organisations: list[Phrase]) -> Mention | None:
    """Return the person of "Director X", "the director of Y, X," and "the group's leader, X"."""
    end = role.words[-1].i + 1
    for organisation in organisations:
        last = scene.tokens_of(organisation.span)[-1].i
        if last >= end:
            end = last + 1
    person = _holder_at(scene, scene.at(role.words[-1].i + 1), role)
    if person is not None:
        return person
    after = scene.at(end)
    if after is not None and after.lower_ == "to":
        # "US Ambassador to Ruritania John Brandt"
        where = scene.at(end + 1)
        posted = None if where is None else scene.name_at(where)
        if posted is not None:
            end = scene.tokens_of(posted.head)[-1].i + 1
            after = scene.at(end)
    if after is not None and after.text == "(":
        while after is not None and after.text != ")":
            end += 1
            after = scene.at(end)
        end += 1
        after = scene.at(end)
    if after is not None and after.text in {",", ":"}:
        person = _holder_at(scene, scene.at(end + 1), role)
        if person is None:
            return None
        closing = scene.at(scene.tokens_of(person.head)[-1].i + 1)
        is_apposition = closing is None or closing.text in {
            ",",
            ".",
            "-",
            "–",
            "—",
            ";",
            "(",
            "”",
            '"',
        }
        return person if is_apposition and role.head.dep_ != "appos" else None
    if end > role.words[-1].i + 1:
        return _holder_at(scene, after, role)
    return None


def _name_before_comma(scene: Scene, role: Role) -> Mention | None:
    """Return the person of "X, the leader of Y" and "X, who is leader of Y"."""
    position = role.first.i - 1
    before = scene.at(position)
    # Several roles may follow one name: "X, a former judge and head of Y".
    for _ in range(12):
        if before is None or before.text in {",", "(", "–", "—", "-"}:
            break
        if before.pos_ not in {"CCONJ", "NOUN", "ADJ", "DET", "PROPN", "ADP", "ADV", "PART", "NUM"}:
            return None
        if before.dep_ == "ROOT" or _holder_at(scene, before, role) is not None:
            return None
        position -= 1
        before = scene.at(position)
    if before is None or before.text not in {",", "–", "—"}:
        return None
    position -= 1
    before = scene.at(position)
    if before is not None and before.text == ")":
        while before is not None and before.text != "(":
            position -= 1
            before = scene.at(position)
        before = scene.at(position - 1)
    return _holder_at(scene, before, role)


def _by_grammar(scene: Scene, role: Role, organisations: list[Phrase]) -> Iterator[Span]:
    head = role.head
    if head.dep_ == "appos":
        phrase = scene.phrase(head.head)
        if phrase is not None and not any(phrase.span.overlaps(o.span) for o in organisations):
            yield phrase.span
        return
    for child in head.children:
        if child.dep_ == "appos" and _holder_at(scene, child, role) is not None:
            yield scene.phrase(child).span  # type: ignore[union-attr]
            return
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ == "be" and role.kind == "leads":
        # "Its director is X": the parser takes the name for the predicate.
        denied = any(c.dep_ == "neg" for c in verb.children)
        named = [c for c in verb.rights if c.dep_ == "attr" and _holder_at(scene, c, role)]
        if named and not denied:
            yield scene.phrase(named[0]).span  # type: ignore[union-attr]
            return
    is_predicate = head.dep_ == "attr" and verb.lemma_ in {"be", "become", "remain"}
    is_predicate |= head.dep_ == "oprd" and verb.lemma_ in _APPOINTING
    if head.dep_ == "pobj" and verb.lower_ == "as" and verb.head.lemma_ in _APPOINTING:
        is_predicate, verb = True, verb.head
    if is_predicate:
        for subject in subjects_of(verb):
            for phrase in scene.phrases(subject):
                if not any(phrase.span.overlaps(o.span) for o in organisations):
                    yield phrase.span
