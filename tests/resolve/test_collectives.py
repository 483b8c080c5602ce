"""Collectives keep their members beside them; relative pronouns go back to their phrase."""

from __future__ import annotations

import pytest

from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.model.actor import Entity
from onrecord.model.annotation import Annotations, Attribution, Mention, MentionKind, Sentence
from onrecord.model.span import Span
from onrecord.read.any import document_from_text
from onrecord.resolve.document import resolve_document


def _members(text: str) -> dict[str, set[str]]:
    """Return collective -> names of its members."""
    document = document_from_text(text, uri="test.txt")
    resolved = resolve_document(document, RuleExtractor().annotate(parse_document(document)))
    entities: dict[str, Entity] = {e.entity_id: e for e in resolved.entities}
    return {e.name: {entities[m].name for m in e.members} for e in entities.values() if e.members}


@pytest.mark.parametrize(
    ("text", "collective", "members"),
    [
        ("China and Russia signed a pact. The two governments agreed to share water.",
         "The two governments", {"China", "Russia"}),
        ("Kenya met Uganda in May. The two countries signed a pact.",
         "The two countries", {"Kenya", "Uganda"}),
        ("President Anna Quill met Minister Omar Dast. The two leaders shook hands.",
         "The two leaders", {"Anna Quill", "Omar Dast"}),
        ("Kenya, Uganda and Rwanda signed a pact. The three countries share a lake.",
         "The three countries", {"Kenya", "Uganda", "Rwanda"}),
        ("Kenya met Uganda in May. Both countries will share the lake.",
         "Both countries", {"Kenya", "Uganda"}),
        ("President Anna Quill met Minister Omar Dast. Both leaders praised the deal.",
         "Both leaders", {"Anna Quill", "Omar Dast"}),
        ("The Varda Front fought the Coastal Guard. A deal between the two sides failed.",
         "the two sides", {"Varda Front", "Coastal Guard"}),
    ],
)  # fmt: skip
def test_whom_a_collective_means(text: str, collective: str, members: set[str]) -> None:
    assert _members(text)[collective] == members


@pytest.mark.parametrize(
    "text",
    [
        "Kenya signed a pact. The two countries share a lake.",
        "Kenya, Uganda and Rwanda signed a pact. The two countries share a lake.",
        "Kenya and Uganda signed a pact. Two governments of the region protested.",
        "President Anna Quill met Minister Omar Dast. The two countries share a lake.",
        "Kenya accused Uganda, Rwanda and Burundi. Both sides agreed to talk.",
    ],
)
def test_whom_a_collective_means_stays_open_where_the_number_does_not_fit(text: str) -> None:
    assert _members(text) == {}


def test_a_family_has_those_who_bear_its_name() -> None:
    text = "Anna Quill and John Quill arrived on Monday. The Quills left early. Anna Quill smiled."
    assert _members(text) == {"Quills": {"Anna Quill", "John Quill"}}


_TEXT = "The head of the Varda Front, who fled, wrote to the Courier, which printed it."


def _span(words: str) -> Span:
    return Span(_TEXT.index(words), _TEXT.index(words) + len(words))


def _mention(words: str, kind: MentionKind, form: str = "name") -> Mention:
    return Mention(_span(words), _span(words), kind, form)  # type: ignore[arg-type]


def test_a_relative_pronoun_that_speaks_is_who_its_clause_describes() -> None:
    mentions = (
        _mention("The head of the Varda Front", "person", "nominal"),
        _mention("the Varda Front", "organisation"),
        _mention("who", "person", "pronoun"),
        _mention("the Courier", "media"),
    )
    document = document_from_text(_TEXT, uri="test.txt")
    said = [
        Attribution((_span("fled"),), _span("who"), None, "indirect"),
        Attribution((_span("printed it"),), _span("which"), None, "indirect"),
    ]
    sentence = Sentence(Span(0, len(_TEXT)), 0, 0)
    resolved = resolve_document(
        document, Annotations(sentences=(sentence,), mentions=mentions, attributions=tuple(said))
    )
    names = {e.entity_id: e.name for e in resolved.entities}
    sources = [a.source for a in resolved.attributions]
    assert [names.get(s.entity_id or "") for s in sources if s is not None] == [
        "The head of the Varda Front", "the Courier".removeprefix("the "),
    ]  # fmt: skip
