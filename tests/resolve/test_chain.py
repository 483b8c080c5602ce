from __future__ import annotations

from onrecord.model.actor import Entity
from onrecord.model.annotation import Attribution
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.resolve.chain import chain_of, lineage

TEXT = "The Meridian Herald reported that Vesely had said that an official blamed rain."
HERALD, VESELY, OFFICIAL = Span(0, 19), Span(34, 40), Span(55, 66)
ENTITIES = {
    HERALD: Entity("en_1", "doc_1", "Meridian Herald", "media", True),
    VESELY: Entity("en_2", "doc_1", "Marta Vesely", "person", True),
    OFFICIAL: Entity("en_3", "doc_1", "an official", "person", False),
}
ATTRIBUTIONS = (
    Attribution((Span(29, 78),), HERALD, Span(20, 28), "indirect"),
    Attribution((Span(50, 78),), VESELY, Span(45, 49), "indirect", parent=0),
    Attribution((Span(74, 78),), OFFICIAL, Span(67, 73), "indirect", parent=1),
)


def document(publisher: str = "The Tower", wire: str = "") -> Document:
    return Document(document_id="doc_1", uri="x", text=TEXT, publisher=publisher, wire_credit=wire)


def names(doc: Document, innermost: int | None) -> list[tuple[str, str, bool]]:
    links = chain_of(doc, ATTRIBUTIONS, innermost, ENTITIES.get)
    return [(link.name, link.role, link.named) for link in links]


def test_nested_attributions_are_links_from_the_outlet_inward() -> None:
    assert names(document(), 2) == [
        ("The Tower", "outlet", True),
        ("Meridian Herald", "outlet", True),
        ("Marta Vesely", "speaker", True),
        ("an official", "speaker", False),
    ]


def test_own_voice_is_the_outlet_alone() -> None:
    assert names(document(), None) == [("The Tower", "outlet", True)]


def test_missing_publisher_is_an_unnamed_outlet() -> None:
    assert names(document(publisher=""), None) == [("unknown outlet", "outlet", False)]


def test_outlet_that_cites_itself_is_one_link() -> None:
    assert names(document("The Meridian Herald"), 0) == [("The Meridian Herald", "outlet", True)]


def test_each_credited_agency_is_a_link() -> None:
    assert [role for _, role, _ in names(document(wire="Reuters, AP"), None)] == [
        "outlet", "agency", "agency",
    ]  # fmt: skip


def test_what_nobody_says_rests_on_the_outlet() -> None:
    text = "No group claimed responsibility for the fire."
    doc = Document(document_id="doc_2", uri="y", text=text, publisher="The Tower")
    told = (Attribution((Span(17, 44),), Span(0, 8), Span(9, 16), "indirect"),)
    assert [link.role for link in chain_of(doc, told, 0, lambda _: None)] == ["outlet"]


def test_attribution_without_source_is_an_unnamed_link() -> None:
    nobody = (Attribution((Span(0, 5),), None, Span(6, 8), "indirect"),)
    last = chain_of(document(), nobody, 0, ENTITIES.get)[-1]
    assert (last.name, last.named, last.span) == ("unnamed source", False, Span(6, 8))


def test_lineage_ends_even_where_parents_form_a_ring() -> None:
    ring = (
        Attribution((Span(0, 5),), None, None, "indirect", parent=1),
        Attribution((Span(0, 5),), None, None, "indirect", parent=0),
    )
    assert lineage(ring, 0) == (1, 0)
