"""Decide what a common noun or a pronoun refers to: "the ministry", "gunmen", "who".

More than one person who form no organisation are `people`: protesters, three
men, officials. One of them is a `person`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.noun_phrases import NounPhrase, of_phrase
from onrecord.model.annotation import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSON_PRONOUNS = knowledge.word_set(
    "he she him her his hers himself herself i me my mine myself you your who whom whose"
)
_GROUP_PRONOUNS = knowledge.word_set("they them their theirs themselves we us our ours ourselves")
_THING_PRONOUNS = frozenset(["it", "its", "itself"])
_INDEFINITE = frozenset(
    ["everyone", "everybody", "someone", "somebody", "anyone", "anybody", "nobody"]
)
_PARTS = knowledge.word_set("""
    one two three four five six seven eight nine ten dozens scores hundreds thousands many some most
    several few both half majority none each any all others number couple handful those tens more
    least millions dozen hundred thousand rest group list series
    """)  # fmt: skip
_SAYS = knowledge.word_set("""
    say tell add warn claim announce accuse deny demand urge call ask vow pledge attack kill arrest
    agree refuse reject fight seek want believe insist threaten praise condemn argue suggest note
    """)  # fmt: skip
_WEATHER = frozenset(["rain", "snow", "hail", "thunder", "seem", "appear", "happen", "turn"])
_CLAUSES = frozenset(["ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"])
# "The two met", "the poor": several persons by themselves, with "the" before.
_ANAPHORIC = knowledge.word_set(
    "two three four five six other latter former poor rich elderly injured wounded dead sick"
    " unemployed homeless displaced accused young deceased pair trio"
)
# Head nouns of bodies whose "of" phrase tells what they are: "a group of protesters".
_COLLECTIONS = frozenset(["group", "number", "team", "crowd", "couple", "band", "mob", "list"])


@dataclass(frozen=True, slots=True)
class NounKind:
    """What a noun or pronoun refers to.

    Attributes:
        kind: Mention kind.
        confidence: Probability that it refers to an actor or place of that kind.
    """

    kind: MentionKind
    confidence: float


def noun_kind(phrase: NounPhrase, *, locative: bool) -> NounKind | None:
    """Return what the common noun phrase refers to, None when to no actor and no place."""
    head = phrase.head
    if head.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") and head.lower_ not in _PARTS:
        return None
    if _is_both_sides(phrase):
        return NounKind("organisation", 0.6)
    part = _part_of_group(phrase)
    if part is not None:
        return part
    capitalised_people = knowledge.people_of(head.text)
    if capitalised_people is not None and head.text[0].isupper():
        return NounKind("people", 0.85)
    for words in _tails(phrase):
        found = _by_words(words, phrase, locative=locative)
        if found is not None:
            return found
    return None


def pronoun_kind(token: Token) -> NounKind | None:
    """Return what the pronoun `token` refers to, None when to nobody ("it is raining")."""
    word = token.lower_
    if word in _PERSON_PRONOUNS:
        return NounKind("person", 0.9 if word not in ("you", "your") else 0.5)
    if word in _GROUP_PRONOUNS:
        # "US" in capitals is a country, and "us" after "let" nobody in particular.
        return None if token.text == "US" else NounKind("people", 0.85)
    if word in _THING_PRONOUNS:
        return None if word == "it" and is_expletive(token) else NounKind("other", 0.6)
    if word in _INDEFINITE:
        return NounKind("people", 0.4)
    return None


def is_expletive(token: Token) -> bool:
    """Return whether the pronoun "it" stands for nothing ("it is clear that", "it rained")."""
    verb = token.head
    if token.dep_ == "expl":
        return True
    if verb.pos_ == "ADJ" and verb.head.lemma_ in ("make", "find", "consider") and _clausal(verb):
        return True
    if token.dep_ not in ("nsubj", "nsubjpass"):
        # "made it clear that", "find it hard to"
        return (
            token.dep_ in ("dobj", "dative") and verb.lemma_ in ("make", "find") and _clausal(verb)
        )
    if verb.lemma_.lower() in _WEATHER:
        return True
    if token.dep_ == "nsubjpass":
        return any(child.dep_ in ("ccomp", "csubj", "advcl") for child in verb.rights)
    if verb.lemma_ == "be":
        complements = [c for c in verb.children if c.dep_ in ("acomp", "attr", "prep")]
        times = any(c.ent_type_ in ("TIME", "DATE") for c in complements)
        return times or (bool(complements) and (_clausal(verb) or any(map(_clausal, complements))))
    return verb.lemma_.lower() == "take" and _clausal(verb)


def _clausal(token: Token) -> bool:
    return any(child.dep_ in _CLAUSES for child in token.rights)


def _tails(phrase: NounPhrase) -> list[str]:
    """Return the last three, two and one words up to the head, longest first."""
    words = phrase.left[-3:]
    # As written, so that "president-elect", three tokens for spaCy, stays one word.
    written = [token.text_with_ws for token in words[:-1]] + [words[-1].text]
    return ["".join(written[at:]).lower() for at in range(len(written))]


def _is_both_sides(phrase: NounPhrase) -> bool:
    """Return whether "both sides" are two parties, not those of a road or a coin."""
    two = {"two", "both", "opposing", "warring", "rival"} & {t.lower_ for t in phrase.left[:-1]}
    return phrase.head.lower_ == "sides" and bool(two) and of_phrase(phrase.head) is None


def _part_of_group(phrase: NounPhrase) -> NounKind | None:
    """ "Six of their men" and "a group of protesters" are what stands behind "of"."""
    head = phrase.head
    if head.lower_ not in _PARTS | _COLLECTIONS | _ANAPHORIC:
        return None
    member = of_phrase(head)
    if member is None:
        if head.lower_ == "those" and any(child.dep_ == "relcl" for child in head.rights):
            return NounKind("people", 0.6)
        if phrase.left[0].lower_ == "the" and head.lower_ in _ANAPHORIC and _is_party(head):
            return NounKind("people", 0.55)
        if head.lower_ in ("those", "others", "many", "some", "several", "all") and _acts(head):
            return NounKind("people", 0.5)
        return None
    if member.tag_ in ("PRP", "DT", "WP"):
        inner = pronoun_kind(member)
        return NounKind("people", 0.5) if inner is not None else None
    role = knowledge.role_sector(member.lower_)
    body = knowledge.body_noun(member.lower_)
    people = knowledge.people_of(member.text)
    if role is None and body is None and people is None:
        return None
    if head.lower_ == "one":
        return NounKind("person" if role is not None else "organisation", 0.7)
    return NounKind("people" if role is not None or body is None else body.kind, 0.75)


def _by_words(words: str, phrase: NounPhrase, *, locative: bool) -> NounKind | None:
    head = phrase.head
    plural = head.tag_ in ("NNS", "NNPS") or knowledge.is_collective(words)
    body = knowledge.body_noun(words)
    role = knowledge.role_sector(words)
    if role is not None and knowledge.is_body_noun_in_names_only(_singular(words)):
        body = None
    if body is not None and not _is_bodiless(words, phrase):
        return _body_kind(words, body, role is not None, phrase)
    if role is not None:
        confidence = 0.8
        if knowledge.is_weak_role(words):
            many = plural and head.dep_ in ("nsubj", "nsubjpass", "dobj")
            if not (_is_specified(phrase) or _acts(head) or many):
                return None
            confidence = 0.6
        return NounKind("people" if plural else "person", confidence)
    level = knowledge.place_noun(words)
    if level == "country":
        return NounKind("country", 0.7)
    if level is not None and (locative or _names_inside(phrase)):
        return NounKind("place", 0.55)
    return None


def _body_kind(words: str, body: knowledge.Body, is_role: bool, phrase: NounPhrase) -> NounKind:
    singular = phrase.head.tag_ in ("NN", "NNP")
    if knowledge.is_one_person(words) and singular:
        return NounKind("person", 0.8)
    counted = any(token.dep_ == "nummod" for token in phrase.head.lefts)
    if counted and (is_role or knowledge.is_one_person(_singular(words))):
        return NounKind("armed_group" if body.kind == "armed_group" else "people", 0.8)
    return NounKind(body.kind, 0.8)


def _singular(words: str) -> str:
    if words.endswith("men"):
        return f"{words[:-3]}man"
    return words.removesuffix("s")


def _is_bodiless(words: str, phrase: NounPhrase) -> bool:
    """Whether a noun such as "office" or "side" is used in another sense here."""
    if not knowledge.is_body_noun_in_names_only(words):
        return False
    if phrase.left[0].lower_ == "the" and phrase.head.dep_ == "nsubj":
        # "The church condemned", "the network charged": what acts is a body.
        return phrase.head.head.lemma_ == "be" or phrase.head.head.pos_ != "VERB"
    return not any(is_actor_modifier(token) for token in phrase.left[:-1])


def is_actor_modifier(token: Token) -> bool:
    """Return whether a modifier makes its noun an actor ("Iraqi", "Senate", "rebel")."""
    if token.text[0].isupper() and token.ent_type_ in ("ORG", "GPE", "NORP", "PERSON"):
        return True
    return knowledge.is_adjective_of_people(token.text)


def _is_specified(phrase: NounPhrase) -> bool:
    """Whether the phrase says who is meant: "the group's chief", "a rights group's head"."""
    modified = any(
        token.dep_ in ("poss", "compound") or is_actor_modifier(token) for token in phrase.left[:-1]
    )
    return modified or of_phrase(phrase.head) is not None


def _is_party(head: Token) -> bool:
    return head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj")


def _acts(head: Token) -> bool:
    verb = head.head
    return head.dep_ == "nsubj" and verb.lemma_.lower() in _SAYS


def _names_inside(phrase: NounPhrase) -> bool:
    return any(token.ent_type_ in ("GPE", "LOC") for token in phrase.left)
