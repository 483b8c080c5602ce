"""Places in places, told by standing side by side: "Town, Country", "the Country city of Town"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.mention_names import is_region
from onrecord.annotate.phrases import Phrase, Scene
from onrecord.model.annotation import Mention, MentionKind, Relation
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACE_NOUNS = frozenset(
    {"city", "town", "village", "province", "district", "region", "state", "port", "capital",
     "county", "suburb", "governorate", "island", "neighborhood", "neighbourhood", "area",
     "municipality", "division", "block", "tehsil", "subdivision", "enclave", "peninsula"}
)  # fmt: skip


# Bodies that stand somewhere: "Harlan University in Westmark".
_STANDING: frozenset[MentionKind] = frozenset({"organisation", "company", "government", "other"})


def place_relations(scene: Scene) -> Iterator[Relation]:
    """Yield places in places: "Town, Country", "the Country city of Town", "A in B"."""
    for mention in scene.mentions:
        if mention.form != "name":
            continue
        if _is_place(scene, mention):
            yield from _contained(scene, mention)
        elif mention.kind in _STANDING:
            yield from _standing(scene, mention)


def _standing(scene: Scene, body: Mention) -> Iterator[Relation]:
    """Yield where a named body stands that a place follows: "Harlan University in Westmark"."""
    preposition = scene.at(scene.tokens_of(body.head)[-1].i + 1)
    if preposition is None or preposition.lower_ != "in":
        return
    following = scene.at(preposition.i + 1)
    place = None if following is None else scene.name_at(following)
    # Who acts "in" a country may only do so there; a town tells where a body stands.
    if place is not None and place.kind == "place":
        evidence = body.head.cover(place.head)
        yield Relation("located_in", body.head, place.head, evidence, confidence=0.6)


def _is_place(scene: Scene, mention: Mention) -> bool:
    if mention.kind == "place":
        return True
    return mention.kind == "country" and scene.tokens_of(mention.head)[-1].ent_type_ != "NORP"


def _place_at(scene: Scene, token: Token | None) -> Mention | None:
    if token is None:
        return None
    name = scene.name_at(token)
    return name if name is not None and _is_place(scene, name) else None


def _contained(scene: Scene, inner: Mention) -> Iterator[Relation]:
    tokens = scene.tokens_of(inner.head)
    after = scene.at(tokens[-1].i + 1)
    named = tokens
    is_town = inner.kind == "place" and not is_region(scene.parse.text_of(inner.head))
    if is_town and after is not None and after.lower_ in _PLACE_NOUNS and tokens[-1].head == after:
        # "Brenn village in Orlo District"; the parser often hangs "in" on the verb.
        named, after = [after], scene.at(after.i + 1)
        if after is not None and after.lower_ == "in":
            named.append(after.head)
    if after is not None and after.text == ",":
        outer = _place_at(scene, scene.at(after.i + 1))
        if outer is not None and outer is not inner and not _is_list(scene, tokens[0], outer):
            yield _located(scene, inner.head, outer.head, inner.head.cover(outer.head))
    elif (
        after is not None
        and after.lower_ in {"in", "of"}
        and after.dep_ == "prep"
        and after.head in named
    ):
        following = scene.at(after.i + 1)
        if following is not None and following.tag_ == "DT":
            following = scene.at(following.i + 1)
        outer = _place_at(scene, following)
        if outer is not None and outer is not inner:
            yield _located(scene, inner.head, outer.head, inner.head.cover(outer.head))
    before = scene.at(tokens[0].i - 1)
    if before is not None and before.lower_ == "of":
        noun = scene.at(before.i - 1)
        if noun is not None and noun.lemma_.lower() in _PLACE_NOUNS:
            owner = _owner(scene, noun)
            if owner is not None and not owner.span.overlaps(inner.head):
                yield _located(scene, inner.head, owner.span, scene.span(noun, before))
    elif before is not None and before.tag_ == "POS":
        owner_token = scene.at(before.i - 1)
        outer = _place_at(scene, owner_token)
        if (
            outer is not None
            and outer.kind == "country"
            and outer is not inner
            and not is_region(scene.parse.text_of(inner.head))
        ):
            yield _located(scene, inner.head, outer.head, outer.head.cover(inner.head))


def _is_list(scene: Scene, first: Token, outer: Mention) -> bool:
    """Return whether the comma between two places lists them ("Syria, Iraq and Iran")."""
    last = scene.tokens_of(outer.head)[-1]
    closing = scene.at(last.i + 1)
    if closing is not None and closing.pos_ == "VERB":
        # "From Mosul, Brandt said": the second name is somebody who speaks.
        return True
    if (
        outer.kind == "place"
        and (first_name := scene.name_at(first))
        and first_name.kind == "country"
    ):
        return True
    if closing is not None and closing.lower_ in {"and", "or"}:
        return True
    if closing is not None and closing.text == ",":
        following = scene.at(closing.i + 1)
        if following is not None and (
            following.lower_ in {"and", "or"} or _place_at(scene, following)
        ):
            return True
    if outer.kind == "country":
        opening = scene.at(first.i - 1)
        earlier = scene.at(first.i - 2)
        inner = _place_at(scene, first)
        in_list = (
            opening is not None and opening.text == "," and _place_at(scene, earlier) is not None
        )
        return in_list or (inner is not None and inner.kind == "country")
    return False


def _owner(scene: Scene, noun: Token) -> Phrase | None:
    """Return the country or region in "the Ruritanian city", "Ruritania's second city"."""
    position = noun.i - 1
    while (token := scene.at(position)) is not None and token.pos_ in {
        "ADJ",
        "NOUN",
        "PROPN",
        "PART",
        "NUM",
    }:
        name = scene.name_at(token)
        if name is not None and name.kind not in {"person", "other"}:
            return Phrase(name.head, token, name)
        if token.ent_type_ in {"GPE", "NORP", "LOC"}:
            return Phrase(scene.span(token), token, None)
        position -= 1
    return None


def _located(scene: Scene, inner: Span, outer: Span, evidence: Span) -> Relation:
    return Relation("located_in", inner, outer, evidence, confidence=0.8)
