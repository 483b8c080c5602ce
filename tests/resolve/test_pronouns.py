from __future__ import annotations

import pytest

from onrecord.model.annotation import (
    Annotations,
    Attribution,
    Mention,
    MentionForm,
    MentionKind,
    Sentence,
)
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.resolve.pronouns import find_antecedents


class _Story:
    """A text with mentions marked by their words, in order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mentions: list[Mention] = []
        self.attributions: list[Attribution] = []
        self._at = 0

    def mention(self, words: str, kind: MentionKind, form: MentionForm, title: str = "") -> _Story:
        span = self._span(words)
        head, titles = span, ()
        if title:
            head = Span(span.start + len(title) + 1, span.end)
            titles = (Span(span.start, span.start + len(title)),)
        elif form == "nominal":
            head = Span(span.end - len(words.split()[-1]), span.end)
        self.mentions.append(Mention(span, head, kind, form, titles))
        return self

    def _span(self, words: str) -> Span:
        start = self.text.index(words, self._at)
        self._at = start + len(words)
        return Span(start, self._at)

    def said(self, source: str, content: str, kind: str = "direct") -> _Story:
        at = self.text.index(content)
        place = self.text.rindex(source, 0, self.text.index(content) + len(content) + 40)
        self.attributions.append(
            Attribution(
                (Span(at, at + len(content)),), Span(place, place + len(source)), None, kind  # type: ignore[arg-type]
            )
        )  # fmt: skip
        return self

    def antecedents(self) -> dict[str, str]:
        sentences, start = [], 0
        for number, piece in enumerate(self.text.split("\n")):
            sentences.append(Sentence(Span(start, start + len(piece)), number, number))
            start += len(piece) + 1
        annotations = Annotations(
            sentences=tuple(sentences),
            mentions=tuple(self.mentions),
            attributions=tuple(self.attributions),
        )
        groups = {i: i for i, m in enumerate(self.mentions) if m.form == "name"}
        document = Document(document_id="doc_1", uri="x", text=self.text)
        found = find_antecedents(document, annotations, groups)

        def last(index: int) -> int:
            return last(found[index]) if index in found else index

        return {self._words(i): self._words(last(i)) for i in found}

    def _words(self, index: int) -> str:
        span = self.mentions[index].span
        return self.text[span.start : span.end]


def test_he_is_the_last_subject_of_fitting_gender() -> None:
    story = _Story("Mrs. Vesely met Mr. Orbel.\nHe left.")
    story.mention("Mrs. Vesely", "person", "name", "Mrs.")
    story.mention("Mr. Orbel", "person", "name", "Mr.").mention("He", "person", "pronoun")
    assert story.antecedents() == {"He": "Mr. Orbel"}


def test_she_passes_over_a_man() -> None:
    story = _Story("Mrs. Vesely met Mr. Orbel.\nShe left.")
    story.mention("Mrs. Vesely", "person", "name", "Mrs.")
    story.mention("Mr. Orbel", "person", "name", "Mr.").mention("She", "person", "pronoun")
    assert story.antecedents() == {"She": "Mrs. Vesely"}


def test_it_is_no_person() -> None:
    story = _Story("Vesely leads Amber Dawn.\nIt grew.")
    story.mention("Vesely", "person", "name").mention("Amber Dawn", "armed_group", "name")
    story.mention("It", "other", "pronoun")
    assert story.antecedents() == {"It": "Amber Dawn"}


def test_he_added_goes_on_with_the_speaker() -> None:
    story = _Story("“We left with Orbel,” Vesely said.\nHe added: “Never.”")
    story.mention("Orbel", "person", "name").mention("Vesely", "person", "name")
    story.mention("He", "person", "pronoun")
    story.said("Vesely", "“We left with Orbel,”").said("He", "“Never.”")
    assert story.antecedents()["He"] == "Vesely"


def test_i_in_a_quotation_is_its_speaker() -> None:
    story = _Story("“I met Orbel,” Vesely said.")
    story.mention("I", "person", "pronoun").mention("Orbel", "person", "name")
    story.mention("Vesely", "person", "name").said("Vesely", "“I met Orbel,”")
    assert story.antecedents()["I"] == "Vesely"


@pytest.mark.parametrize("nominal", ["the premier", "the prime minister"])
def test_office_is_taken_up_by_its_other_name(nominal: str) -> None:
    story = _Story(f"Prime Minister Vesely met Orbel.\nThen {nominal} left.")
    story.mention("Prime Minister Vesely", "person", "name", "Prime Minister")
    story.mention("Orbel", "person", "name").mention(nominal, "person", "nominal")
    assert story.antecedents() == {nominal: "Prime Minister Vesely"}


def test_the_group_is_the_armed_group_spoken_of() -> None:
    story = _Story("Amber Dawn attacked Ruritania.\nThen the group fled.")
    story.mention("Amber Dawn", "armed_group", "name").mention("Ruritania", "country", "name")
    story.mention("the group", "armed_group", "nominal")
    assert story.antecedents() == {"the group": "Amber Dawn"}


def test_a_described_body_is_no_other_countrys() -> None:
    story = _Story("The Ruritanian army attacked.\nThe Sylvanian army fled.")
    story.mention("Ruritanian army", "government", "name")
    story.mention("The Sylvanian army", "government", "nominal")
    assert story.antecedents() == {}


@pytest.mark.parametrize("nominal", ["a group", "three men", "gunmen"])
def test_new_things_go_back_to_nothing(nominal: str) -> None:
    story = _Story(f"Amber Dawn attacked.\nThen {nominal} fled.")
    story.mention("Amber Dawn", "armed_group", "name")
    story.mention(nominal, "armed_group", "nominal")
    assert story.antecedents() == {}


def test_headline_comma_makes_no_apposition() -> None:
    document = Document(document_id="doc_1", uri="x", text="Vesely, rebel leader threaten war")
    annotations = Annotations(
        sentences=(Sentence(Span(0, 33), 0, 0, is_title=True),),
        mentions=(
            Mention(Span(0, 6), Span(0, 6), "person", "name"),
            Mention(Span(8, 20), Span(14, 20), "person", "nominal"),
        ),
    )
    assert find_antecedents(document, annotations, {0: 0}) == {}


def test_a_name_after_a_preposition_is_not_what_the_next_noun_says() -> None:
    story = _Story("On Facebook, the council said it will help.")
    story.mention("Facebook", "company", "name")
    story.mention("the council", "government", "nominal")
    assert story.antecedents() == {}


def test_a_possessor_is_no_apposition() -> None:
    story = _Story("Ada Quill, the president's aide, spoke.")
    story.mention("Ada Quill", "person", "name")
    story.mention("the president", "person", "nominal")
    assert story.antecedents() == {}


def test_a_driver_of_a_nation_is_no_one_the_report_gives_none() -> None:
    story = _Story("Driver Omar Dast led.\nThen the British driver passed.")
    story.mention("Driver Omar Dast", "person", "name", title="Driver")
    story.mention("the British driver", "person", "nominal")
    assert story.antecedents() == {}


def test_the_agency_may_be_a_body_of_state() -> None:
    story = _Story("The FBI questioned Ada Quill.\nThen the agency closed the case.")
    story.mention("The FBI", "government", "name", title="The")
    story.mention("Ada Quill", "person", "name")
    story.mention("the agency", "organisation", "nominal")
    assert story.antecedents() == {"the agency": "The FBI"}


def test_it_in_a_quotation_is_no_name_far_outside() -> None:
    story = _Story('The Varda Front spoke.\nRain fell.\nOmar Dast said: "Nobody can take it back."')
    story.mention("The Varda Front", "armed_group", "name")
    story.mention("Omar Dast", "person", "name")
    story.mention("it", "other", "pronoun")
    story.said("Omar Dast", "Nobody can take it back.")
    assert story.antecedents() == {}
