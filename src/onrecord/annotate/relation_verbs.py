"""Relations that a verb, an adjective or a hyphenated participle shows.

"X backs Y", "Y was founded by X", "it answers to X", "active in Y",
"X-backed Y". A verb shows a standing fact only where both sides are actors,
so each side must be a mention, a name or a noun for an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from onrecord.annotate.knowledge import country_of
from onrecord.annotate.phrases import (
    Phrase,
    Scene,
    agents_of,
    antecedent,
    is_passive,
    preposition,
    subjects_of,
)
from onrecord.annotate.relation_words import relation_words
from onrecord.model.annotation import Relation, RelationType
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSON_PRONOUNS = frozenset(
    {"he", "she", "him", "her", "who", "i", "we", "they", "them", "it", "us"}
)
_SYMMETRIC = frozenset({"allied_with", "hostile_to"})


def verb_relations(scene: Scene) -> Iterator[Relation]:
    """Yield the relations shown by predicates in one sentence."""
    for token in scene.tokens:
        if token.pos_ in {"VERB", "ADJ", "AUX"}:
            yield from _verb(scene, token)
            yield from _with_preposition(scene, token)
        word = token.text
        if word in {"-", "‐", "–"}:
            yield from _hyphenated(scene, token)
        elif "-" in word:
            yield from _in_one_token(scene, token)
        yield from _make_up(scene, token)


def _verb(scene: Scene, verb: Token) -> Iterator[Relation]:
    words = relation_words()
    kind = words.verbs.get(verb.lemma_.lower())
    if kind is None or verb.pos_ == "ADJ":
        return
    if kind == "leads" and any(c.dep_ in {"xcomp", "ccomp"} for c in verb.children):
        # "Pressure led the ministry to resign" is about what it did.
        return
    if verb.lemma_ == "set" and not any(
        c.dep_ == "prt" and c.lower_ == "up" for c in verb.children
    ):
        return
    evidence = scene.span(verb)
    if is_passive(verb) or (verb.tag_ == "VBD" and verb.dep_ == "acl"):
        doers = agents_of(verb)
        undergoers = subjects_of(verb)
        if not doers:
            return
        by = next((c for c in verb.children if c.lower_ == "by"), verb)
        evidence = scene.span(verb, by) if by.i > verb.i and by.i - verb.i < 3 else evidence
    else:
        if verb.lemma_ in words.passive_only:
            return
        doers = subjects_of(verb)
        undergoers = [antecedent(c) for c in verb.children if c.dep_ == "dobj"]
        if verb.dep_ == "relcl" and not undergoers and kind in {"founded", "leads"}:
            undergoers = [verb.head]
    for doer in doers:
        for subject in scene.phrases(doer):
            for undergoer in undergoers:
                for bare in _with_examples(scene, undergoer):
                    target = _crowd_named(scene, bare) if kind == "leads" else bare
                    if _fits(kind, subject, target):
                        yield Relation(kind, subject.span, target.span, evidence, confidence=0.75)


def _with_examples(scene: Scene, head: Token) -> Iterator[Phrase]:
    """Yield the phrase, its conjuncts, and the members it names ("groups, including A and B")."""
    for phrase in scene.phrases(head):
        counted = [c for c in phrase.head.children if c.dep_ == "prep" and c.lower_ == "of"]
        quantity_of = counted and phrase.head.lemma_ in {
            "number",
            "series",
            "range",
            "handful",
            "host",
        }
        inner = [g for c in counted for g in c.children if g.dep_ == "pobj"] if quantity_of else []
        if inner:
            for token in inner:
                wide = scene.phrase(token)
                if wide is not None:
                    yield Phrase(phrase.span.cover(wide.span), token, wide.mention)
        else:
            yield phrase
        for holder in (phrase.head, *inner):
            for child in holder.children:
                if child.dep_ == "prep" and child.lower_ in {"including", "like"}:
                    for member in child.children:
                        if member.dep_ == "pobj":
                            yield from scene.phrases(member)


def is_actor(phrase: Phrase) -> bool:
    if phrase.mention is not None:
        return phrase.mention.kind != "place"
    head = phrase.head
    if head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
        return True
    if head.lower_ in _PERSON_PRONOUNS:
        return True
    return head.lemma_.lower() in relation_words().organisation_nouns


def _is_named(phrase: Phrase) -> bool:
    if phrase.mention is not None:
        return phrase.mention.form == "name"
    return phrase.head.pos_ == "PROPN" and phrase.head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}


def _is_group(phrase: Phrase) -> bool:
    return is_actor(phrase) and not phrase.is_person


def _fits(kind: RelationType, subject: Phrase, target: Phrase) -> bool:
    """Return whether the two sides can stand in the relation."""
    if subject.span.overlaps(target.span) or not is_actor(subject):
        return False
    if kind == "supports" and target.is_person:
        # Voters and colleagues back a person today; who arms or funds a body backs it lastingly.
        return False
    if kind in {"supports", "hostile_to"} and subject.head.pos_ == "PRON":
        return subject.head.lower_ == "it" and is_actor(target) and _is_named(target)
    if kind == "leads" and (subject.head.pos_ == "PRON" or _has_owner(target)):
        return False
    if kind in {"leads", "founded"}:
        pronouns = _PERSON_PRONOUNS - {"it"} if _is_named(subject) else _PERSON_PRONOUNS
        return _is_group(target) and target.head.lower_ not in pronouns
    if not is_actor(target):
        return False
    return _is_named(subject) or _is_named(target)


def _crowd_named(scene: Scene, phrase: Phrase) -> Phrase:
    """Return a body called by its people with its whole name: "the Widows of the Quarry".

    What is taken for a person or a place is a body where the name is a plural, English or Spanish;
    any other phrase is returned as it is.
    """
    head, mention = phrase.head, phrase.mention
    if mention is None or mention.kind not in {"person", "place"}:
        return phrase
    body = replace(mention, kind="organisation")
    first = scene.tokens_of(phrase.span)[0]
    if first.text in {"Los", "Las"} and first != head:
        return Phrase(phrase.span, head, body)
    before = scene.at(head.i - 1)
    called = head.tag_ == "NNPS" and head.is_title and not scene.sentence.sentence.is_title
    if not called or mention.kind == "place" or before is None or before.lower_ != "the":
        return phrase
    last, position = head, head.i + 1
    while (word := scene.at(position)) is not None:
        if word.is_title:
            last = word
        elif word.lower_ not in {"of", "at", "for", "against", "without", "the"}:
            break
        position += 1
    return Phrase(scene.span(head, last), head, body)


def _has_owner(phrase: Phrase) -> bool:
    """Return whether the phrase is somebody's own ("his campaign")."""
    return any(c.tag_ == "PRP$" for c in phrase.head.children)


def _with_preposition(scene: Scene, head: Token) -> Iterator[Relation]:
    table = relation_words().prepositional.get(head.lemma_.lower())
    if table is None:
        return
    pairs = list(preposition(head, set(table)))
    if not pairs and head.dep_ == "acomp":
        # The parser often hangs "in X" of "was active in X" on the verb.
        pairs = [(w, t) for w, t in preposition(head.head, set(table)) if w.i > head.i]
    for word, token in pairs:
        kind = table[word.lower_]
        subjects = subjects_of(head)
        if head.dep_ == "amod":
            subjects = [head.head]
        evidence = scene.span(head, word) if word.i - head.i < 4 else scene.span(head)
        for subject_token in subjects:
            for subject in scene.phrases(subject_token):
                for target in scene.phrases(token):
                    yield from prepositional(kind, subject, target, evidence)


def prepositional(kind: str, subject: Phrase, target: Phrase, evidence: Span) -> Iterator[Relation]:
    if subject.span.overlaps(target.span):
        return
    if kind == "part_of_reversed":
        if _is_group(subject) and _is_group(target):
            yield Relation("part_of", target.span, subject.span, evidence, confidence=0.65)
        return
    relation = cast(RelationType, kind)
    if relation == "active_in":
        fits = _is_group(subject) and _is_place(target)
    elif relation == "located_in":
        fits = _is_place(target) and not subject.is_person and subject.head.pos_ != "PRON"
    elif relation == "member_of":
        fits = _is_group(target) and is_actor(subject)
    else:
        fits = is_actor(subject) and is_actor(target)
    if fits:
        yield Relation(relation, subject.span, target.span, evidence, confidence=0.7)


def _is_place(phrase: Phrase) -> bool:
    if phrase.mention is not None and phrase.mention.form == "name":
        return phrase.mention.kind in {"place", "country"} or phrase.head.ent_type_ in {
            "GPE",
            "LOC",
        }
    if phrase.head.ent_type_ in {"GPE", "LOC", "FAC"}:
        return True
    return phrase.head.lemma_.lower() in {
        "country", "region", "area", "province", "city", "state", "district", "town", "village",
        "border", "south", "north", "east", "west", "territory", "valley", "desert", "zone",
    }  # fmt: skip


def _hyphenated(scene: Scene, hyphen: Token) -> Iterator[Relation]:
    """Yield what "X-backed Y" and "pro-X Y" show."""
    before, after = scene.at(hyphen.i - 1), scene.at(hyphen.i + 1)
    if before is None or after is None:
        return
    if before.lower_ == "pro" and (after.pos_ == "PROPN" or after.ent_type_):
        backer = after
        first = before
        kind: str | None = "pro"
    else:
        backer, first = before, before
        kind = relation_words().hyphenated.get(after.lower_)
    if kind is None:
        return
    other = scene.phrase(backer)
    if other is None or not (
        other.mention is not None or backer.ent_type_ or backer.pos_ == "PROPN"
    ):
        return
    if kind == "active_in" and backer.ent_type_ not in {"GPE", "LOC"}:
        return
    noun = _noun_after(scene, after if kind != "pro" else backer)
    if noun is None or noun.lemma_ in {"effort", "operation", "attack", "plan", "campaign", "talk"}:
        return
    evidence = scene.span(first, after)
    for target in scene.phrases(noun):
        named = target
        if target.span.overlaps(other.span):
            start = scene.at(after.i + 1)
            if start is None or start.i > noun.i:
                continue
            named = Phrase(scene.span(start, noun), noun, target.mention)
        if not (is_actor(named) or named.head.pos_ == "PROPN"):
            continue
        subject, target_span = other.span, named.span
        if subject.overlaps(target_span):
            continue
        if kind == "pro":
            yield Relation("supports", target_span, subject, evidence, confidence=0.7)
        elif kind == "commands":
            yield Relation("subordinate_to", target_span, subject, evidence, confidence=0.65)
        elif kind in _SYMMETRIC or kind == "active_in":
            yield Relation(
                cast(RelationType, kind), target_span, subject, evidence, confidence=0.65
            )
        elif kind != "leads" or _is_group(named):
            yield Relation(cast(RelationType, kind), subject, target_span, evidence, confidence=0.8)


def _in_one_token(scene: Scene, token: Token) -> Iterator[Relation]:
    """Yield what "U.S.-backed Y" shows: the period keeps the tokenizer from splitting it."""
    backer, _, participle = token.text.rpartition("-")
    kind = relation_words().hyphenated.get(participle.lower())
    noun = _noun_after(scene, token)
    if kind not in {"supports", "leads"} or noun is None or not country_of(backer):
        return
    start = scene.span(token).start
    after = scene.at(token.i + 1)
    if after is None:
        return
    target = Phrase(scene.span(after, noun), noun, scene.mention_at(noun))
    if _is_group(target):
        subject = Span(start, start + len(backer))
        evidence = scene.span(token)
        yield Relation(cast(RelationType, kind), subject, target.span, evidence, confidence=0.8)


def _noun_after(scene: Scene, token: Token) -> Token | None:
    """Return the head of the noun phrase in which `token` is a modifier."""
    following = scene.at(token.i + 1)
    best = None
    while following is not None and following.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
        best = following if following.pos_ in {"NOUN", "PROPN"} else best
        following = scene.at(following.i + 1)
    return best


def _make_up(scene: Scene, token: Token) -> Iterator[Relation]:
    """Yield membership of groups in a body: "part of X", "which make up X"."""
    if token.lower_ == "part":
        for _word, whole in preposition(token, {"of"}):
            verb = token.head
            if (token.dep_ == "attr" and verb.lemma_ in {"be", "become", "remain"}) or (
                token.dep_ == "dobj" and verb.lemma_ in {"form"}
            ):
                heads = subjects_of(verb)
            elif token.dep_ == "appos":
                heads = [verb]
            else:
                continue
            yield from _parts(scene, heads, whole, scene.span(token, _word))
    if token.lemma_ == "make" and any(c.dep_ == "prt" and c.lower_ == "up" for c in token.children):
        up = next(c for c in token.children if c.dep_ == "prt")
        whole_name = _name_behind(scene, up)
        wholes = [c for c in token.children if c.dep_ == "dobj"] or [
            t for t in (whole_name,) if t is not None
        ]
        if not is_passive(token):
            heads = [_plural_above(head, token) for head in subjects_of(token)]
            for whole in wholes:
                yield from _parts(scene, heads, whole, scene.span(token, up))


def _name_behind(scene: Scene, token: Token) -> Token | None:
    """Return the last word of a name right behind `token`, an article apart."""
    position = token.i + 1
    after = scene.at(position)
    if after is not None and after.tag_ == "DT":
        after = scene.at(position + 1)
    name = None if after is None else scene.name_at(after)
    return None if name is None else scene.tokens_of(name.head)[-1]


def _plural_above(head: Token, verb: Token) -> Token:
    """Return the plural noun that a plural relative clause belongs to.

    In "the militias in Ruritania, which make up the army" the parser takes
    the nearest noun, which the number of the verb rules out.
    """
    current = head
    if verb.tag_ != "VBP":
        return head
    for _ in range(5):
        if current.tag_ in {"NNS", "NNPS"}:
            return current
        current = current.head
    return head


def _parts(scene: Scene, heads: list[Token], whole: Token, evidence: Span) -> Iterator[Relation]:
    for head in heads:
        for part in scene.phrases(head):
            for body in scene.phrases(whole):
                if part.span.overlaps(body.span) or not _is_group(body):
                    continue
                if part.is_person:
                    yield Relation("member_of", part.span, body.span, evidence, confidence=0.65)
                elif is_actor(part):
                    yield Relation("part_of", part.span, body.span, evidence, confidence=0.75)
