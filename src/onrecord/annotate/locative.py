"""Tell a place where something happens from a place name that stands for an actor.

"In Iraq" is where; "Iraq said" is who. "Captured Ostrava" is where for a town
and whom for a country, because news attacks countries as actors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate import knowledge

if TYPE_CHECKING:
    from spacy.tokens import Token

_ALWAYS = knowledge.word_set(
    """
    in at near around across inside outside within throughout into beyond off along above amid
    via onto
    """
)
_WITH_MOVEMENT = frozenset(["to", "from", "toward", "towards", "through", "over", "for", "on"])
_MOVEMENT = knowledge.word_set(
    """
    go come travel fly move return flee head arrive escape march deploy send transfer ship
    transport withdraw deport retreat drive advance bring take launch fire smuggle cross migrate
    depart evacuate relocate extradite route road trip visit journey flight tour withdrawal
    deployment pull spread pour stretch sail leave walk expel repatriate migration convoy
    highway border export import report hail originate broadcast resettle rush run
    """
)
_INTO_A_COUNTRY = knowledge.word_set(
    """
    visit tour leave enter reach flee cross escape quit exit
    """
)
_DEEDS = knowledge.word_set(
    """
    operation rampage killing murder assault kidnapping trial riot unrest crackdown ceasefire
    bombing siege battle fall capture liberation shelling bombardment occupation recapture
    control attack offensive airstrike raid fighting clash protest rally massacre explosion
    blast shooting visit strike summit conference meeting talks evacuation invasion destruction
    war
    """
)
_SIDES = knowledge.word_set(
    """
    north south east west northeast northwest southeast southwest rest outskirts outside center
    centre heart part parts side edge inside front swath swathe swaths swathes streets skies
    half bulk airspace soil borders border much most all corner corners
    """
)


# What is done to people and states but not to towns.
_AT_ACTORS = knowledge.word_set(
    """
    accuse blame support back criticise criticize condemn urge ask tell warn thank praise sue fine
    represent join beat defeat see call make
    """
)
# What is done to a capital as a town, not to the government that sits in it.
_AT_A_TOWN_ONLY = knowledge.word_set(
    "shake rock capture recapture retake besiege shell bombard overrun patrol evacuate pound storm"
)


def is_locative(token: Token, *, is_country: bool) -> bool:
    """Return whether the place name headed by `token` tells where, not who.

    Args:
        token: Head token of the name.
        is_country: Whether it names a state or a seat of government, which act.
    """
    return _is_locative(token, is_country, 0)


def _is_locative(token: Token, is_country: bool, depth: int) -> bool:
    if depth > 6:
        return False
    parent = token.head
    if token.dep_ in ("conj", "appos") and parent is not token:
        return _is_locative(parent, is_country, depth + 1)
    if token.dep_ in ("pobj", "pcomp"):
        return _after_preposition(parent, is_country, depth)
    if token.dep_ == "dobj":
        verb = parent.lemma_.lower()
        return verb in _INTO_A_COUNTRY | _AT_A_TOWN_ONLY if is_country else verb not in _AT_ACTORS
    if token.dep_ == "nsubjpass":
        return not is_country and parent.lemma_.lower() not in _AT_ACTORS
    if token.dep_ in ("compound", "nmod", "poss", "npadvmod", "amod"):
        return _inside_phrase(token, parent, is_country, depth)
    return False


def _after_preposition(preposition: Token, is_country: bool, depth: int) -> bool:
    word = preposition.lower_
    governor = preposition.head
    # "in and around X", "near to X", "from within X": the other preposition may tell.
    if preposition.dep_ == "conj" and governor.pos_ == "ADP":
        return word in _ALWAYS or _after_preposition(governor, is_country, depth + 1)
    if word in _ALWAYS:
        return not _is_figurative(word, governor)
    if word in _WITH_MOVEMENT:
        if governor.pos_ == "ADP" or governor.pos_ == "ADV":
            return True
        moved = governor.lemma_.lower() in _MOVEMENT
        if word in ("for", "on") and is_country:
            return moved and word == "for"
        return moved or (not is_country and word != "for")
    if word == "between":
        return not is_country
    if word == "of":
        noun = governor.lower_
        if noun in _SIDES or knowledge.place_noun(noun) is not None:
            return _place_of(governor, depth)
        return not is_country and governor.lemma_.lower() in _DEEDS
    return word in ("under", "behind", "against", "by") and not is_country


def _is_figurative(word: str, governor: Token) -> bool:
    """ "At Washington" aside, people are angry at and interested in governments."""
    return word == "at" and governor.lemma_.lower() in ("angry", "anger", "aim", "target", "direct")


def _place_of(noun: Token, depth: int) -> bool:
    """Decide "the streets of X" by where "the streets" stand; a bare list item counts as where."""
    if noun.dep_ in ("pobj", "dobj", "conj", "appos", "npadvmod", "advmod"):
        return _is_locative(noun, False, depth + 1)
    return noun.dep_ not in ("nsubj", "attr")


def _inside_phrase(token: Token, parent: Token, is_country: bool, depth: int) -> bool:
    noun = parent.lower_
    if knowledge.place_noun(noun) is not None:
        return _place_of(parent, depth)
    if parent.ent_type_ in ("GPE", "LOC", "FAC") and parent.dep_ != token.dep_:
        return _is_locative(parent, is_country, depth + 1)
    # "The Ankara bombing" was in the town, "the Turkey talks" may be about the state.
    return knowledge.country_of(token.text) is None and parent.lemma_.lower() in _DEEDS
