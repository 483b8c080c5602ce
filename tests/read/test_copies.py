"""Near copies are found through edits and new headlines; reports written apart are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.any import document_from_text
from onrecord.read.copies import (
    COPY_SIMILARITY,
    SIGNATURE_LENGTH,
    CopyIndex,
    signature,
    similarity,
    story_text,
)

_WORDS = [f"word{n}" for n in range(3_000)]


def _text(seed: int, length: int = 400) -> list[str]:
    return random.Random(seed).choices(_WORDS, k=length)


def _alike(first: str, second: str) -> float:
    return similarity(signature(first), signature(second))


def _true_share(first: list[str], second: list[str]) -> float:
    runs = [{tuple(text[i : i + 3]) for i in range(len(text) - 2)} for text in (first, second)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("edits", [0, 5, 20, 60, 150, 400])
def test_similarity_estimates_the_share_of_common_runs(edits: int) -> None:
    first = _text(1)
    second = list(first)
    for place in random.Random(edits).sample(range(400), edits):
        second[place] = f"other{place}"
    estimate = _alike(" ".join(first), " ".join(second))
    assert estimate == pytest.approx(_true_share(first, second), abs=0.12)


def test_quotes_case_and_punctuation_make_no_difference() -> None:
    assert _alike("“We won’t go,” SHE said.", "We won't go\" she said") == 1.0


def test_a_new_headline_and_credit_make_no_difference() -> None:
    story = " ".join(_text(2)).capitalize() + "."
    first = document_from_text(f"PORT SELVA (AP) — {story}", title="Council votes to repair dam")
    second = document_from_text(f"{story}\n\n1/8", title="Dam will be mended, town says")
    assert _alike(story_text(first), story_text(second)) > 0.95


def test_signatures_do_not_change_between_versions() -> None:
    # Stored signatures are compared with new ones, so these values may never change.
    assert signature("the council met on tuesday")[:3] == (508318401, 495022869, 219630746)


def test_a_text_without_words_is_like_nothing() -> None:
    assert signature("...") == ()
    assert _alike("", "") == 0.0


def test_signatures_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="compute both anew"):
        similarity((1, 2), (1,))


def test_index_finds_copies_likest_first() -> None:
    index: CopyIndex[str] = CopyIndex()
    original = _text(3)
    cut = original[:240]
    edited = [*original[:390], *_text(4, 10)]
    for key, words in (("cut", cut), ("edited", edited), ("other", _text(5))):
        index.add(key, signature(" ".join(words)))
    found = index.copies_of(signature(" ".join(original)))
    assert [key for key, _ in found] == ["edited", "cut"]
    assert all(alike >= COPY_SIMILARITY for _, alike in found)


def test_index_takes_each_key_once() -> None:
    index: CopyIndex[int] = CopyIndex()
    index.add(1, signature("one two three four"))
    index.add(1, signature("five six seven eight"))
    index.add(2, ())
    assert len(index) == 1
    assert index.copies_of(signature("five six seven eight")) == []
    assert index.copies_of(()) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_similarity_is_symmetric_and_bounded(first: str, second: str) -> None:
    assert 0.0 <= _alike(first, second) <= 1.0
    assert _alike(first, second) == _alike(second, first)
    assert len(signature(first)) in (0, SIGNATURE_LENGTH)
