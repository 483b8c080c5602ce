"""What becomes of the events that the network finds in one sentence."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.neural import SURE_REPEAT, EventFind, without_repeats
from onrecord.model.span import Span

# "Rebels shelled Ostrava after the attack on the town."
SHELLED = EventFind(
    sentence=0,
    type="ASSAULT",
    mode=None,
    trigger=Span(7, 14),
    roles={"source": Span(0, 6), "target": Span(15, 22)},
    factuality="asserted",
    probability=0.9,
    role_probability=0.8,
)
ATTACK = replace(SHELLED, trigger=Span(33, 39), roles={}, probability=SURE_REPEAT - 0.1)


def test_an_act_told_twice_in_a_sentence_is_kept_once() -> None:
    assert without_repeats([ATTACK, SHELLED]) == [SHELLED]


def test_a_second_act_of_which_the_network_is_sure_stays() -> None:
    sure = replace(ATTACK, probability=SURE_REPEAT)
    assert without_repeats([sure, SHELLED]) == [SHELLED, sure]


def test_acts_of_other_parties_types_or_sentences_stay() -> None:
    other_target = replace(ATTACK, roles={"target": Span(43, 51)})
    other_type = replace(ATTACK, type="COERCE")
    other_sentence = replace(ATTACK, sentence=1)
    for find in (other_target, other_type, other_sentence):
        assert find in without_repeats([SHELLED, find])
