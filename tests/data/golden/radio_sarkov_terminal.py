"""Rows of a government's rejection with a threat, by a broadcaster that sides with it."""

from golden_rows import Act, Figure, OneActor, Says

REPORT = "radio_sarkov_terminal.html"
EXPECTED = [
    Says(
        "Foreign Minister Anton Grell",
        (
            "These charges are reckless and they are false",
            "Sarkovia has never given a single rifle to the Army of the Coast.",
        ),
        known_gap="a sentence between said and added goes to the second cue",
    ),
    Says(
        "He",
        ("If Aldmoor wants a quarrel, it will find the border shut.",),
        cue="added",
        known_gap="a sentence between said and added goes to the second cue",
    ),
    Says(
        "Lethanian officials",
        ("the number of dead at 17",),
        cue="put",
    ),
    Says("Hospital staff", ("the real figure was 21",), cue="told"),
    Act("REJECT", "Sarkovia", "rejected", None),
    Act(
        "THREATEN",
        "Sarkovia",
        "warned",
        None,
        mode="restrict",
        known_gap="warned that it would close",
    ),
    Act(
        "AID",
        "Sarkovia",
        "given",
        "the Army of the Coast",
        factuality="denied",
        known_gap="giving a rifle is aid in arms",
    ),
    Act("REQUEST", "The minister", "called on", "Lethania"),
    Act("SANCTION", "Sarkovia", "recalled", None, known_gap="an ambassador recalled"),
    Act("SANCTION", "It", "suspended", None, known_gap="source of suspended talks"),
    Figure("21", 21, 21),
    OneActor(("Foreign Minister Anton Grell", "Grell", "He")),
]
