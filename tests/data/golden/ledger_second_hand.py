"""Rows of a report on another report: three links from reader to speaker."""

from golden_rows import Act, Figure, OneActor, Says, Stands

REPORT = "ledger_second_hand.txt"
EXPECTED = [
    Says(
        "the Aldmoor Courier",
        (
            "Lethanian President Tomas Arendt has told Norwegian mediators that he is ready to free up to 200 prisoners",
        ),
        cue="reported",
    ),
    Says(
        "Lethanian President Tomas Arendt", ("he is ready to free up to 200 prisoners",), cue="told"
    ),
    Says("Arendt", ("I can open a cell. I cannot open a grave.",), cue="remarked"),
    Says("The president's office", ("it did not comment on private conversations",), cue="said"),
    Says("Dessaly", ('the figure was "invented by people who were not in the room"',), cue="told"),
    Says("A spokesman for Prime Minister Corina Vask", ("no decision had been taken",), cue="said"),
    Says("he", ("Parliament would have to approve an amnesty",), cue="said"),
    Says("The opposition Civic Renewal Movement", ("it would back such a law",), cue="said"),
    Says(
        "its leader",
        ("We would vote for it tomorrow",),
        cue="quoted",
        known_gap="was quoted as saying",
    ),
    Act("REQUEST", "Karim Dessaly", "asked for", None),
    Stands("leads", "President Tomas Arendt", "Lethanian"),
    Stands("leads", "Mira Solanke", "its"),
    Stands("member_of", "Karim Dessaly", "United Coast Front"),
    Figure("up to 200 prisoners", None, 200, bound="at_most"),
    Figure("340 names", 340, 340, known_gap="a count of names"),
    OneActor(("Lethanian President Tomas Arendt", "Arendt", "he")),
    OneActor(("Aldmoor Courier", "Courier"), known_gap="short name of an outlet"),
]
