"""Rows of an interview: split quotes, second-hand words, threats and denials."""

from golden_rows import Act, Figure, OneActor, Says

REPORT = "coast_army_interview.txt"
EXPECTED = [
    Says("the man", ("Every pier the army stands on is a front line",), cue="says"),
    Says(
        "he",
        ("No", "Not ferries. We did not touch the terminal and we will not touch a ferry."),
        cue="said",
    ),
    Says("he", ("Ask those who profit", "and leave us our dead."), cue="said"),
    Says(
        "He",
        ("the army had burned three villages since January, killing at least 27 people",),
        cue="claimed",
    ),
    Says("A human rights group", ("it has documented the destruction of one",), cue="says"),
    Says(
        "a farmer",
        ("My brother told me, 'They came at dawn and they did not ask for names,'",),
        cue="said",
    ),
    Says("My brother", ("They came at dawn and they did not ask for names",), cue="told"),
    Says("He", ("his brother was shot dead while trying to flee",), cue="said"),
    Says(
        "he",
        ("They give us advice", "Advice is cheap."),
        cue="said",
        known_gap="a sentence after the quotation is taken for its cue",
    ),
    Says("he", ("Sidi Idris is where he is needed",), cue="said"),
    Act(
        "THREATEN",
        "The group",
        "threatened",
        "naval vessels",
        mode="violence",
        known_gap="target of the act threatened",
    ),
    Act("ASSAULT", "the army", "burned", "three villages"),
    Act("ASSAULT", "the army", "killing", "at least 27 people"),
    Act("REJECT", "The defence ministry", "denied", None, known_gap="a gerund is no target"),
    Act("ASSAULT", None, "shot dead", "his brother"),
    Act("REJECT", "He", "refused", None),
    Figure("at least 27 people", 27, None, bound="at_least"),
    OneActor(("Jaysh al-Sahil", "The group")),
]
