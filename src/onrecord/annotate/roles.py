"""Try a frame on a word of a parsed sentence: does it fit, and who are source and target?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.clauses import (
    agent_of,
    children,
    clause_complements,
    is_passive,
    is_verbal,
    patients_of,
    prepositions_of,
    subject_of,
)
from onrecord.annotate.frames import Condition, Frame, FrameKind, Role, Slot
from onrecord.annotate.lexicon import Lexicon, Shape, load_classes, load_light_verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTOR_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT"})
_MEETINGS = frozenset({"CONSULT"})
# Things that are raided, sealed or besieged as if they were their owners.
_SITES = ("buildings", "property", "territory", "place", "media")
_NEVER_ACTS = frozenset({"DATE", "TIME", "PERSON", "CARDINAL", "MONEY"})
_NATION_LABELS = frozenset({"NORP", "GPE", "ORG"})


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits a word.

    Attributes:
        frame: The frame.
        predicate: The word.
        source: Head of who acts, None when not expressed.
        target: Head of whom the act is directed at, None when not expressed.
        helpers: Other words that name the act: particles, the object of "open fire".
        complements: Heads of clauses and phrases the frame takes in.
        light_verb: The verb that carries a noun's clause ("launched" an attack), or None.
    """

    frame: Frame
    predicate: Token
    source: Token | None
    target: Token | None
    helpers: tuple[Token, ...] = ()
    complements: tuple[Token, ...] = ()
    light_verb: Token | None = None

    @property
    def lemma(self) -> str:
        """Lower-case lemma of the predicate."""
        return self.predicate.lemma_.lower()

    @property
    def shape(self) -> Shape:
        """Whether the sentence gives the act a party."""
        if self.predicate.dep_ == "amod":
            return "participle"
        return "bare" if self.source is None and self.target is None else "filled"


def kind_of(token: Token) -> FrameKind | None:
    """Return which kind of frame a word can be the predicate of."""
    if token.pos_ in {"VERB", "AUX"} or (token.tag_ in {"VBN", "VBG"} and token.pos_ != "NOUN"):
        return None if token.dep_ in {"aux", "auxpass"} else "verb"
    if token.pos_ in {"NOUN", "PROPN"}:
        # "attack helicopters" names no attack, and March is a month.
        if token.dep_ == "compound" or token.ent_type_ in _NEVER_ACTS:
            return None
        return "noun"
    if token.pos_ == "ADJ":
        return "adjective"
    return None


def best_match(lexicon: Lexicon, token: Token) -> Match | None:
    """Return the strictest frame that fits `token`, the first of equals, or None."""
    kind = kind_of(token)
    if kind is None:
        return None
    best: Match | None = None
    for frame in lexicon.frames_of(token.lemma_.lower(), kind):
        if best is not None and frame.strictness <= best.frame.strictness:
            break
        best = match_frame(frame, token) or best
    return best


def match_frame(frame: Frame, token: Token) -> Match | None:
    """Return how `frame` fits `token`, or None when it does not."""
    if not _near(frame, token):
        return None
    if frame.kind == "noun":
        return _match_noun(frame, token)
    if frame.kind == "adjective":
        return _match_adjective(frame, token)
    return _match_verb(frame, token)


def fits(token: Token, condition: Condition) -> bool:
    """Return whether the head word `token` meets `condition`."""
    if condition.is_open:
        return True
    lemma = token.lemma_.lower()
    hit = lemma in condition.lemmas or token.lower_ in condition.lemmas
    hit = hit or any(in_class(token, name) for name in condition.classes)
    return hit != condition.negated


def in_class(token: Token, name: str) -> bool:
    """Return whether `token` belongs to a word class, by its lemma or as a name."""
    classes = load_classes()
    lemma = token.lemma_.lower()
    if lemma in classes.get(name, ()) or token.lower_ in classes.get(name, ()):
        return True
    if name == "pronoun":
        return lemma in classes["pronouns"] or token.lower_ in classes["pronouns"]
    if name in {"actor", "person"}:
        nouns = classes["actor_nouns" if name == "actor" else "person_nouns"]
        if lemma in nouns or token.lower_ in classes["pronouns"]:
            return token.lower_ not in {"it", "itself"} or name == "actor"
        labels = _ACTOR_LABELS if name == "actor" else {"PERSON"}
        return token.ent_type_ in labels or token.pos_ == "NUM"
    if name == "org":
        return token.ent_type_ == "ORG"
    if name == "place":
        return token.ent_type_ in _PLACE_LABELS
    return False


def _near(frame: Frame, token: Token) -> bool:
    if frame.near.is_open and frame.not_near.is_open:
        return True
    words = token.sent
    if not frame.near.is_open and not any(fits(word, frame.near) for word in words):
        return False
    return frame.not_near.is_open or not any(fits(word, frame.not_near) for word in words)


class _Filling:
    """Slots of a frame filled one by one."""

    def __init__(self) -> None:
        self.roles: dict[Role, Token] = {}
        self.helpers: list[Token] = []
        self.complements: list[Token] = []

    def put(self, slot: Slot, token: Token) -> None:
        if slot.role is not None:
            self.roles.setdefault(slot.role, token)
        elif slot.kind in {"word", "particle"} or not slot.condition.is_open:
            self.helpers.append(token)
        if slot.role is None and slot.kind in {"to", "that", "object", "preposition"}:
            self.complements.append(token)


def _match_verb(frame: Frame, verb: Token) -> Match | None:
    filling = _Filling()
    patients = patients_of(verb)
    if frame.subject == "S":
        agent = agent_of(verb)
        if agent is not None and not fits(agent, frame.subject_condition):
            return None
        if agent is None and not frame.subject_condition.is_open and not is_passive(verb):
            return None
        if agent is not None:
            filling.roles["S"] = agent
    else:
        subject = subject_of(verb)
        if subject is None or not fits(subject, frame.subject_condition):
            return None
        if frame.subject == "T":
            filling.roles["T"] = subject
        else:
            filling.helpers.append(subject)
        patients = [patient for patient in patients if patient != subject]
    for slot in frame.slots:
        token = _fill(slot, verb, patients, filling)
        if token is None and slot.required:
            return None
        if token is not None:
            filling.put(slot, token)
    source, target = filling.roles.get("S"), filling.roles.get("T")
    if frame.reciprocal and source is not None and target is None:
        target = _other_party(source)
    return Match(frame, verb, source, target, tuple(filling.helpers), tuple(filling.complements))


def _other_party(first: Token) -> Token | None:
    """Return the second party of "the minister and the rebels met"."""
    return next((c for c in children(first, "conj")), None)


def _fill(slot: Slot, verb: Token, patients: list[Token], filling: _Filling) -> Token | None:
    used = {*filling.roles.values(), *filling.helpers}
    if slot.kind == "object":
        return next((p for p in patients if p not in used and fits(p, slot.condition)), None)
    if slot.kind == "word":
        return next(
            (w for w in _words_of(verb, patients) if w not in used and _is_word(w, slot)), None
        )
    if slot.kind == "particle":
        near = (c for c in verb.children if c.dep_ in {"prt", "advmod", "prep", "acomp", "oprd"})
        return next((c for c in near if c.lower_ in slot.words), None)
    if slot.kind in {"to", "that"}:
        return next((c for c in _clauses(verb, slot) if fits(c, slot.condition)), None)
    # "impose sanctions on": the phrase may hang on the object.
    holders = [verb, *(h for h in filling.helpers if h.pos_ == "NOUN"), *filling.complements]
    return _prepositional(slot, holders, used)


def _words_of(verb: Token, patients: list[Token]) -> Iterator[Token]:
    yield from patients
    yield from children(
        verb, "attr", "oprd", "acomp", "advmod", "dobj", "npadvmod", "nsubj", "xcomp"
    )
    for clause in clause_complements(verb):
        # "took three men hostage" is parsed as a small clause.
        yield clause
        yield from children(clause, "attr", "oprd", "acomp")
    for patient in patients:
        yield from children(patient, "amod", "oprd", "acomp", "compound", "appos")


def _is_word(token: Token, slot: Slot) -> bool:
    if not fits(token, slot.condition):
        return False
    return slot.modifiers.is_open or any(fits(m, slot.modifiers) for m in token.children)


def _clauses(verb: Token, slot: Slot) -> Iterator[Token]:
    for clause in clause_complements(verb):
        infinitive = any(c.tag_ == "TO" for c in clause.children)
        bare = clause.tag_ == "VB" and not children(clause, "nsubj", "mark")
        if slot.kind == "to" and (infinitive or bare):
            yield clause
        if slot.kind == "that" and clause.dep_ == "ccomp" and not infinitive:
            yield clause


def _prepositional(slot: Slot, holders: list[Token], used: set[Token]) -> Token | None:
    for holder in holders:
        for preposition, head in prepositions_of(holder):
            if preposition in slot.words and head not in used and fits(head, slot.condition):
                return head
    return None


def _match_adjective(frame: Frame, adjective: Token) -> Match | None:
    filling = _Filling()
    if adjective.dep_ in {"acomp", "oprd", "attr"} and is_verbal(adjective.head):
        holder = subject_of(adjective.head)
    elif (adjective.dep_ == "amod" and frame.subject == "T") or (
        adjective.dep_ in {"amod", "acl"} and any(s.required for s in frame.slots)
    ):
        holder = adjective.head
    else:
        return None
    if holder is None or not fits(holder, frame.subject_condition):
        return None
    filling.roles[frame.subject or "S"] = holder
    for slot in frame.slots:
        if slot.kind in {"to", "that"}:
            token = next((c for c in _clauses(adjective, slot) if fits(c, slot.condition)), None)
        else:
            token = _prepositional(slot, [adjective], {holder})
        if token is None and slot.required:
            return None
        if token is not None:
            filling.put(slot, token)
    return Match(
        frame,
        adjective,
        filling.roles.get("S"),
        filling.roles.get("T"),
        tuple(filling.helpers),
        tuple(filling.complements),
    )


def _match_noun(frame: Frame, noun: Token) -> Match | None:
    helpers: list[Token] = []
    if not frame.without.is_open and any(fits(c, frame.without) for c in noun.children):
        return None
    if not frame.modifiers.is_open:
        modifiers = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "poss"}]
        modifiers += [c for m in modifiers for c in children(m, "compound", "amod")]
        fitting = [m for m in modifiers if fits(m, frame.modifiers)]
        if not fitting:
            return None
        helpers = [m for m in fitting if m.dep_ != "poss"]
    filling = _Filling()
    light = _light_verb(noun)
    blamed = _blamed_for(noun)
    _fill_owner(frame, noun, filling)
    for slot in frame.slots:
        holders = [noun, *_carriers(noun, light)]
        token = _prepositional(slot, holders, set(filling.roles.values()))
        if token is not None and slot.role is not None and slot.role in filling.roles:
            token = None if not slot.required else token
        if token is None and slot.required:
            return None
        if token is not None:
            filling.put(slot, token)
    if light is not None:
        _fill_from_light_verb(noun, light, filling)
    if blamed is not None:
        filling.roles.setdefault("S", blamed)
    if frame.type in _MEETINGS and "S" not in filling.roles:
        traveller = _scene_subject(noun)
        if traveller is not None and traveller not in filling.roles.values():
            filling.roles["S"] = traveller
    source, target = filling.roles.get("S"), filling.roles.get("T")
    if source is not None and target is None and _is_between(source, noun):
        target = _other_party(source)
    helpers.extend(filling.helpers)
    return Match(frame, noun, source, target, tuple(helpers), tuple(filling.complements), light)


def as_source(token: Token | None) -> Token | None:
    """Return who acts where `token` is the grammatical doer: the author of a letter, no bomb."""
    if token is None:
        return None
    token = _named(token)
    if token.ent_type_ in _TIMES:
        return None
    if can_act(token):
        return token
    for owner in children(token, "poss"):
        if can_act(owner):
            return owner
    for preposition, head in prepositions_of(token):
        if preposition in {"by", "of", "from"} and in_class(head, "actor"):
            return head
    # "released a statement thanking", "its attempt to attack"
    if token.dep_ == "dobj" and is_verbal(token.head):
        author = agent_of(token.head)
        return author if author is not None and in_class(author, "actor") else None
    return None


def as_target(token: Token | None) -> Token | None:
    """Return whom an act on `token` is directed at: whose plan, launch or claim it is."""
    if token is None:
        return None
    token = _named(token)
    if in_class(token, "actor") or is_unknown_name(token) or _is_who(token):
        return token
    if any(in_class(token, name) for name in _SITES):
        return token
    for owner in children(token, "poss"):
        return owner
    for preposition, head in prepositions_of(token):
        if preposition in {"by", "of", "from", "against"} and in_class(head, "actor"):
            return head
    for modifier in children(token, "compound", "amod", "nmod"):
        if modifier.ent_type_ in _ACTOR_LABELS and modifier.text[:1].isupper():
            return modifier
    return None


def _named(token: Token) -> Token:
    """Return the name that `token` only explains: "Quill, a magnate who backed" is Quill."""
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        return token.head
    return token


def _is_who(token: Token) -> bool:
    """Return whether a relative clause speaks of `token` as of a person."""
    return any(
        child.lower_ in {"who", "whom"}
        for clause in children(token, "relcl")
        for child in clause.children
    )


def content_party(complements: tuple[Token, ...]) -> Token | None:
    """Return whom the content of a request, refusal or complaint concerns."""
    for complement in complements:
        if complement.pos_ in {"VERB", "AUX"}:
            subject = next(iter(children(complement, "nsubj", "nsubjpass")), None)
            if subject is not None and in_class(subject, "actor"):
                return subject
        else:
            party = as_target(complement)
            if party is not None:
                return party
    return None


def can_act(token: Token) -> bool:
    """Return whether a noun can be one who acts: not a bomb, a law or a storm."""
    if token.ent_type_ in _ACTOR_LABELS:
        return True
    return not (in_class(token, "non_actors") or in_class(token, "abstract_nouns"))


def is_unknown_name(token: Token) -> bool:
    """Return whether `token` is a proper noun of which the tagger says nothing else."""
    return token.pos_ == "PROPN" and token.ent_type_ in {"", *_ACTOR_LABELS, "FAC"}


def _carriers(noun: Token, light: Token | None) -> list[Token]:
    """Return the verbs on which a noun's own phrases may hang: "clashes broke out between"."""
    if light is not None:
        return [light]
    happening = load_light_verbs()["happening"]
    if noun.dep_ == "nsubj" and noun.head.lemma_.lower() in happening:
        return [noun.head]
    return []


def _scene_subject(noun: Token) -> Token | None:
    """Return who met or travelled in "during a visit to Selva, the minister said"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in {"during", "following", "after", "before"}:
        return None
    verb = preposition.head
    subject = agent_of(verb) if is_verbal(verb) else None
    return subject if subject is not None and in_class(subject, "actor") else None


def _is_between(party: Token, noun: Token) -> bool:
    return party.head.lower_ in {"between", "among"} and party.head.head == noun


def _fill_owner(frame: Frame, noun: Token, filling: _Filling) -> None:
    role: Role = frame.subject or "S"
    for owner in children(noun, "poss"):
        if in_class(owner, "actor") or owner.pos_ in {"PRON", "PROPN"}:
            filling.roles[role] = owner
            return
    if role == "T":
        return
    for modifier in children(noun, "amod", "compound", "nmod"):
        if modifier.ent_type_ in _NATION_LABELS and modifier.text[:1].isupper():
            filling.roles["S"] = modifier
            return


def _light_verb(noun: Token) -> Token | None:
    """Return the verb that only performs or undergoes what `noun` names, or None."""
    light = load_light_verbs()
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    head = first.head
    if first.dep_ in {"dobj", "nsubjpass"} and is_verbal(head):
        lemma = head.lemma_.lower()
        return head if lemma in light["subject_acts"] | light["subject_undergoes"] else None
    if head.dep_ == "acl" or head.dep_ == "relcl":
        return None
    for clause in children(first, "acl"):
        # "an attack carried out by": the participle performs its own head.
        if clause.tag_ == "VBN" and clause.lemma_.lower() in light["subject_acts"]:
            return clause
    if (
        first.dep_ == "pobj"
        and head.lower_ == "under"
        and head.head.lemma_.lower() in light["under"]
    ):
        return head.head
    return None


def _blamed_for(noun: Token) -> Token | None:
    """Return who is accused of, takes part in or claims what `noun` names, or None."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    preposition = first.head
    if first.dep_ != "pobj" or preposition.lower_ not in {"of", "for", "in", "with", "over"}:
        return None
    words, governor = load_light_verbs(), preposition.head
    if governor.lemma_.lower() in words["answerable"] and governor.dep_ == "dobj":
        governor = governor.head
        return agent_of(governor) if is_verbal(governor) else None
    lemma = governor.lemma_.lower()
    if not is_verbal(governor):
        return None
    if preposition.lower_ == "in" and lemma in words["subject_acts_in"]:
        return subject_of(governor)
    if lemma in words["blame"]:
        return next(iter(patients_of(governor)), None)
    return None


def _fill_from_light_verb(noun: Token, light: Token, filling: _Filling) -> None:
    words = load_light_verbs()
    if noun.dep_ == "pobj":
        subject = subject_of(light)
        if subject is not None:
            filling.roles.setdefault("T", subject)
        return
    lemma = light.lemma_.lower()
    if lemma in words["subject_undergoes"] and not is_passive(light):
        subject = subject_of(light)
        if subject is not None and subject not in filling.roles.values():
            filling.roles.setdefault("T", subject)
        return
    agent = agent_of(light)
    if agent is not None and agent != noun and agent not in filling.roles.values():
        filling.roles.setdefault("S", agent)
