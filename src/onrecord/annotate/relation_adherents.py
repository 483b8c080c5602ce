"""Who belongs to a party or a body, told by one word beside the name.

"Republican Ann Vale", "Ann Vale, a Democrat", "the Falcon Cartel's Juan Rojo".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.phrases import Scene
from onrecord.annotate.relation_words import relation_words
from onrecord.model.annotation import Mention, MentionKind, Relation

if TYPE_CHECKING:
    from spacy.tokens import Token

_HAVE_MEMBERS: frozenset[MentionKind] = frozenset(
    {"organisation", "armed_group", "company", "media"}
)
_ARTICLES = frozenset({"a", "an", "the"})


def adherent_relations(scene: Scene) -> Iterator[Relation]:
    """Yield persons that a word beside their name counts among a party or a body."""
    for mention in scene.mentions:
        if mention.form == "name" and mention.kind == "person":
            yield from _of_party(scene, mention)
            yield from _owned(scene, mention)


def _of_party(scene: Scene, person: Mention) -> Iterator[Relation]:
    tokens = scene.tokens_of(person.span)
    named = scene.tokens_of(person.head)
    if not tokens or not named:
        return
    words = relation_words().parties
    for before in (scene.at(named[0].i - 1), scene.at(tokens[0].i - 1)):
        if before is not None and before.text in words:
            yield _belongs(scene, person, before)
            return
    after = scene.at(named[-1].i + 1)
    if after is None or (after.text != "," and after.lemma_.lower() != "be"):
        return
    article = scene.at(after.i + 1)
    if article is None or article.lower_ not in _ARTICLES:
        return
    party = scene.at(article.i + 1)
    if party is not None and party.text in words:
        yield _belongs(scene, person, party)


def _belongs(scene: Scene, person: Mention, party: Token) -> Relation:
    span = scene.span(party)
    return Relation("member_of", person.head, span, span, confidence=0.8)


def _owned(scene: Scene, person: Mention) -> Iterator[Relation]:
    named = scene.tokens_of(person.head)
    mark = scene.at(named[0].i - 1) if named else None
    if mark is None or mark.tag_ != "POS":
        return
    last = scene.at(mark.i - 1)
    body = None if last is None else scene.name_at(last)
    if body is not None and body.kind in _HAVE_MEMBERS:
        yield Relation("member_of", person.head, body.head, scene.span(mark), confidence=0.75)
