"""An endpoint as an extractor: it says what happened, the text decides what is kept."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.default import default_extractor, extractor_named
from onrecord.annotate.endpoint import UNMEASURED_CONFIDENCE, EndpointExtractor
from onrecord.annotate.endpoint_address import KEY_VARIABLE, Address
from onrecord.annotate.endpoint_client import Client, Patience
from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.errors import QueryError
from onrecord.model.annotation import Annotations
from onrecord.model.document import Document
from onrecord.read.any import document_from_text
from onrecord.show.filters import SURE_ENOUGH

sys.path.insert(0, str(Path(__file__).parents[1]))

from endpoint_server import LocalEndpoint, Reply, completion

TEXT = (
    "Police in Port Selva did not arrest 12 dockers on Monday, Mayor Ilse Brandt said."
    " Brandt leads the Harbour Guard with its 300 soldiers."
)
ARREST = {
    "sentence": 1, "type": "COERCE", "mode": "arrest", "trigger": "arrest",
    "source": "Police", "target": "12 dockers", "time": "Monday", "place": "Port Selva",
}  # fmt: skip
LEADS = {"sentence": 2, "type": "leads", "subject": "Brandt", "object": "the Harbour Guard"}


def extractor_of(endpoint: LocalEndpoint) -> EndpointExtractor:
    patience = Patience(timeout_s=5.0, tries=2)
    return EndpointExtractor(
        Client(Address("lark-7b", endpoint.url), None, patience, wait=lambda _: None)
    )


def annotated(text: str, *replies: Reply) -> Annotations:
    with LocalEndpoint(*replies) as endpoint:
        return extractor_of(endpoint).annotate(
            parse_document(document_from_text(text, uri="report.txt"))
        )


def said(**lists: Any) -> Reply:
    return completion({"events": [], "relations": [], "numbers": [], **lists})


def test_events_are_the_endpoints_and_all_else_is_ours() -> None:
    found = annotated(
        TEXT, said(events=[ARREST], relations=[LEADS], numbers=[{"sentence": 1, "text": "12"}])
    )
    rules = RuleExtractor().annotate(parse_document(document_from_text(TEXT, uri="x")))
    assert (found.times, found.places) == (rules.times, rules.places)
    assert set(found.mentions) > set(rules.mentions)
    assert found.attributions == rules.attributions
    event = found.events[0]
    words = [span.text_in(TEXT) for span in (event.trigger, event.source, event.target) if span]
    assert words == ["arrest", "Police", "12 dockers"]
    assert event.time in {time.span for time in found.times}
    assert event.place in {place.span for place in found.places}
    relation = found.relations[0]
    assert relation.evidence.text_in(TEXT) == "Brandt leads the Harbour Guard"
    # The other number does not matter, says the endpoint; the value is read by our grammar.
    assert len(rules.quantities) == 2
    assert [(q.span.text_in(TEXT), q.amount.low) for q in found.quantities] == [("12 dockers", 12)]
    assert event.confidence == relation.confidence == UNMEASURED_CONFIDENCE == SURE_ENOUGH


@pytest.mark.parametrize(
    ("given", "expected"),
    [("planned", "planned"), ("asserted", "asserted"), (None, "denied"), ("rumoured", "denied")],
)
def test_parse_tells_whether_it_happened_only_where_the_endpoint_does_not(
    given: str | None, expected: str
) -> None:
    found = annotated(TEXT, said(events=[ARREST | {"factuality": given}]))
    assert found.events[0].factuality == expected


def test_party_without_a_mention_gets_one() -> None:
    text = "Unrest shook the north."
    event = {"sentence": 1, "type": "PROTEST", "trigger": "shook", "source": "Unrest"}
    found = annotated(text, said(events=[event]))
    assert any(m.span.text_in(text) == "Unrest" for m in found.mentions)


def test_alleged_act_is_linked_to_its_accusation() -> None:
    text = "The mayor accused guards of beating strikers."
    events = [
        {"sentence": 1, "type": "ASSAULT", "mode": "beat", "trigger": "beating", "source": "guards",
         "target": "strikers", "factuality": "asserted"},
        {"sentence": 1, "type": "ACCUSE", "mode": "allege", "trigger": "accused",
         "source": "The mayor", "target": "guards", "factuality": "asserted"},
    ]  # fmt: skip
    found = annotated(text, said(events=events))
    assert [event.type for event in found.events] == ["ACCUSE", "ASSAULT"]
    assert found.events[1].accusation == 0


def test_long_report_is_asked_about_in_parts_with_numbers_of_their_own() -> None:
    text = " ".join(f"Guards attacked gate {n} of the port." for n in range(1, 13))

    def first_sentence(request: Mapping[str, Any], _: int) -> Reply:
        asked = request["messages"][-1]["content"]
        assert asked.startswith("[1] Guards attacked gate ")
        return said(events=[{"sentence": 1, "type": "ASSAULT", "trigger": "attacked"}])

    with LocalEndpoint(choose=first_sentence) as endpoint:
        found = extractor_of(endpoint).annotate(
            parse_document(document_from_text(text, uri="report.txt"))
        )
        assert len(endpoint.requests) == 2
    assert [event.trigger.text_in(text) for event in found.events] == ["attacked"] * 2
    starts = [e.trigger.start for e in found.events]
    assert text[starts[1] :].startswith("attacked gate 9 ")
    assert starts[0] == text.index("attacked")


def test_answer_that_is_no_json_is_asked_for_once_more(caplog: pytest.LogCaptureFixture) -> None:
    found = annotated(TEXT, completion("I would rather not."), said(events=[ARREST]))
    assert len(found.events) == 1
    assert caplog.text == ""


def test_stretch_without_an_answer_has_no_events_and_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    text = " ".join(f"Guards attacked gate {n} of the port." for n in range(1, 19))
    last = said(events=[{"sentence": 1, "type": "ASSAULT", "trigger": "attacked"}])
    broken = completion('{"events": [{"sentence": 1, ')
    found = annotated(text, broken, broken, completion("no"), Reply(b"<html>"), last)
    assert len(found.events) == 1
    assert found.attributions == ()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "report.txt: lark-7b gave no JSON for 2 of 3 stretches" in caplog.text


def test_model_of_whose_words_most_are_dropped_is_told(caplog: pytest.LogCaptureFixture) -> None:
    events = [ARREST, ARREST | {"trigger": "seized"}, ARREST | {"type": "COUP"}]
    annotated(TEXT, said(events=events))
    assert "1 rows were kept and 2 words or rows dropped" in caplog.text
    assert "1 words not in the sentence" in caplog.text


def test_few_words_dropped_are_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        annotated(TEXT, said(events=[ARREST | {"source": "Gendarmes"}], relations=[LEADS]))
    assert [record.levelname for record in caplog.records] == ["INFO"]


def test_hostile_answer_costs_nothing_but_its_stretch() -> None:
    many = [ARREST | {"trigger": "ono" * n} for n in range(200)]
    for reply in (said(events=many), completion("[" * 150_000), Reply(b"x" * 10_000_000)):
        assert annotated(TEXT, reply).events == ()


def test_report_without_sentences_asks_nothing() -> None:
    with LocalEndpoint(said()) as endpoint:
        found = extractor_of(endpoint).annotate(parse_document(Document("doc_1", "x", "")))
        assert (found, endpoint.requests) == (Annotations(), [])


def test_name_tells_model_url_and_version_of_the_instructions() -> None:
    found = extractor_named("openai:lark-7b@http://localhost:8000/v1/")
    assert found.name == "openai:lark-7b@http://localhost:8000/v1#1"


def test_key_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk-lowland-0815\n")
    with LocalEndpoint(said()) as endpoint:
        found = extractor_named(f"openai:lark-7b@{endpoint.url}")
        found.annotate(parse_document(document_from_text(TEXT, uri="x")))
    assert endpoint.headers[0]["Authorization"] == "Bearer sk-lowland-0815"
    assert "sk-lowland" not in found.name


def test_extractors_have_names() -> None:
    assert isinstance(extractor_named("rules"), RuleExtractor)
    assert extractor_named("default").name == default_extractor().name
    assert extractor_named("encoder").name.startswith("encoder-")


@pytest.mark.parametrize("name", ["", "Rules", "gpt", "openai", "http://localhost/v1"])
def test_unknown_name_is_an_error_that_lists_the_known(name: str) -> None:
    with pytest.raises(QueryError, match="default, encoder, rules, or openai:MODEL@URL"):
        extractor_named(name)
