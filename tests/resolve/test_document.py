from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.model.document import Document
from onrecord.model.statement import ResolvedDocument, Statement
from onrecord.resolve.document import resolve_document

SENTENCES = [
    "Marta Vesely, leader of the Amber Dawn militia, threatened to attack Iraqi forces on Monday.",
    "“We will not leave,” Vesely said.",
    "She added: “Our patience is over.”",
    "The Amber Dawn militia was formed in 2013 by Yusuf al-Darwish.",
    "It operates in both Syria and Iraq.",
    "The interior ministry said that gunmen killed at least 14 people in Mosul, Iraq.",
    "The Meridian Herald reported that Darwish had accused Iran of arming the rebels.",
    "A security official said two soldiers were wounded.",
    "The National Relief Council (NRC) sent 1,200 tents to the town.",
    "🙂 مرحبا. He then told the Iraqi government to leave.",
]
PUBLISHED = datetime(2017, 12, 7, tzinfo=UTC)


def resolved(text: str, publisher: str = "The Selva Herald", wire: str = "") -> ResolvedDocument:
    document = Document(
        document_id="doc_1", uri="x", text=text, publisher=publisher, published=PUBLISHED,
        wire_credit=wire,
    )  # fmt: skip
    return resolve_document(document, RuleExtractor().annotate(parse_document(document)))


def _name(row: ResolvedDocument, entity_id: str | None) -> str:
    return next((e.name for e in row.entities if e.entity_id == entity_id), "")


def _one(row: ResolvedDocument, type_: str) -> Statement:
    return next(s for s in row.statements if s.type == type_)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_every_field_stands_in_the_text_under_ids_used_once(sentences: list[str]) -> None:
    row = resolved("\n\n".join(sentences))
    text = row.document.text
    ids = [s.statement_id for s in row.statements]
    assert len(ids) == len(set(ids))
    entities = {e.entity_id for e in row.entities}
    assert len(entities) == len(row.entities)
    attributions = {a.attribution_id for a in row.attributions}
    assert len(attributions) == len(row.attributions)
    assert len({m.mention_id for m in row.mentions}) == len(row.mentions)
    for statement in row.statements:
        for party in (statement.subject, statement.object):
            if party is not None:
                assert text[party.span.start : party.span.end] == party.text
                assert party.entity_id is None or party.entity_id in entities
        for span in (statement.trigger, statement.time, statement.place, statement.counted):
            assert span is None or span.end <= len(text)
        assert statement.chain[0].role == "outlet"
        assert statement.attribution_id is None or statement.attribution_id in attributions
        assert statement.accusation_id is None or statement.accusation_id in ids
    for entity in row.entities:
        for alias in entity.aliases:
            assert alias.span is None or alias.span.text_in(text) == alias.alias


def test_reading_twice_gives_equal_rows() -> None:
    text = "\n\n".join(SENTENCES)
    assert resolved(text) == resolved(text)


def test_empty_text_gives_no_rows() -> None:
    assert resolved("").statements == ()


def test_founding_year_becomes_an_interval() -> None:
    founded = _one(resolved(SENTENCES[3]), "founded")
    assert founded.interval is not None
    assert founded.interval.start == datetime(2013, 1, 1, tzinfo=UTC)


def test_it_leads_to_the_group_of_the_sentence_before() -> None:
    row = resolved(" ".join(SENTENCES[3:5]))
    active = _one(row, "active_in")
    assert active.subject is not None
    assert _name(row, active.subject.entity_id) == "Amber Dawn"


def test_surname_and_pronoun_lead_to_the_full_name() -> None:
    row = resolved(" ".join(SENTENCES[:3]))
    speakers = {_name(row, a.source.entity_id) for a in row.attributions if a.source is not None}
    assert "Marta Vesely" in speakers
    assert len({a.source.entity_id for a in row.attributions[-2:] if a.source is not None}) == 1


def test_acronym_in_brackets_is_one_entity_with_the_full_name() -> None:
    row = resolved(SENTENCES[8])
    council = next(e for e in row.entities if e.name == "National Relief Council")
    assert ("NRC", "acronym") in {(a.alias, a.how) for a in council.aliases}


def test_country_people_and_government_stay_apart() -> None:
    row = resolved("Iraq is large. Iraqis voted. The Iraqi government resigned.")
    kinds = {e.kind for e in row.entities if e.country == "IRQ"}
    assert kinds == {"country", "people", "government"}


@pytest.mark.parametrize(
    ("publisher", "name", "named"),
    [("The Selva Herald", "The Selva Herald", True), ("", "unknown outlet", False)],
)
def test_own_voice_is_a_chain_of_one(publisher: str, name: str, named: bool) -> None:
    (link,) = _one(resolved(SENTENCES[3], publisher), "founded").chain
    assert (link.name, link.named) == (name, named)


def test_agency_stands_between_outlet_and_speaker() -> None:
    row = resolved(SENTENCES[7], wire="Agence France-Presse")
    chain = next(s for s in row.statements if s.attribution_id is not None).chain
    assert [link.role for link in chain] == ["outlet", "agency", "speaker"]
    assert not chain[-1].named


def test_an_armed_group_is_never_civilian_for_being_called_a_group() -> None:
    found = resolved(
        "Liwa al-Sabirin attacked the port on Monday. The group said that it would not leave."
    )
    (group,) = (e for e in found.entities if e.name == "Liwa al-Sabirin")
    assert (group.kind, group.sector) == ("armed_group", "UAF")
