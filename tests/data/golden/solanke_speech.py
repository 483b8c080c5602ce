"""Rows of excerpts of a speech: paragraphs of one quotation, a rival's reply."""

from golden_rows import Act, Figure, OneActor, Says, Stands

REPORT = "solanke_speech.txt"
EXPECTED = [
    Says(
        "Piers Hadley",
        ("Ms. Solanke has discovered the harbour six weeks before an election",),
        cue="said",
    ),
    Says("He", ("his party supported the curfew",), cue="said"),
    Says(
        "Opposition leader Mira Solanke",
        (
            "I was born in the Old Docks. My father loaded grain for 31 years, and he took that ferry every Sunday to see his mother.",
            "So do not tell me that I am using the dead. The dead are ours. They are our neighbours, and they were failed by people who were paid to protect them.",
            "We are not asking for revenge. We are asking for a file to be opened.",
        ),
        known_gap="paragraphs of one quotation after an introduction",
    ),
    Act("ACCUSE", "Her opponents", "accuse", "her", mode="allege"),
    Act("SUPPORT", "his party", "supported", None, known_gap="supported a measure"),
    Stands("founded", "Solanke", "the Civic Renewal Movement"),
    Stands("allied_with", "The party", "the dock workers' federation"),
    Figure("19 of the 150 seats", 19, 19),
    Figure("27 percent", 27, 27, unit="percent"),
    Figure("18 percent", 18, 18, unit="percent"),
    OneActor(("Opposition leader Mira Solanke", "Solanke", "she")),
]
