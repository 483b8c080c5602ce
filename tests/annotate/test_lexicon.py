"""The notation of frames and the lexicon that ships."""

from __future__ import annotations

import pytest

from onrecord.annotate.contexts import contexts_of
from onrecord.annotate.frames import FrameError, FrameKind, needs_of, read_condition, read_frame
from onrecord.annotate.lexicon import (
    check_frames,
    index_frames,
    load_lexicon,
    load_ontology,
    types_of,
)


def test_lexicon_covers_all_types_with_many_frames() -> None:
    lexicon = load_lexicon()
    assert len(lexicon.frames) >= 300
    assert {frame.type for frame in lexicon.frames} == set(load_ontology().modes)


def test_lexicon_and_mode_words_cover_most_modes() -> None:
    ontology = load_ontology()
    told = {(frame.type, frame.mode) for frame in load_lexicon().frames}
    told |= {(kind, mode) for kind, modes in ontology.mode_words.items() for mode in modes}
    modes = {(kind, mode) for kind, names in ontology.modes.items() for mode in names}
    assert modes - told == set()


def test_counted_confidences_belong_to_frames() -> None:
    lexicon = load_lexicon()
    keys = {frame.key for frame in lexicon.frames}
    assert set(lexicon.confidences) <= keys


def test_confidence_is_a_probability() -> None:
    for frame in load_lexicon().frames:
        for lemma in frame.predicates:
            assert 0.0 < load_lexicon().confidence_of(frame, lemma, "filled") <= 1.0


@pytest.mark.parametrize(
    ("lemma", "pos", "types"),
    [
        ("kidnap", "VERB", {"ASSAULT"}),
        ("arrest", "NOUN", {"COERCE"}),
        ("strike", "NOUN", {"ASSAULT", "PROTEST"}),
        ("table", "NOUN", set()),
        ("kidnap", "PUNCT", set()),
    ],
)
def test_types_of_word(lemma: str, pos: str, types: set[str]) -> None:
    assert types_of(lemma, pos) == types


def test_verb_frame_reads_roles_particle_and_options() -> None:
    frame = read_frame("S crack +down [on|upon T:@actor]", "verb")
    particle, phrase = frame.slots
    assert (frame.subject, frame.predicates) == ("S", {"crack"})
    assert (particle.kind, particle.words) == ("particle", {"down"})
    assert (phrase.words, phrase.role, phrase.required) == ({"on", "upon"}, "T", False)
    assert phrase.condition.classes == ("actor",)


def test_noun_frame_reads_owner_and_modifier() -> None:
    assert read_frame("T's arrest [by S]", "noun").subject == "T"
    frame = read_frame("(peace|trade) talk [with T]", "noun")
    assert frame.modifiers.lemmas == {"peace", "trade"}
    assert frame.subject == "S"


def test_frame_without_actor_takes_a_thing_as_subject() -> None:
    frame = read_frame("bomb|device explode", "verb")
    assert frame.subject is None
    assert frame.subject_condition.lemmas == {"bomb", "device"}


def test_frame_that_demands_more_is_tried_first() -> None:
    frames = (read_frame("S fire T", "verb"), read_frame("S fire @shots at T", "verb"))
    assert [f.text for f in index_frames(frames).frames_of("fire", "verb")] == [
        "S fire @shots at T",
        "S fire T",
    ]


@pytest.mark.parametrize("line", ["S", "S attack at", "S call on"])
def test_frame_cut_short_is_an_error(line: str) -> None:
    with pytest.raises(FrameError):
        read_frame(line, "verb")


def test_empty_alternative_is_an_error() -> None:
    with pytest.raises(FrameError):
        read_condition("war||peace")


def test_frame_of_unknown_type_is_an_error() -> None:
    with pytest.raises(FrameError, match="no such type"):
        check_frames((read_frame("S attack T", "verb"),))


def test_contexts_by_word_and_phrase() -> None:
    lemmas = [*["the", "court", "ruled", "that", "the"], "secretary", "of", "state", "soldier"]
    assert contexts_of(lemmas) == ("military", "legal", "diplomatic")


def test_sentence_without_keyword_has_no_context() -> None:
    assert contexts_of(["nothing", "here"]) == ()


@pytest.mark.parametrize(
    ("line", "kind", "needed"),
    [
        ("S open fire [on|at T]", "verb", [{"fire"}]),
        ("S give ultimatum|deadline [to T]", "verb", [{"ultimatum", "deadline"}]),
        ("bomb|device explode", "verb", [{"bomb", "device"}]),
        ("(peace|trade) talk [with T]", "noun", [{"peace", "trade"}]),
        ("S fire T:@officials", "verb", []),
        ("S:governor attack T", "verb", []),
        ("S leave T:!town", "verb", []),
    ],
)
def test_a_frame_needs_the_words_that_it_names_itself(
    line: str, kind: FrameKind, needed: list[set[str]]
) -> None:
    assert [set(words) for words in needs_of(read_frame(line, kind))] == needed
