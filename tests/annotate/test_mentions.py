"""Mentions: spans people would mark, kinds that knowledge settles, pronouns that refer."""

from __future__ import annotations

import pytest

from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.text import Parse, parse_document
from onrecord.model.annotation import Mention
from onrecord.model.document import Document


def read(text: str) -> tuple[Parse, tuple[Mention, ...]]:
    parse = parse_document(Document("doc_test", "", text))
    return parse, find_mentions(parse)


def mention_of(text: str, words: str) -> Mention:
    parse, mentions = read(text)
    found = {parse.text_of(m.span): m for m in mentions}
    assert words in found, sorted(found)
    return found[words]


@pytest.mark.parametrize(
    ("text", "words", "kind", "form"),
    [
        ("Iraqi security forces entered the town.", "Iraqi security forces", "government", "nominal"),
        ("The ministry denied the report.", "The ministry", "government", "nominal"),
        ("Gunmen attacked a bus on Monday.", "Gunmen", "armed_group", "nominal"),
        ("Police arrested three men on Monday.", "three men", "people", "nominal"),
        ("Protesters threw stones at officers.", "Protesters", "people", "nominal"),
        ("The militia leader warned the army.", "The militia leader", "person", "nominal"),
        ("The group said it would fight on.", "The group", "organisation", "nominal"),
        ("A gunman was killed by police.", "A gunman", "person", "nominal"),
        ("Sweden recalled its ambassador.", "Sweden", "country", "name"),
        ("The Taliban attacked a checkpoint.", "The Taliban", "armed_group", "name"),
        ("The Interior Ministry blamed rebels.", "The Interior Ministry", "government", "name"),
        ("The Foreign Secretary resigned on Friday.", "The Foreign Secretary", "person", "nominal"),
        ("Kurds and Arabs clashed in the camp.", "Kurds", "people", "name"),
        ("The Arcadia Herald reported the deal.", "The Arcadia Herald", "media", "name"),
        ("Moscow accused the rebels of treason.", "Moscow", "government", "name"),
        ("Six people died in Moscow on Monday.", "Moscow", "place", "name"),
        ("Settlers live in the West Bank.", "the West Bank", "place", "name"),
        ("Six of their men were killed.", "Six of their men", "people", "nominal"),
        ("The head of the party resigned.", "The head of the party", "person", "nominal"),
        ("The minister for trade met farmers.", "The minister for trade", "person", "nominal"),
    ],
)  # fmt: skip
def test_kinds_and_forms(text: str, words: str, kind: str, form: str) -> None:
    mention = mention_of(text, words)
    assert (mention.kind, mention.form) == (kind, form)


def test_organisation_prefix_beats_the_taggers_guess_of_a_person() -> None:
    mention = mention_of("Liwa al-Sabirin claimed the attack.", "Liwa al-Sabirin")
    assert mention.kind == "armed_group"


def test_plural_that_opens_a_sentence_is_no_name_whatever_the_tagger_says() -> None:
    text = "PORT SELVA, Lethania (Meridian Press) — Gunmen on motorcycles shot a trader on Monday."
    men = mention_of(text, "Gunmen")
    assert (men.kind, men.form) == ("armed_group", "nominal")


def test_titles_stand_inside_the_span_and_outside_the_head() -> None:
    text = "Gen. Amin Solway met Prime Minister Ada Quill in private."
    parse, mentions = read(text)
    people = [m for m in mentions if m.kind == "person" and m.form == "name"]
    assert [parse.text_of(m.head) for m in people] == ["Amin Solway", "Ada Quill"]
    assert [[parse.text_of(t) for t in m.titles] for m in people] == [["Gen."], ["Prime Minister"]]


def test_possessor_and_whole_phrase_are_both_mentions() -> None:
    parse, mentions = read("Iran's navy seized a tanker.")
    spans = [parse.text_of(m.span) for m in mentions]
    assert "Iran" in spans
    assert "Iran's navy" in spans


def test_organisation_before_a_title_is_a_mention() -> None:
    parse, mentions = read("CIA Director Ada Quill testified.")
    assert {parse.text_of(m.span): m.kind for m in mentions} == {
        "CIA Director Ada Quill": "person",
        "CIA": "government",
    }


def test_sponsor_inside_a_compound_is_a_mention() -> None:
    assert mention_of("The Iran-backed militia fired rockets.", "Iran").kind == "country"


def test_noun_behind_a_name_only_says_what_it_is() -> None:
    parse, mentions = read("The Sabirin militia attacked the camp.")
    first = mentions[0]
    assert (parse.text_of(first.head), first.kind) == ("Sabirin", "armed_group")


def test_what_one_sentence_settles_holds_for_the_document() -> None:
    parse, mentions = read("Harakat al-Sabirin was formed in 2009. Later Sabirin seized a bridge.")
    later = [m for m in mentions if parse.text_of(m.head) == "Sabirin"]
    assert [m.kind for m in later] == ["armed_group"]


def test_relative_clause_and_apposition_stay_outside() -> None:
    parse, mentions = read("The soldiers, who had fled, returned. Ada Quill, a lawyer, objected.")
    spans = [parse.text_of(m.span) for m in mentions]
    assert "The soldiers" in spans
    assert "Ada Quill" in spans


@pytest.mark.parametrize(
    "text",
    [
        "It is raining in the valley.",
        "It was clear that the talks had failed.",
        "It was reported that the bridge fell.",
        "The ruling makes it harder to win.",
    ],
)
def test_expletive_it_refers_to_nobody(text: str) -> None:
    parse, mentions = read(text)
    assert "it" not in {parse.text_of(m.span).lower() for m in mentions}


def test_referring_it_is_a_mention() -> None:
    assert mention_of("The army said it had withdrawn.", "it").form == "pronoun"


@pytest.mark.parametrize(
    "text",
    ["The table broke on Tuesday.", "In March prices fell.", "", "!!!", "Monday 12 June 2017"],
)
def test_things_and_dates_are_no_mentions(text: str) -> None:
    assert read(text)[1] == ()


def test_heads_lie_in_spans_and_spans_differ() -> None:
    text = (
        "Iran's Supreme Leader Ada Quill told the governments of Iraq and Syria that Moscow's "
        "U.S.-backed rivals, including Kata'ib al-Fajr (KF), would leave the city of Basra."
    )
    _, mentions = read(text)
    assert all(m.span.contains(m.head) for m in mentions)
    assert all(m.span.contains(title) for m in mentions for title in m.titles)
    assert len({m.span for m in mentions}) == len(mentions)
    assert [m.span.start for m in mentions] == sorted(m.span.start for m in mentions)
