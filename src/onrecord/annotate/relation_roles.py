"""Relations that a role noun shows: "CIA Director X", "X, leader of Y", "the group's chief, X".

A role has an organisation to its left ("party", "the group's", "Iraqi") or to
its right ("of the party"), and a holder beside it; without a holder the role
phrase itself stands for the person ("a police spokesman said").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import is_adjective_of_people
from onrecord.annotate.phrases import ORGANISED, Phrase, Scene
from onrecord.annotate.relation_holders import PERSONAL, Role, holders
from onrecord.annotate.relation_words import relation_words
from onrecord.model.annotation import Relation, RelationType
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RIGHT_PREPOSITIONS: dict[str, frozenset[str]] = {
    "leads": frozenset({"of", "for", "in", "within"}),
    "member_of": frozenset({"of", "for", "at", "with", "from", "in"}),
    "subordinate_to": frozenset({"of", "to"}),
    "founded": frozenset({"of"}),
    "supports": frozenset({"of", "for"}),
    "allied_with": frozenset({"of"}),
    "hostile_to": frozenset({"of"}),
    "part_of": frozenset({"of", "within"}),
}
_MODIFIER_TAGS = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "POS", "PRP$", "CD", "HYPH", "VBN", "VBG",
     "RB", "DT", "PDT", "ADD", "AFX", "NFP"}
)  # fmt: skip
_PLAIN_WORDS = frozenset(
    {"former", "then", "ex", "late", "new", "senior", "top", "deputy", "vice", "acting", "first",
     "long", "longtime", "current", "outgoing", "incoming", "interim", "chief", "executive",
     "presidential", "the", "a", "an", "one", "leading", "prominent", "young", "local", "regional",
     "fellow", "other", "several", "many", "some", "two", "three", "mr", "mr.", "ms.", "mrs."}
)  # fmt: skip
# A person's staff answers to the person; a person has no "member".
_STAFF = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "manager", "chief of staff", "adviser", "advisor",
     "aide", "strategist", "lieutenant", "assistant", "bodyguard", "campaign manager"}
)  # fmt: skip
_OF_A_CONSTITUENCY = frozenset(
    {"senator", "senators", "sen.", "sens.", "rep.", "reps.", "representative", "representatives",
     "congressman", "congresswoman", "lawmaker", "lawmakers", "mp", "mps", "mla", "legislator"}
)  # fmt: skip
# A country's journalists and scholars are no members of it.
_CIVILIAN = frozenset(
    {"journalist", "reporter", "correspondent", "columnist", "editor", "politician", "activist",
     "professor", "scholar", "researcher", "economist", "analyst", "fellow", "executive",
     "employee", "strategist", "anchor", "host"}
)  # fmt: skip
_SERVICES = frozenset(
    {"military", "army", "naval", "foreign", "domestic", "state", "national", "defence", "defense",
     "police", "internal", "security"}
)  # fmt: skip
_LESSER = frozenset({"deputy", "vice", "assistant", "additional", "associate", "junior", "sub"})


def role_relations(scene: Scene) -> Iterator[Relation]:
    """Yield the relations shown by role nouns in one sentence."""
    for role in _roles(scene):
        organisations = list(_organisations(scene, role))
        if not organisations:
            continue
        held_by = list(holders(scene, role, organisations))
        certainty = 0.85
        if not held_by:
            whose = scene.at(role.first.i - 1)
            if whose is not None and whose.tag_ == "WP$":
                continue
            itself = _role_as_holder(scene, role, organisations)
            if itself is None:
                continue
            held_by, certainty = [itself], 0.6
        for holder in held_by:
            for organisation in organisations:
                if organisation.span.overlaps(holder):
                    continue
                if role.kind == "part_of" and _is_person(scene, holder):
                    continue
                kind = _type_for(role, organisation)
                if kind is not None:
                    evidence = scene.span(role.words[0], role.words[-1])
                    yield Relation(kind, holder, organisation.span, evidence, confidence=certainty)


def _type_for(role: Role, organisation: Phrase) -> RelationType | None:
    if organisation.is_person and role.kind not in PERSONAL:
        return "subordinate_to" if role.name in _STAFF else None
    of_a_country = organisation.kind in {
        "place",
        "country",
        "people",
    } or organisation.head.ent_type_ in {"GPE", "NORP"}
    if role.name in _CIVILIAN and of_a_country:
        return None
    if role.name in _OF_A_CONSTITUENCY and of_a_country and not _is_party_name(organisation):
        # A senator represents a state and is no member of it.
        return None
    if role.name in _STAFF and role.kind == "subordinate_to" and organisation.kind in ORGANISED:
        # An adviser to a body is one of its people.
        return "member_of"
    after = role.words[-1].nbor(1) if role.words[-1].i + 1 < len(role.head.doc) else None
    if role.kind == "leads" and after is not None and after.lower_ in {"in", "within"}:
        # "A commander in the corps" is one of several.
        return "member_of" if role.name in {"commander", "leader", "chief", "director"} else None
    if role.kind == "leads" and any(t.lower_ in _LESSER for t in role.left):
        return "member_of"
    return role.kind


def _is_party_name(organisation: Phrase) -> bool:
    """Whether the tagger took a party for a people ("Republican", "Labour")."""
    head = organisation.head
    return head.ent_type_ == "NORP" and not is_adjective_of_people(head.text)


def _roles(scene: Scene) -> Iterator[Role]:
    words = relation_words()
    lower = [token.lower_ for token in scene.tokens]
    position = 0
    while position < len(lower):
        longest = words.longest_role.get(lower[position], 0)
        for length in range(min(longest, len(lower) - position), 0, -1):
            kind = words.roles.get(tuple(lower[position : position + length]))
            if kind is None:
                continue
            found = tuple(scene.tokens[position : position + length])
            if _is_noun(found) and not _inside_name(scene, found):
                name = " ".join(lower[position : position + length])
                head = next((t for t in found if t.head not in found), found[-1])
                yield Role(name, kind, found, head, _left_of(scene, found[0]))
            position += length - 1
            break
        position += 1


def _inside_name(scene: Scene, found: tuple[Token, ...]) -> bool:
    """Whether the words are part of a body's name ("the Police Unit (PU)")."""
    name = scene.name_at(found[-1])
    return name is not None and name.kind not in {"person", "other"}


def _is_noun(found: tuple[Token, ...]) -> bool:
    return any(token.pos_ in {"NOUN", "PROPN"} or token.dep_ == "compound" for token in found)


def _left_of(scene: Scene, first: Token) -> tuple[Token, ...]:
    left: list[Token] = []
    position = first.i - 1
    while (token := scene.at(position)) is not None:
        in_name = scene.name_at(token) is not None
        if token.is_space or (token.tag_ not in _MODIFIER_TAGS and not in_name):
            break
        if token.is_punct and token.text not in {"-", "’", "'", "."}:
            break
        left.insert(0, token)
        if token.tag_ in {"DT", "PRP$"} and not in_name:
            break
        position -= 1
    return tuple(left)


def _organisations(scene: Scene, role: Role) -> Iterator[Phrase]:
    right = list(_on_the_right(scene, role))
    if right:
        yield from right
        return
    possessive = max((i for i, t in enumerate(role.left) if t.tag_ == "POS"), default=-1)
    modifiers = role.left[possessive + 1 :]
    compound = _compound(scene, role, modifiers)
    if compound is not None:
        yield compound
        return
    if possessive > 0:
        owner = scene.phrase(role.left[possessive - 1])
        if owner is not None:
            yield owner
    elif role.left and role.left[0].tag_ == "PRP$":
        token = role.left[0]
        yield Phrase(scene.span(token), token, scene.mention_at(token))
    else:
        body = _before_whose(scene, role)
        if body is not None and _is_party(scene, body, role):
            yield body


def _before_whose(scene: Scene, role: Role) -> Phrase | None:
    """Return the body of "the group, whose leader ...": the name before the comma, or its noun."""
    whose = scene.at(role.first.i - 1)
    if whose is None or whose.tag_ != "WP$":
        return None
    before = scene.at(whose.i - 1)
    if before is not None and before.text in {",", ")"}:
        before = scene.at(before.i - 1)
    name = None if before is None else scene.name_at(before)
    if before is not None and name is not None and name.kind != "person":
        return Phrase(name.head, before, name)
    clause = role.head
    while clause.dep_ != "relcl" and clause.head != clause:
        clause = clause.head
    return scene.phrase(clause.head) if clause.dep_ == "relcl" else None


def _on_the_right(scene: Scene, role: Role) -> Iterator[Phrase]:
    after = scene.at(role.words[-1].i + 1)
    if after is None or after.lower_ not in _RIGHT_PREPOSITIONS[role.kind]:
        return
    objects = [c for c in after.children if c.dep_ == "pobj"]
    for token in objects:
        part = _part_owned_by(scene, token)
        if part is not None:
            yield part
            continue
        for phrase in scene.phrases(token):
            if _is_party(scene, phrase, role):
                yield phrase


def _part_owned_by(scene: Scene, token: Token) -> Phrase | None:
    """Return the name behind "the corps' (ABC) elite", whose bracket stops the parser."""
    following = scene.at(token.i + 1)
    if following is None or following.text not in {"’", "'", "'s", "’s"}:
        return None
    bracket = scene.at(following.i + 1)
    if bracket is None or bracket.text != "(":
        return None
    while bracket is not None and bracket.text != ")":
        bracket = scene.at(bracket.i + 1)
    position = 0 if bracket is None else bracket.i + 1
    while (word := scene.at(position)) is not None and word.pos_ in {"ADJ", "NOUN", "PROPN"}:
        name = scene.name_at(word)
        if name is not None and name.kind != "person":
            return Phrase(name.head, word, name)
        position += 1
    return None


def _is_party(scene: Scene, phrase: Phrase, role: Role) -> bool:
    """Return whether the phrase can be an organisation, a country or somebody with staff."""
    if phrase.mention is not None and phrase.mention.kind == "person":
        return role.kind in PERSONAL or role.name in _STAFF
    if phrase.mention is not None and phrase.mention.form == "name":
        return True
    head = phrase.head
    if head.pos_ == "PROPN" or head.ent_type_ in {"ORG", "GPE", "NORP"}:
        return head.ent_type_ not in {"DATE", "TIME", "PERSON"} or role.kind in PERSONAL
    if head.lemma_.lower() in relation_words().organisation_nouns:
        return True
    if head.lower_ == "intelligence" and role.kind == "leads":
        # "Military intelligence" is a service, "great intelligence" a gift.
        return any(c.lower_ in _SERVICES or scene.name_at(c) for c in head.lefts)
    return phrase.mention is not None and phrase.mention.kind in {
        "organisation", "armed_group", "government", "country", "media", "company"
    }  # fmt: skip


def _compound(scene: Scene, role: Role, modifiers: tuple[Token, ...]) -> Phrase | None:
    """Return the organisation among the words in front of a role ("Iraqi", "government")."""
    words = relation_words()
    last: Token | None = None
    for token in reversed(modifiers):
        if token.lower_ in _PLAIN_WORDS or token.tag_ in {"DT", "CD", "RB", "PRP$"}:
            continue
        if _names_organisation(scene, token) or token.lower_ in words.organisation_nouns:
            last = token
            break
        if token.pos_ in {"NOUN", "PROPN"} and role.kind == "leads":
            # "campaign finance director": an unknown noun between breaks the tie.
            continue
    if last is None:
        return None
    name = scene.name_at(last)
    if name is not None and name.kind != "person":
        return Phrase(name.head, last, name)
    first = last
    for token in reversed(modifiers[: modifiers.index(last)]):
        if token.lower_ in _PLAIN_WORDS or token.tag_ in {"DT", "PRP$", "POS", "RB", "VBN"}:
            break
        if not (
            token.is_title or token.is_upper or token.text in {"-", "."} or token.pos_ == "NOUN"
        ):
            break
        first = token
    if first.text in {"-", "."}:
        first = last
    return Phrase(scene.span(first, last), last, scene.mention_at(last))


def _names_organisation(scene: Scene, token: Token) -> bool:
    name = scene.name_at(token)
    if name is not None:
        return name.kind not in {"person", "other"}
    if token.ent_type_ in {"ORG", "NORP", "GPE"} or is_adjective_of_people(token.text):
        return True
    return token.pos_ in {"PROPN", "ADJ"} and token.is_upper and len(token) > 1 and token.is_alpha


def _is_person(scene: Scene, span: Span) -> bool:
    mentions = (scene.mention_at(token) for token in scene.tokens_of(span))
    return any(m is not None and m.kind == "person" for m in mentions)


def _is_named(scene: Scene, phrase: Phrase) -> bool:
    if phrase.mention is not None:
        return phrase.mention.form == "name"
    return _names_organisation(scene, phrase.head)


def _role_as_holder(scene: Scene, role: Role, organisations: list[Phrase]) -> Span | None:
    """Return the phrase of an unnamed holder, None where it is a title or mere attribute."""
    if role.head.dep_ in {"compound", "amod", "attr", "oprd", "nmod", "poss"}:
        return None
    # "Members of the party" is a crowd, "the leader" of a named body is somebody.
    if role.kind not in {"leads", "member_of", "part_of"} or role.head.tag_ in {"NNS", "NNPS"}:
        return None
    if not all(_is_named(scene, organisation) for organisation in organisations):
        return None
    start = scene.span(role.words[0]).start
    if role.kind == "part_of" and any(o.span.start < start for o in organisations):
        return None
    if role.kind == "member_of" and any(o.span.start > start for o in organisations):
        return None
    return scene.span(role.first, role.words[-1])
