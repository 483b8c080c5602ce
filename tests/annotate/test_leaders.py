"""Who leads what: told by "whose", "who heads", "is" and names of crowds."""

import pytest

from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.relations import find_relations
from onrecord.annotate.text import parse_document
from onrecord.annotate.times import find_times
from onrecord.model.document import Document


def leaders_in(text: str) -> set[tuple[str, str]]:
    parse = parse_document(Document(document_id="d", uri="d", text=text))
    found = find_relations(parse, find_mentions(parse), find_times(parse))
    return {(r.subject.text_in(text), r.object.text_in(text)) for r in found if r.type == "leads"}


@pytest.mark.parametrize(
    ("text", "leader", "body"),
    [
        ("They wrote to the River Front, whose leader, John Brandt, has fled.", "John Brandt", "River Front"),
        ("They met the Salt Union, whose president Anna Holt spoke.", "Anna Holt", "Salt Union"),
        ("The council, whose chair is Anna Holt, met.", "Anna Holt", "The council"),
        ("The director of the Salt Office is Anna Holt.", "Anna Holt", "Salt Office"),
        ("Anna Holt, who heads the Widows of the Quarry, wept.", "Anna Holt", "the Widows of the Quarry"),
        ("The owner is John Brandt, called the Bishop, who has led Los Toros for years.", "John Brandt", "Los Toros"),
        ("John Brandt, the head of military intelligence, resigned.", "John Brandt", "military intelligence"),
    ],
)  # fmt: skip
def test_leader_is_read_with_the_body_led(text: str, leader: str, body: str) -> None:
    assert (leader, body) in leaders_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "They met John Brandt, whose leader has fled.",
        "The River Front, whose leader has fled, was silent.",
        "She led Anna Holt to the car.",
        "She is the head of great intelligence we needed.",
    ],
)
def test_look_alikes_name_no_leader(text: str) -> None:
    assert leaders_in(text) == set()


def test_name_denied_to_be_the_leader_is_none() -> None:
    found = leaders_in("The leader of the River Front is not John Brandt.")
    assert "John Brandt" not in {leader for leader, _ in found}
