"""The suite of unit records: what is asked for, and what counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.evaluation.unit_records import Coded, Found, UnitRecord, load, names, score

_FILE = """<Validation><!-- a comment --><Sentences>
<Sentence id="A-1"><EventCoding sourcecode="VLD" targetcode="TORGOV" eventcode="190"></EventCoding>
<Text>Valdora attacked
Torland's fleet.</Text></Sentence>
<Sentence id="A-2"><EventCoding noevents="True"/><Text>Rain fell on Valdora.</Text></Sentence>
<Sentence id="A-3"><EventCoding error="dateline"/><Text>Nothing.</Text></Sentence>
<Sentence id="A-4"><EventCoding sourcecode="---" targetcode="VLD" eventcode="010"></EventCoding>
<Text>It spoke.</Text></Sentence>
</Sentences></Validation>"""


def test_records_of_the_coders_own_errors_and_of_plain_speech_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "records.xml"
    path.write_text(_FILE, encoding="utf-8")
    attacked, rain = load(path)
    assert attacked.text == "Valdora attacked Torland's fleet."
    assert attacked.coded == (Coded("VLD", "TOR", "190"),)
    assert rain.coded == ()


def test_what_is_no_xml_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.xml"
    path.write_text("<Sentences", encoding="utf-8")
    with pytest.raises(ReadError, match="not XML"):
        load(path)


@pytest.mark.parametrize(
    ("words", "code", "same"),
    [
        ("Valdora", "VLD", True),
        ("the Valdoran army", "VLD", True),
        ("Torland", "VLD", False),
        ("the army", "ARM", False),
        ("France", "FRA", True),
        ("the United States", "USA", True),
        ("", "FRA", False),
        ("anyone at all", None, True),
    ],
)
def test_a_code_is_spelled_by_the_name_of_its_actor(
    words: str, code: str | None, same: bool
) -> None:
    assert names(words, code) is same


def test_a_record_is_right_only_when_all_its_codes_are() -> None:
    records = [
        UnitRecord("1", "", (Coded("VLD", "TOR", "190"), Coded("VLD", "FRA", "042"))),
        UnitRecord("2", "", ()),
    ]
    found = [
        [
            Found("ASSAULT", "attacked", "Valdora", "Torland"),
            Found("CONSULT", "visited", "France", "Valdora"),
        ],
        [Found("ACCUSE", "blamed", "", "")],
    ]
    figures = score(records, found)
    assert figures["records.type"]["hits"] == 1
    assert figures["records.type_and_actors"]["hits"] == 0
    assert figures["codes.type_and_actors"]["hits"] == 1
    assert figures["records.none_expected"]["hits"] == 0
