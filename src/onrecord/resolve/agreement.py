"""Tell whether a pronoun or noun may stand for a thing: kind, gender, number, office.

Words and rules alone; which of the things that fit is meant, `pronouns` decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.annotate.knowledge import body_noun
from onrecord.model.annotation import Mention, MentionKind

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
SPEAKERS = frozenset({"we", "us", "our", "ours", "ourselves"})
POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our"})
_MALE_WORDS = frozenset(
    {"mr", "sir", "lord", "king", "prince", "emperor", "sultan", "emir", "sheikh", "sheik", "imam",
     "ayatollah", "pope", "father", "chairman", "spokesman", "congressman", "businessman",
     "policeman", "serviceman", "gunman", "man", "brother", "son", "husband", "mullah", "fisherman",
     "brothers", "councilman", "assemblyman", "grandfather", "uncle", "nephew", "boy"}
)  # fmt: skip
_FEMALE_WORDS = frozenset(
    {"mrs", "ms", "miss", "dame", "lady", "baroness", "queen", "princess", "empress", "sister",
     "chairwoman", "spokeswoman", "congresswoman", "businesswoman", "policewoman", "woman",
     "mother", "daughter", "wife", "councilwoman", "assemblywoman", "grandmother", "aunt", "niece",
     "widow", "actress", "girl"}
)  # fmt: skip
GROUPS: frozenset[MentionKind] = frozenset(
    {"organisation", "armed_group", "government", "country", "media", "company"}
)
BODIES: frozenset[MentionKind] = GROUPS - {"country"}
_EITHER = frozenset(
    {"group", "movement", "organisation", "organization", "militia", "network", "faction", "party"}
)
_SAME_OFFICE = (
    frozenset({"premier", "prime minister", "pm"}),
    frozenset({"leader", "chief", "head", "commander", "chairman", "supreme leader"}),
    frozenset({"senator", "sen.", "sen", "lawmaker"}),
    frozenset({"congressman", "congresswoman", "rep.", "rep", "lawmaker", "representative"}),
    frozenset({"general", "gen.", "gen", "commander"}),
    frozenset({"governor", "gov.", "gov"}),
    frozenset({"director", "executive director", "chief"}),
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """What is known by now of the thing a chain of mentions refers to.

    Attributes:
        kind: What its first mention is taken for.
        gender: "male" or "female" as titles, nouns and pronouns tell; empty if unknown.
        plural: Whether it is several.
        words: Words of its names.
        roles: Words for its offices.
    """

    kind: MentionKind
    gender: str = ""
    plural: bool = False
    words: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)


def gender_of(words: list[str]) -> str:
    """Return "male" or "female" as a title or noun among lower-case words tells, else empty."""
    for word in words:
        plain = word.strip(".")
        if plain in MALE or plain in _MALE_WORDS:
            return "male"
        if plain in FEMALE or plain in _FEMALE_WORDS:
            return "female"
    return ""


def agrees(word: str, known: Known) -> bool:
    """Return whether a pronoun can refer to a thing of this kind, gender and number."""
    if word in MALE or word in FEMALE:
        wanted = "male" if word in MALE else "female"
        return known.kind == "person" and not known.plural and known.gender in {"", wanted}
    if word in THING:
        return known.kind in GROUPS and not known.plural
    if word in MANY:
        return known.kind in GROUPS - {"country"} or known.kind == "people" or known.plural
    return False


def kind_fits(noun: str, wanted: MentionKind, kind: MentionKind) -> bool:
    """Return whether a noun taken for one kind may stand for a thing of another ("the group")."""
    if wanted == kind:
        return True
    body = body_noun(noun)
    if body is not None and body.kind == kind:
        return True
    # "The group" and "the movement" may be armed or not.
    return wanted in BODIES and kind in {"armed_group", "organisation"} and noun in _EITHER


def is_plural(text: str, mention: Mention) -> bool:
    """Return whether a nominal speaks of several ("the gunmen")."""
    head = text[mention.head.start : mention.head.end].lower().split()[-1]
    first = text[mention.span.start : mention.span.end].lower().split()[0]
    if first in {"a", "an", "this", "that", "each", "every"}:
        return False
    return (head.endswith("s") and not head.endswith(("ss", "us", "is"))) or head in {
        "men", "women", "people", "children", "police", "troops"
    }  # fmt: skip


def office_words(role: str) -> set[str]:
    """Return the words under which an office may be taken up again ("premier")."""
    folded = role.lower().strip(" .,")
    last = folded.split()[-1] if folded.split() else ""
    found = {folded, last, last.removesuffix("s")} - {""}
    for office in _SAME_OFFICE:
        if folded in office or last in office or any(folded.endswith(" " + o) for o in office):
            found |= office
    return found - {"of", "the", "a", "to", "for"}
