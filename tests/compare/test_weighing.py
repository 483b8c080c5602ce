"""Acts and figures of one story that are one, and those that only look so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from claim_statements import FRONT, PORT, day, on, report, statement, toll

from onrecord.compare.reading import as_read
from onrecord.compare.relations import entails
from onrecord.compare.same import evidence
from onrecord.compare.stories import same_story
from onrecord.compare.weighing import signs, weigh
from onrecord.model.claim import PartyView, StatementView

COMMANDER = PartyView("ac_lenz", "Ada Lenz", "Ada Lenz", "person")


def test_words_next_to_the_trigger_join_acts_without_parties() -> None:
    bare = {"subject": None, "object": None, "place": None}
    one = statement("a", report("courier"), sentence="Shells hit the grain depot at dawn.",
                    trigger="hit", at=7, **bare)  # fmt: skip
    other = statement("b", report("herald"), sentence="The grain depot was hit by shells.",
                      trigger="hit", at=20, **bare)  # fmt: skip
    apart = statement("c", report("wire"), sentence="A bus was rammed on the coast road.",
                      trigger="rammed", at=10, **bare)  # fmt: skip
    assert weigh(one, other) > 0 > weigh(one, apart)


@pytest.mark.parametrize("sign", [
    ("mode", {"mode": "arrest"}, {"mode": ""}),
    ("number", {"sentence": "They held 34 men there.", "at": 5}, {"sentence": "They held men.", "at": 5}),
    ("known", {"sentence": "After the attack they left.", "trigger": "attack", "at": 10}, {}),
    ("beginning", {"start": 100}, {"start": 900}),
])  # fmt: skip
def test_what_two_acts_share_beyond_parties_speaks_for_one_act(
    sign: tuple[str, dict[str, object], dict[str, object]],
) -> None:
    name, shared, missing = sign
    one, other = (statement(n, report(n), **shared) for n in ("a", "b"))
    without = statement("c", report("c"), **missing)
    assert getattr(signs(one, other), name) == 1
    assert getattr(signs(without, without), name) == 0


def _unnamed(words: str) -> PartyView:
    return PartyView(None, words, words, named=False)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("the rebels", "its troops", True),
        ("a group of health workers", "30 prisoners", True),
        ("two inmates", "prisoners of the north wing", False),
        ("some of them", "all of them", False),
        ("gunmen", "four men", False),
        ("the guards of Wing B", "nine guards", False),
    ],
)
def test_nouns_of_two_sorts_speak_against_one_act(one: str, other: str, apart: bool) -> None:
    a = statement("a", report("a"), subject=_unnamed(one))
    b = statement("b", report("b"), subject=_unnamed(other))
    assert signs(a, b).subject_noun == signs(b, a).subject_noun == float(apart)


def test_pronouns_make_no_one_the_same() -> None:
    a = statement("a", report("a"), object=_unnamed("some of them"))
    b = statement("b", report("b"), object=_unnamed("all of them"))
    assert signs(a, b).object == 0


@pytest.mark.parametrize(
    ("type_", "sentence", "trigger", "factuality"),
    [
        ("ACCUSE", "The ministry denied the accusation.", "accusation", "asserted"),
        ("REQUEST", "The government rejected a demand for talks.", "demand", "asserted"),
        ("ACCUSE", "The ministry denied having accused them.", "accused", "denied"),
        ("ASSAULT", "The army denied the attack.", "attack", "denied"),
    ],
)
def test_what_is_denied_or_turned_down_was_said(
    type_: str, sentence: str, trigger: str, factuality: str
) -> None:
    view = statement("a", report("a"), type=type_, sentence=sentence, trigger=trigger,
                     at=sentence.index(trigger), factuality="denied")  # fmt: skip
    assert as_read(view).factuality == factuality
    assert as_read(replace(view, factuality="asserted")).factuality == factuality


def test_modes_of_speech_join_nothing() -> None:
    blame: dict[str, object] = {"type": "ACCUSE", "mode": "allege"}
    one, other = (statement(n, report(n), **blame) for n in ("a", "b"))
    assert signs(one, other).mode == 0


def test_acts_of_one_report_are_not_one_for_their_mode_or_place_in_it() -> None:
    of, text = report("a"), "After the launch they left."
    shared: dict[str, object] = {
        "mode": "weapons", "start": 0, "sentence": text, "trigger": "launch", "at": 10,
    }  # fmt: skip
    here, there = statement("a", of, **shared), statement("b", of, **shared)
    elsewhere = statement("c", report("c"), **shared)
    assert weigh(here, there) < weigh(here, elsewhere)


def test_a_verb_after_an_article_is_no_act_that_is_known() -> None:
    verb = statement("a", report("a"), sentence="The men attacked the depot.", at=8)
    assert signs(verb, verb).known == 0


@pytest.mark.parametrize("against", [{"factuality": "planned"}, on(9), {"type": "SUPPORT"}])
def test_no_likeness_of_parties_joins_plans_days_or_sorts_apart(against: dict[str, object]) -> None:
    one = statement("a", report("courier"), place=PORT, **on(4))
    other = statement("b", report("herald"), place=PORT, **{**on(4), **against})  # type: ignore[arg-type]
    assert weigh(one, other) < weigh(one, statement("c", report("herald"), place=PORT, **on(4)))


def test_rival_counts_of_two_speakers_in_one_sentence_are_one_figure() -> None:
    from onrecord.model.claim import LinkView

    said = "The ministry spoke of 12 captives, while the Front put it at 14."
    ministry, front = (LinkView(n, "speaker", True) for n in ("ministry", "Front"))
    of = report("courier")
    one = toll("a", of, 12, ministry, sentence=said, at=22, trigger="12", counted="captives",
               type="people")  # fmt: skip
    other = toll("b", of, 14, front, sentence=said, at=61, trigger="14", counted="", type="people")
    assert evidence(one, other, story=True) > 0
    alone = toll("c", of, 14, sentence=said, at=61, trigger="14", counted="", type="people")
    assert evidence(one, alone, story=True) <= 0


def _relation(name: str, type_: str, **more: object) -> StatementView:
    values = {"kind": "relation", "subject": COMMANDER, "object": FRONT, **more}
    return statement(name, report(name), type=type_, **values)


def test_who_leads_a_body_is_of_it_and_not_the_other_way_round() -> None:
    leads, member = _relation("a", "leads"), _relation("b", "member_of")
    assert entails(leads, member)
    assert not entails(member, leads)
    assert not entails(_relation("c", "leads", factuality="denied"), member)


@pytest.mark.parametrize(
    ("sentence", "trigger", "factuality"),
    [
        ("The claim that we attacked the post is a fabrication.", "attacked", "denied"),
        ("At no time did our forces shell the post.", "shell", "denied"),
        ("It is false that shots were fired.", "fired", "denied"),
        ("He denied that they attacked the post.", "attacked", "denied"),
        ("He denied paying the men who attacked the post.", "attacked", "asserted"),
        ("Our forces attacked the post.", "attacked", "asserted"),
    ],
)
def test_what_is_called_false_is_denied(sentence: str, trigger: str, factuality: str) -> None:
    view = statement(
        "a", report("courier"), sentence=sentence, trigger=trigger, at=sentence.index(trigger)
    )
    assert as_read(view).factuality == factuality


def test_a_name_in_the_first_lines_joins_reports_whose_actors_are_not_known() -> None:
    nothing = frozenset[str]()
    one = report("courier", anchors=nothing, lead="Shells fell on Dunmere market on Monday.",
                 title="Market shelled")  # fmt: skip
    other = report("herald", anchors=nothing, lead="The market of Dunmere was hit by shells.",
                   title="Shells hit market")  # fmt: skip
    elsewhere = report("wire", anchors=nothing, lead="Voters went to the polls in Sarkov.",
                       title="Sarkov votes")  # fmt: skip
    late = report("late", anchors=nothing, published=day(5).replace(year=2027), lead=other.lead,
                  title=other.title)  # fmt: skip
    assert same_story(one, other)
    assert not same_story(one, elsewhere)
    assert not same_story(one, late)
