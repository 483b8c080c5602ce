"""English is told from other languages, names and all."""

from __future__ import annotations

import pytest

from onrecord.read.language import language_name, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The mayor of Łódź, Zbigniew Wójcik, met Jürgen Großmann and François Lefèvre on Tuesday in"
         " Košice, officials of the three towns said.", "en"),
        ("El consejo se reunió el martes y votó reparar la presa que está encima de la ciudad, dijeron"
         " funcionarios del gobierno.", "es"),
        ("Der Rat trat am Dienstag zusammen und stimmte dafür, den Damm oberhalb der Stadt zu reparieren,"
         " sagten Beamte.", "de"),
        ("اجتمع المجلس يوم الثلاثاء وصوت على إصلاح السد فوق المدينة", "ar"),
        ("12 345", "en"),
    ],
)  # fmt: skip
def test_languages_are_told(text: str, code: str) -> None:
    assert language_of(text) == code


def test_a_long_foreign_quotation_does_not_make_a_report_foreign() -> None:
    english = "The council met on Tuesday and voted to repair the dam, the mayor said in a speech. "
    quotation = "Nous allons réparer le barrage et nous aiderons tous les villages de la vallée. "
    assert language_of(english * 3 + quotation * 2) == "en"


def test_languages_have_names() -> None:
    assert language_name("fr") == "French"
    assert "zz" in language_name("zz")
