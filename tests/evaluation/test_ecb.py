"""Entity chains across reports on a small made-up corpus."""

from __future__ import annotations

from onrecord.evaluation.ecb_corpus import GoldMention, Head
from onrecord.evaluation.ecb_entities import folded, join_entities

_TEXT = "Actress Anna Quill fled on Monday evening ; later the actress said she was fine"
_SENTENCE = _TEXT.split()
_WORDS = {("1_1", 0): dict(enumerate(_SENTENCE))}


def _mention(first: int, last: int, *, name: bool = False, pronoun: bool = False) -> tuple[
    GoldMention, Head
]:  # fmt: skip
    tokens = tuple(range(first, last + 1))
    text = " ".join(_SENTENCE[first : last + 1])
    word = _SENTENCE[last]
    mention = GoldMention("1_1", 0, tokens, text, "")
    return mention, Head(word, word.lower(), name, pronoun, name, text)


def _chains(*pairs: tuple[GoldMention, Head]) -> list[str]:
    mentions, heads = zip(*pairs, strict=True)
    labels = join_entities(mentions, heads, {"1_1": "story"}, _WORDS)
    return [labels[i] for i in range(len(mentions))]


def test_a_role_beside_a_name_is_that_person_wherever_the_story_says_it() -> None:
    role, name, again, she = _chains(
        _mention(0, 0), _mention(1, 2, name=True), _mention(9, 10), _mention(12, 12, pronoun=True)
    )
    assert role == name == again == she


def test_parts_of_one_weekday_are_one_day() -> None:
    assert len(set(_chains(_mention(5, 5), _mention(5, 6)))) == 1


def test_articles_and_possessives_are_no_words_of_a_mention() -> None:
    assert folded("the Selva Front 's") == "selva front"
