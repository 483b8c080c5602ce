"""Events by rule: who does what to whom, in every construction news uses."""

from __future__ import annotations

import pytest

from onrecord.annotate.events import find_events
from onrecord.annotate.text import Parse, parse_document
from onrecord.model.annotation import Attribution, Event, PlaceExpression, TimeExpression
from onrecord.model.document import Document
from onrecord.model.span import Span


def parsed(text: str) -> Parse:
    return parse_document(Document(document_id="d", uri="test", text=text))


def rows(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return `(type, mode, source, target)` of every event."""
    parse = parsed(text)
    return [
        (e.type, e.mode, words(parse, e.source), words(parse, e.target)) for e in find_events(parse)
    ]


def words(parse: Parse, span: Span | None) -> str | None:
    return None if span is None else parse.text_of(span)


def first(text: str, kind: str) -> tuple[Parse, Event]:
    parse = parsed(text)
    return parse, next(event for event in find_events(parse) if event.type == kind)


CONSTRUCTIONS = [
    ("Veldan troops attacked the village of Orsk.", "ASSAULT", "Veldan troops", "the village of Orsk"),
    ("The village was attacked by Veldan troops.", "ASSAULT", "Veldan troops", "The village"),
    ("Three journalists were arrested.", "COERCE", None, "Three journalists"),
    ("The rebels who kidnapped the minister fled.", "ASSAULT", "The rebels", "the minister"),
    ("The journalist detained by police is a student.", "COERCE", "police", "The journalist"),
    ("Police detained and questioned the two students.", "COERCE", "Police", "the two students"),
    ("The army launched an offensive against the Red Dawn Front.", "ASSAULT", "The army", "the Red Dawn Front"),
    ("Veldan came under attack from Orsian forces.", "ASSAULT", "Orsian forces", "Veldan"),
    ("The attack on the convoy by the Red Dawn Front shocked the town.", "ASSAULT", "the Red Dawn Front", "the convoy"),
    ("Colonel Imre Vant's threats against the Orsian government alarmed diplomats.", "THREATEN", "Colonel Imre Vant", "the Orsian government"),
    ("The militia issued threats against Orsian forces.", "THREATEN", "The militia", "Orsian forces"),
    ("Orsia imposed sanctions on Veldan.", "SANCTION", "Orsia", "Veldan"),
    ("Sanctions were imposed on Veldan by Orsia.", "SANCTION", "Orsia", "Veldan"),
    ("The air force carried out a strike on the camp.", "ASSAULT", "The air force", "the camp"),
    ("The government cracked down on protesters.", "COERCE", "The government", "protesters"),
    ("The president called on the rebels to disarm.", "REQUEST", "The president", "the rebels"),
    ("The prime minister met with the Orsian president.", "CONSULT", "The prime minister", "the Orsian president"),
    ("The general ordered troops to attack the town.", "REQUEST", "The general", "troops"),
    ("The minister and the mayor condemned the rebels.", "ACCUSE", "The minister and the mayor", "the rebels"),
    ("Police accused the Red Dawn Front of bombing the market.", "ASSAULT", "the Red Dawn Front", "the market"),
    ("Orsia urged Veldan to withdraw from the border.", "REQUEST", "Orsia", "Veldan"),
    ("The militia issued threats of violence against Orsian forces.", "THREATEN", "The militia", "Orsian forces"),
    ("Veldan warned the Orsians to withdraw their troops.", "REQUEST", "Veldan", "the Orsians"),
    ("Veldan provided humanitarian aid to Orsia.", "AID", "Veldan", "Orsia"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "source", "target"), CONSTRUCTIONS)
def test_construction_gives_source_and_target(
    text: str, kind: str, source: str | None, target: str | None
) -> None:
    parse, event = first(text, kind)
    assert (words(parse, event.source), words(parse, event.target)) == (source, target)


CODING_RULES = [
    ("The president will visit Veldan next week.", "AGREE", None),
    ("Orsia announced plans to withdraw its troops from Veldan.", "CONCEDE", None),
    ("Orsia withdrew its troops from Veldan.", "RETREAT", "withdraw"),
    ("The foreign ministry summoned the Orsian ambassador.", "ACCUSE", "disapprove"),
    ("The court ordered the company to pay damages.", "SANCTION", "convict"),
    ("A judge issued an arrest warrant for the exiled leader.", "THREATEN", "arrest"),
    ("The rebels captured 20 government soldiers.", "ASSAULT", "abduct"),
    ("Orsia sent troops to help flood victims.", "AID", None),
    ("Orsia and Veldan held joint military exercises.", "COOPERATE", None),
    ("Veldan held military exercises near the border.", "MOBILIZE", "troops"),
    ("Orsia barred Veldan's envoy from entering the country.", "REJECT", None),
    ("The activist was jailed on Monday.", "COERCE", "arrest"),
]


@pytest.mark.parametrize(("text", "kind", "mode"), CODING_RULES)
def test_coding_rule(text: str, kind: str, mode: str | None) -> None:
    assert (kind, mode) in [(row[0], row[1]) for row in rows(text)]


def test_proven_charge_is_no_allegation() -> None:
    assert "ACCUSE" not in [
        row[0] for row in rows("The court convicted the former minister of fraud.")
    ]


def test_parties_of_reciprocal_act_are_source_and_target() -> None:
    assert rows("Orsia and Veldan held joint military exercises.") == [
        ("COOPERATE", None, "Orsia", "Veldan")
    ]


SENSES = [
    ("Dockers went on strike over pay.", "PROTEST", "ASSAULT"),
    ("The minister fired three advisers.", "SANCTION", "ASSAULT"),
    ("The army fired rockets at the camp.", "ASSAULT", "SANCTION"),
    ("The candidate attacked his rival in a campaign ad.", "ACCUSE", "ASSAULT"),
]


@pytest.mark.parametrize(("text", "kind", "not_kind"), SENSES)
def test_object_and_surroundings_choose_the_sense(text: str, kind: str, not_kind: str) -> None:
    kinds = [row[0] for row in rows(text)]
    assert kind in kinds
    assert not_kind not in kinds


@pytest.mark.parametrize(
    "text",
    [
        "The striker attacked down the wing and scored in the final minute of the match.",
        "Ten people were killed when a tram derailed.",
        "The ship was built in March.",
        "The company sent out a press release.",
    ],
)
def test_sport_accident_and_homograph_are_no_event(text: str) -> None:
    assert rows(text) == []


def test_what_is_only_asked_for_is_no_act_of_its_own() -> None:
    assert [row[0] for row in rows("Orsia urged Veldan to release the prisoners.")] == ["REQUEST"]


def test_bomb_is_no_actor() -> None:
    _, event = first("A car bomb killed ten soldiers.", "ASSAULT")
    assert event.source is None
    assert event.mode == "explosives"


def test_alleged_act_points_at_its_accusation() -> None:
    events = find_events(parsed("Police accused the Red Dawn Front of bombing the market."))
    act = next(event for event in events if event.type == "ASSAULT")
    assert act.accusation is not None
    assert events[act.accusation].type == "ACCUSE"


def test_accusation_index_counts_over_the_whole_document() -> None:
    text = "Troops attacked the camp.\n\nPolice accused the Red Dawn Front of bombing the market."
    events = find_events(parsed(text))
    assert [events[e.accusation].type for e in events if e.accusation is not None] == ["ACCUSE"]


def test_time_and_place_go_to_the_event_they_hang_on() -> None:
    text = "Troops attacked the camp on Monday and rebels kidnapped a mayor in Orsk on Friday."
    parse = parsed(text)
    times = [
        TimeExpression(Span(text.index(day), text.index(day) + 6)) for day in ("Monday", "Friday")
    ]
    place = PlaceExpression(Span(text.index("Orsk"), text.index("Orsk") + 4), locative=True)
    attack, kidnapping = find_events(parse, (), times, [place])
    assert words(parse, attack.time) == "Monday"
    assert words(parse, kidnapping.time) == "Friday"
    assert (attack.place, words(parse, kidnapping.place)) == (None, "Orsk")


def test_act_of_speech_without_subject_is_its_speakers() -> None:
    text = "Condemned by nobody, the raid was praised. So Imre Vant."
    parse = parsed(text)
    bare = next(event for event in find_events(parse) if words(parse, event.trigger) == "praised")
    speaker = Span(text.index("Imre"), text.index("Imre") + 9)
    attribution = Attribution((Span(0, 9),), speaker, bare.trigger, "indirect")
    with_speaker = find_events(parse, (), (), (), [attribution])
    assert bare.source is None
    assert speaker in [e.source for e in with_speaker if e.trigger == bare.trigger]


def test_surer_threshold_keeps_a_subset() -> None:
    parse = parsed("\n\n".join(text for text, *_ in CONSTRUCTIONS))
    few = {event.trigger for event in find_events(parse, least_confidence=0.7)}
    many = {event.trigger for event in find_events(parse, least_confidence=0.3)}
    assert few < many


def test_every_span_lies_inside_one_sentence() -> None:
    parse = parsed(" ".join(text for text, *_ in CONSTRUCTIONS))
    spans = [s.sentence.span for s in parse.sentences]
    for event in find_events(parse):
        home = next(span for span in spans if span.contains(event.trigger))
        for part in (event.source, event.target, event.time, event.place):
            assert part is None or home.contains(part)
