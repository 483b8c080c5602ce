"""What an endpoint is asked, and where its words stand."""

from __future__ import annotations

from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate import endpoint_words
from onrecord.annotate.endpoint_answers import Named, answer_in, keep
from onrecord.annotate.endpoint_words import (
    LONGEST_SENTENCE,
    WINDOW_CHARACTERS,
    WINDOW_SENTENCES,
    Asked,
    conversation,
    load_instructions,
    spans_of,
    windows_of,
)
from onrecord.annotate.lexicon import load_ontology
from onrecord.annotate.text import parse_document
from onrecord.model.annotation import FACTUALITIES, Factuality, RelationType
from onrecord.read.any import document_from_text

RESOURCE = yaml.safe_load(
    (endpoint_words.files("onrecord") / "resources" / "endpoint.yaml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("words", "text", "starts"),
    [
        ("Police", "Police arrested him.", [0]),
        (" arrested ", "Police arrested him.", [7]),
        ("he", "When he left, he said so.", [5, 14]),
        ("US", "US-led USA forces of the US's", [0, 25]),
        ("14", "14,000 of 3.14 and 14, 1,14 or 14.", [19, 31]),
        ("14,000", "14,000 and 114,000", [0]),
        ("Öl", "Öl, Ölheim", [0]),
        ("the army", "The army", []),
        ("", "The army", []),
        ("army of", "the army  of", []),
        ("“split", "“split,” she said", [0]),
    ],
)
def test_words_are_found_letter_by_letter_and_whole(
    words: str, text: str, starts: list[int]
) -> None:
    assert [span.start - 100 for span in spans_of(words, Asked(0, 100, text))] == starts


@given(st.text("ab1, .", max_size=60), st.text("ab1, .", max_size=4))
def test_every_span_found_is_the_words(text: str, words: str) -> None:
    for span in spans_of(words, Asked(0, 0, text)):
        assert span.text_in(text) == words.strip()


def test_windows_hold_every_sentence_once_and_stay_small() -> None:
    text = " ".join(f"The council of Lower Orsk met for the {n}th time." for n in range(20))
    parse = parse_document(document_from_text(text, uri="x"))
    windows = list(windows_of(parse))
    asked = [one for window in windows for one in window]
    assert [one.number for one in asked] == list(range(len(parse.sentences)))
    assert all(text[one.start :].startswith(one.text) for one in asked)
    assert max(map(len, windows)) <= WINDOW_SENTENCES
    assert all(sum(len(one.text) for one in w) <= WINDOW_CHARACTERS for w in windows)


@pytest.mark.parametrize("word", ["guards, ", "g"])
def test_overlong_sentence_is_cut(word: str) -> None:
    parse = parse_document(document_from_text("Ilse met " + word * 1_500 + ".", uri="x"))
    for window in windows_of(parse):
        assert all(0 < len(asked.text) <= LONGEST_SENTENCE for asked in window)


def test_sentences_are_numbered_from_one() -> None:
    window = (Asked(7, 0, "Police arrested him."), Asked(8, 21, "He denied it."))
    assert conversation(window)[-1]["content"] == "[1] Police arrested him.\n[2] He denied it."


def test_instructions_name_every_type_mode_relation_and_value() -> None:
    modes = load_ontology().modes
    assert set(RESOURCE["types"]) == set(modes)
    assert set(RESOURCE["relations"]) == set(get_args(RelationType))
    assert set(RESOURCE["factuality"]) == set(get_args(Factuality)) == set(FACTUALITIES)
    _, words = load_instructions()
    assert all(mode in words for some in modes.values() for mode in some)


def test_example_of_the_instructions_is_kept_whole() -> None:
    example = RESOURCE["example"]
    window = tuple(Asked(i, i * 1_000, text) for i, text in enumerate(example["sentences"]))
    answer = answer_in(str(load_instructions()[1]))
    assert answer == example["answer"]
    named = Named()
    keep(answer, window, named)
    assert named.dropped.total() == 0
    assert (len(named.events), len(named.numbers)) == (2, 1)
