"""Rows of a prison protest: two counts, a conviction, an allegation of torture."""

from golden_rows import Act, Figure, Says

REPORT = "kastrel_hunger_strike.txt"
EXPECTED = [
    Says(
        "the lawyer Damir Sant",
        ("My client has lost six kilograms and he intends to go on",),
        cue="said",
    ),
    Says("The justice ministry", ('the allegation "absurd"',), cue="called"),
    Says(
        "The group",
        ("one of them, a 24-year-old student, had been tortured with electric cables",),
        cue="said",
    ),
    Act(
        "PROTEST",
        "Fifty-three inmates of the Kastrel prison",
        "refusing food",
        None,
        mode="hunger",
        known_gap="refusing food is a hunger strike",
    ),
    Act(
        "SANCTION",
        None,
        "convicted",
        "His client",
        mode="convict",
        known_gap="target cut to its possessive",
    ),
    Act(
        "SANCTION",
        None,
        "sentenced",
        "His client",
        mode="convict",
        known_gap="target cut to its possessive",
    ),
    Act(
        "ASSAULT",
        "Guards",
        "beat",
        "at least four prisoners",
        mode="beat",
    ),
    Act("ASSAULT", None, "tortured", "one of them", mode="torture"),
    Act("REQUEST", "The International Committee of the Red Cross", "asked", None),
    Act("REJECT", "The ministry", "turned down", None),
    Figure("Fifty-three inmates", 53, 53),
    Figure("31", 31, 31, known_gap="bare number behind gave the number of"),
    Figure("nine fellow prisoners", 9, 9),
    Figure("at least four prisoners", 4, None, bound="at_least"),
]
