"""Know which words attribute, and what may stand beside them as content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class ReportingWords:
    """The lexicon of `resources/reporting_verbs.yaml`; all words are lemmas in lower case.

    Attributes:
        speech: Verbs that introduce or follow a quotation, or trail a sentence.
        clause: Verbs whose clause is content.
        infinitive: Verbs whose to-infinitive is content.
        listener: Verbs whose object is spoken to.
        charge: Verbs with the prepositions that lead to content.
        about: The same where only a topic or an attitude is told.
        object: Verbs whose object is content.
        passive: Verbs that attribute to nobody in the passive.
        noun: Nouns whose that-clause or infinitive is content.
        noun_about: Nouns with the prepositions that lead to content.
        light: Verbs that lend such a noun their subject as source.
        not_a_speaker: Words that stand before a colon without speaking.
    """

    speech: frozenset[str]
    clause: frozenset[str]
    infinitive: frozenset[str]
    listener: frozenset[str]
    charge: dict[str, frozenset[str]]
    about: dict[str, frozenset[str]]
    object: frozenset[str]
    passive: frozenset[str]
    noun: frozenset[str]
    noun_about: dict[str, frozenset[str]]
    light: frozenset[str]
    not_a_speaker: frozenset[str]

    def is_verb(self, lemma: str) -> bool:
        """Return whether `lemma` attributes in any frame."""
        return (
            lemma in self.speech
            or lemma in self.clause
            or lemma in self.infinitive
            or lemma in self.charge
            or lemma in self.about
            or lemma in self.object
            or lemma in self.passive
        )


@lru_cache(maxsize=1)
def reporting_words() -> ReportingWords:
    """Return the lexicon, read once a process."""
    raw = yaml.safe_load(
        (files("onrecord") / "resources" / "reporting_verbs.yaml").read_text(encoding="utf-8")
    )
    return ReportingWords(
        speech=frozenset(raw["speech"]),
        clause=frozenset(raw["clause"]),
        infinitive=frozenset(raw["infinitive"]),
        listener=frozenset(raw["listener"]),
        charge=_by_preposition(raw["charge"]),
        about=_by_preposition(raw["about"]),
        object=frozenset(raw["object"]),
        passive=frozenset(raw["passive"]),
        noun=frozenset(raw["noun"]),
        noun_about=_by_preposition(raw["noun_about"]),
        light=frozenset(raw["light"]),
        not_a_speaker=frozenset(raw["not_a_speaker"]),
    )


def _by_preposition(entry: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(prepositions) for word, prepositions in entry.items()}
