"""What is generally known of words in names: given names and their forms, translations, bodies.

Read once a process from `resources/names.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from onrecord.annotate.knowledge import country_of, demonym_country
from onrecord.resolve.spelling import plain, sounds


@dataclass(frozen=True, slots=True)
class NameWords:
    """What the resource says, by folded word.

    Attributes:
        given: Given names that many people bear.
        forms: Sounds of a given name -> the one that stands for all its forms.
        meanings: Sounds of a word in the name of a body -> what it means in English.
        bodies: Folded name of a well-known body -> number of the body.
        acronyms: Its acronym without full stops -> its usual name.
    """

    given: frozenset[str]
    forms: dict[str, str]
    meanings: dict[str, str]
    bodies: dict[str, int]
    acronyms: dict[str, str]


@lru_cache(maxsize=262_144)
def spelled_out(name: str) -> str:
    """Return `name` with well-known acronyms among its words in full: "UN envoy's office"."""
    words = name.split()
    if len(words) < 2:
        return name
    return " ".join(name_words().acronyms.get(word.replace(".", ""), word) for word in words)


@lru_cache(maxsize=1)
def name_words() -> NameWords:
    """Return what the resource says."""
    text = (files("onrecord") / "resources" / "names.yaml").read_text("utf-8")
    rows = yaml.safe_load(text)
    return NameWords(
        frozenset(rows["given"].split()),
        {sounds(form): forms[0] for forms in rows["forms"] for form in forms},
        {sounds(word): meaning for meaning, words in rows["words"].items() for word in words},
        {fold_body(name): number for number, names in enumerate(rows["bodies"]) for name in names},
        {
            name.replace(".", ""): names[0]
            for names in rows["bodies"]
            for name in names
            if " " in names[0] and name.replace(".", "").isalpha() and name.isupper()
        },
    )


@lru_cache(maxsize=262_144)
def fold_body(name: str) -> str:
    """Return `name` in plain lower-case letters and digits, without a leading article."""
    words = plain(name)[0].lower().replace(".", "").replace("-", " ").replace("'", "").split()
    kept = [word for word in words if word not in {"the", "al", "el"}]
    return " ".join(kept or words)


@lru_cache(maxsize=262_144)
def known_body_number(name: str) -> int | None:
    """Return the number of the well-known body called `name`, None if there is none."""
    return name_words().bodies.get(fold_body(name))


def form_of(given: str) -> str:
    """Return the given name that stands for all forms of `given`, itself if it has none."""
    return name_words().forms.get(sounds(given), given)


def meaning_of(word: str) -> str | None:
    """Return what a folded word in the name of a body means in English, None if not known."""
    return name_words().meanings.get(sounds(word))


@lru_cache(maxsize=262_144)
def nation_of(word: str) -> str:
    """Return the alpha-3 code that a word of a name tells ("Iraqi", "Iraq"), empty if none."""
    return demonym_country(word) or country_of(word) or ""
