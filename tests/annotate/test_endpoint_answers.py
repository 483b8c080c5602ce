"""Of an answer only what stands in the text is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.endpoint_answers import MOST_OF_A_SENTENCE, Named, answer_in, keep
from onrecord.annotate.endpoint_words import Asked
from onrecord.annotate.lexicon import load_ontology

TEXT = (
    "Police arrested 12 dockers in Port Selva after guards attacked dockers and dockers attacked"
    " guards, Mayor Ilse Brandt of Port Selva said."
)
SECOND = "The Harbour Guard denied that."
WINDOW = (Asked(4, 50, TEXT), Asked(5, 50 + len(TEXT) + 1, SECOND))
DOCUMENT = "·" * 50 + TEXT + " " + SECOND
EMPTY = {"events": [], "relations": [], "numbers": []}


def kept(**lists: Any) -> Named:
    named = Named()
    keep({**EMPTY, **lists}, WINDOW, named)
    return named


def event(**fields: Any) -> dict[str, Any]:
    return {"sentence": 1, "type": "COERCE", "trigger": "arrested"} | fields


@pytest.mark.parametrize(
    "words",
    [
        '{"events": [1]}',
        ' \n{"events": [1], "relations": null}',
        '```json\n{"events": [1]}\n```',
        'Here you are:\n{"events": [1]}\nIs that all {right}?',
        '<think>{ maybe {"events": [2]} or { not</think>{"events": [1], "numbers": {}}',
    ],
)
def test_answer_is_found_among_other_words(words: str) -> None:
    assert answer_in(words) == {**EMPTY, "events": [1]}


@pytest.mark.parametrize(
    "words",
    [
        None,
        "",
        "I am sorry.",
        '{"events": [{"sentence": 1',
        '{"rows": []}',
        '[{"sentence": 1}]',
        '{"events": ' + "[" * 100_000,
        '{"a":' * 30_000,
        '{"events": [' + "1" * 6_000 + "]}",
        '{"events": [' + "1," * 200_000 + "1]}",
        "{" * 150_000,
    ],
)
def test_what_is_no_answer_is_none(words: str | None) -> None:
    assert answer_in(words) is None


def test_fields_become_spans_of_the_document() -> None:
    named = kept(
        events=[
            event(
                type="coerce", mode="Arrest", source=" Police ", target="12 dockers",
                place="Port Selva", time=None, factuality="asserted",
            )
        ],
        relations=[
            {"sentence": 1, "type": "leads", "subject": "Mayor Ilse Brandt", "object": "Port Selva"}
        ],
        numbers=[{"sentence": "1", "text": "12 dockers"}],
    )  # fmt: skip
    found = named.events[0]
    assert (found.sentence, found.type, found.mode) == (4, "COERCE", "arrest")
    words = {role: span.text_in(DOCUMENT) for role, span in found.roles.items()}
    assert words == {"source": "Police", "target": "12 dockers", "place": "Port Selva"}
    assert found.trigger.text_in(DOCUMENT) == "arrested"
    assert named.relations[0].subject.text_in(DOCUMENT) == "Mayor Ilse Brandt"
    # The nearer of two.
    assert named.relations[0].object.start == DOCUMENT.rindex("Port Selva")
    assert [span.text_in(DOCUMENT) for span in named.numbers] == ["12 dockers"]
    assert named.dropped.total() == 0


def test_two_acts_with_one_word_have_a_trigger_each_nearest_to_their_parties() -> None:
    first = event(type="ASSAULT", trigger="attacked", source="guards", target="dockers")
    named = kept(events=[first, {**first, "source": "dockers", "target": "guards"}])
    one, other = named.events
    assert one.trigger.start == DOCUMENT.index("attacked")
    assert other.trigger.start == DOCUMENT.rindex("attacked")
    assert one.roles["source"].end == one.trigger.start - 1
    assert other.roles["source"].end == other.trigger.start - 1
    assert other.roles["target"].start == other.trigger.end + 1


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (event(type="COUP"), "unknown type"),
        (event(type=None), "unknown type"),
        (event(trigger="seized"), "words not in the sentence"),
        (event(trigger="arrest"), "words not in the sentence"),
        (event(trigger=None), "no trigger"),
        (event(trigger=["arrested"]), "no trigger"),
        (event(sentence=2), "words not in the sentence"),
        (event(sentence=0), "no such sentence"),
        (event(sentence=3), "no such sentence"),
        (event(sentence=True), "no sentence"),
        (event(sentence=1.0), "no sentence"),
        (event(sentence="9" * 5_000), "no sentence"),
        ("arrested", "no sentence"),
        (None, "no sentence"),
    ],
)
def test_event_that_does_not_fit_is_dropped_and_counted(given: object, reason: str) -> None:
    named = kept(events=[given])
    assert named.events == []
    assert +named.dropped == {reason: 1}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"mode": "riot"}, "unknown mode"),
        ({"source": "the militia"}, "words not in the sentence"),
        ({"time": "Monday"}, "words not in the sentence"),
        ({"factuality": "rumoured"}, "unknown factuality"),
        ({"source": "12 dockers", "target": "dockers in"}, "target in source"),
        ({"source": "Police arrested", "target": "arrested"}, "target in source"),
        ({"mode": "none", "source": "null", "target": "", "time": "N/A"}, None),
    ],
)
def test_field_that_does_not_fit_costs_the_field_only(
    fields: dict[str, str], reason: str | None
) -> None:
    named = kept(events=[event(**fields)])
    assert len(named.events) == 1
    assert (+named.dropped) == ({} if reason is None else {reason: 1})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "married_to"}, "unknown type"),
        ({"object": "Upper Orsk"}, "words not in the sentence"),
        ({"object": "Ilse Brandt"}, "no two parties"),
        ({"object": None}, None),
    ],
)
def test_relation_needs_a_known_type_and_two_parties(
    fields: dict[str, Any], reason: str | None
) -> None:
    whole = {"sentence": 1, "type": "leads", "subject": "Mayor Ilse Brandt", "object": "Port Selva"}
    named = kept(relations=[whole | fields])
    assert named.relations == []
    assert (+named.dropped) == ({} if reason is None else {reason: 1})


def test_what_is_said_twice_is_kept_once() -> None:
    relation = {"sentence": 1, "type": "leads", "subject": "Ilse Brandt", "object": "Port Selva"}
    named = kept(events=[event()] * 2, relations=[relation] * 2)
    assert (len(named.events), len(named.relations)) == (1, 1)


def test_noise_about_one_sentence_is_bounded() -> None:
    every = [
        event(type=type_, trigger=trigger)
        for type_ in load_ontology().modes
        for trigger in ("Police", "arrested", "dockers", "guards", "attacked")
    ]
    named = kept(events=every)
    assert len(named.events) == MOST_OF_A_SENTENCE
    assert named.dropped["too many in one sentence"] == len(every) - MOST_OF_A_SENTENCE


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | st.floats() | st.text(max_size=3)
    | st.sampled_from(["Police", "dockers", "arrested", "attacked", "COERCE", "leads", "denied"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["sentence", "type", "mode", "trigger", "source", "target", "subject", "object",
             "text", "factuality", "events", "relations", "numbers"]
        ),
        inner, max_size=6,
    ),
    max_leaves=40,
)  # fmt: skip


@given(st.lists(ANYTHING), st.lists(ANYTHING), st.lists(ANYTHING))
def test_no_answer_breaks_anything_and_every_span_lies_in_its_sentence(
    events: list[Any], relations: list[Any], numbers: list[Any]
) -> None:
    answer = answer_in(json.dumps({"events": events, "relations": relations, "numbers": numbers}))
    assert answer is not None
    named = Named()
    keep(answer, WINDOW, named)
    spans = {4: [], 5: []}
    for found in named.events:
        spans[found.sentence] += [found.trigger, *found.roles.values()]
    for relation in named.relations:
        spans[relation.sentence] += [relation.subject, relation.object]
    for asked in WINDOW:
        for span in spans[asked.number]:
            assert asked.start <= span.start < span.end <= asked.start + len(asked.text)
