"""The words of `resources/relations.yaml`, read once and indexed for matching."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

import yaml

from onrecord.model.annotation import RelationType


@dataclass(frozen=True, slots=True)
class RelationWords:
    """What shows a relation.

    Attributes:
        roles: Role in lower-case words -> relation type, singular and plural.
        longest_role: First word of a role -> number of words of the longest that begins so.
        organisation_nouns: Lower-case nouns that name an organisation in front of a role.
        parts: Lower-case nouns that parts of a body are called by.
        parties: Words that name a party before or behind a person, as they are written.
        verbs: Verb lemma -> type.
        passive_only: Verb lemmas that count in the passive only.
        prepositional: Verb or adjective lemma -> preposition -> type.
        nouns: Noun lemma -> preposition -> type.
        hyphenated: Participle of "X-backed" -> type.
        also_known_as: Cues as lists of lower-case words, longest first.
    """

    roles: dict[tuple[str, ...], RelationType]
    longest_role: dict[str, int]
    organisation_nouns: frozenset[str]
    parts: frozenset[str]
    parties: frozenset[str]
    verbs: dict[str, RelationType]
    passive_only: frozenset[str]
    prepositional: dict[str, dict[str, str]]
    nouns: dict[str, dict[str, str]]
    hyphenated: dict[str, str]
    also_known_as: tuple[str, ...]


@lru_cache(maxsize=1)
def relation_words() -> RelationWords:
    """Return the word lists, read once a process."""
    text = files("onrecord.resources").joinpath("relations.yaml").read_text("utf-8")
    lists = yaml.safe_load(text)
    roles: dict[tuple[str, ...], RelationType] = {}
    for kind, names in lists["roles"].items():
        for name in names:
            words = tuple(name.split())
            roles[words] = cast(RelationType, kind)
            roles.setdefault(_plural(words), cast(RelationType, kind))
    longest_role: dict[str, int] = {}
    for words in roles:
        longest_role[words[0]] = max(len(words), longest_role.get(words[0], 0))
    return RelationWords(
        roles=roles,
        longest_role=longest_role,
        organisation_nouns=frozenset(lists["organisation_nouns"]),
        parts=frozenset(lists["parts"]),
        parties=frozenset(lists["parties"]),
        verbs={
            verb: cast(RelationType, kind)
            for kind, verbs in lists["verbs"].items()
            for verb in verbs
        },
        passive_only=frozenset(lists["passive_only"]),
        prepositional=lists["prepositional"],
        nouns=lists["nouns"],
        hyphenated={word: kind for kind, words in lists["hyphenated"].items() for word in words},
        also_known_as=tuple(sorted(lists["also_known_as"], key=len, reverse=True)),
    )


def _plural(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the plural of a role; its head is the first word before "of" or "in"."""
    position = next((i for i, word in enumerate(words) if word in {"of", "in"}), len(words)) - 1
    if words[-1] == "general" and len(words) == 2 and words[0] in {"attorney", "secretary"}:
        position = 0
    word = words[position]
    if word.endswith("man"):
        plural = word[:-3] + "men"
    elif word.endswith("y") and word[-2] not in "aeiou":
        plural = word[:-1] + "ies"
    elif word.endswith(("s", "ch", "x")) and word != "chief":
        plural = word + "es" if not word.endswith("ops") else word
    else:
        plural = word + "s"
    return (*words[:position], plural, *words[position + 1 :])
