"""Of what patterns and encoder propose, each pair keeps the relation most probably right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.annotate.judging import Judge
from onrecord.annotate.neural_pairs import PairFind
from onrecord.annotate.relation_judge import (
    candidates_of,
    is_impossible,
    judged_relations,
    kept,
    signs_of,
)
from onrecord.annotate.text import parse_document
from onrecord.model.annotation import Mention, Relation, RelationType
from onrecord.model.document import Document
from onrecord.model.span import Span

_TEXT = "General Ann Vale of the Harlan Front, far from home, met Bo Lund in Westmark."


def _span(words: str) -> Span:
    start = _TEXT.index(words)
    return Span(start, start + len(words))


_VALE, _FRONT, _LUND = _span("Ann Vale"), _span("Harlan Front"), _span("Bo Lund")
_MENTIONS = [
    Mention(_VALE, _VALE, "person", "name"),
    Mention(_FRONT, _FRONT, "armed_group", "name"),
    Mention(_LUND, _LUND, "person", "name"),
]


def _pair(kind: str, left: Span, right: Span, probability: float) -> PairFind:
    return PairFind(0, kind, left, right, probability)


def _pattern(kind: RelationType, subject: Span, target: Span, confidence: float) -> Relation:
    return Relation(kind, subject, target, _span("of"), confidence=confidence)


def test_a_pattern_and_an_encoder_that_see_one_relation_are_one_candidate() -> None:
    pattern = _pattern("member_of", _VALE, _FRONT, 0.8)
    found = candidates_of([pattern], [_pair("member_of", _span("Vale"), _FRONT, 0.7)])
    assert [(c.subject, c.pattern, c.score) for c in found] == [(_VALE, pattern, 0.7)]


def test_another_relation_of_a_pattern_between_the_two_is_known() -> None:
    pattern = _pattern("member_of", _VALE, _FRONT, 0.8)
    pairs = [_pair("leads", _VALE, _FRONT, 0.5), _pair("hostile_to", _LUND, _FRONT, 0.5)]
    contested = {c.type: c.contested for c in candidates_of([pattern], pairs)}
    assert contested == {"leads": True, "hostile_to": False, "member_of": False}


def test_a_party_that_fits_no_noun_phrase_makes_no_candidate() -> None:
    assert candidates_of([], [_pair("leads", _VALE, _FRONT, 0.9)], lambda span: None) == []


def test_each_pair_keeps_one_relation_the_most_probable() -> None:
    pairs = [_pair("member_of", _VALE, _FRONT, 0.5), _pair("leads", _VALE, _FRONT, 0.3)]
    member, leads = candidates_of([], pairs)
    assert kept([(0.5, member), (0.8, leads)], 0.4) == [(0.8, leads)]
    assert kept([(0.3, member), (0.2, leads)], 0.4) == []


def test_a_weaker_candidate_of_the_type_with_the_same_party_has_a_rival() -> None:
    pairs = [_pair("leads", _VALE, _FRONT, 0.9), _pair("leads", _LUND, _FRONT, 0.5)]
    vale, lund = candidates_of([], pairs)
    signs = signs_of(_MENTIONS, [vale, lund])
    assert [s["rival"] for s in signs] == [0.0, 0.9]


def test_parties_more_than_a_clause_apart_are_far() -> None:
    text_end = len(_TEXT)
    distant = Span(text_end + 40, text_end + 50)
    near, far = candidates_of(
        [], [_pair("leads", _VALE, _FRONT, 0.9), _pair("leads", _VALE, distant, 0.5)]
    )
    assert [s["far"] for s in signs_of(_MENTIONS, [near, far])] == [0.0, 1.0]
    told = Relation("leads", _VALE, distant, _VALE, confidence=0.85)
    guessed = replace(told, confidence=0.7)
    signs = signs_of(_MENTIONS, [replace(far, pattern=p) for p in (told, guessed)])
    assert [s["far"] for s in signs] == [0.0, 1.0], "plain grammar reaches further than a guess"


@pytest.mark.parametrize(
    ("kind", "impossible"),
    [("leads", True), ("member_of", True), ("hostile_to", False), ("supports", False)],
)
def test_no_country_leads_another(kind: RelationType, impossible: bool) -> None:
    countries = [
        Mention(_VALE, _VALE, "country", "name"),
        Mention(_FRONT, _FRONT, "country", "name"),
    ]
    (candidate,) = candidates_of([], [_pair(kind, _VALE, _FRONT, 0.9)])
    assert is_impossible(candidate, countries) is impossible
    assert is_impossible(candidate, _MENTIONS) is False


def test_relations_carry_the_judges_probability_and_the_patterns_evidence() -> None:
    parse = parse_document(Document("doc_1", "x", _TEXT))
    judge = Judge(0.0, {"pattern": 2.0}, 0.6)
    pattern = _pattern("member_of", _VALE, _FRONT, 0.8)
    pairs = [_pair("leads", _LUND, _FRONT, 0.9)]
    (relation,) = judged_relations(parse, _MENTIONS, [pattern], pairs, lambda s: s, judge)
    assert relation.evidence == pattern.evidence
    assert relation.confidence == pytest.approx(0.881, abs=0.001)
