"""Rows of a strike told by residents and by the army."""

from golden_rows import Act, Figure, OneActor, Says, Stands

REPORT = "belgrova_drone_strike.txt"
EXPECTED = [
    Says(
        "residents and a local doctor",
        (
            "A drone strike hit a farmhouse outside the mountain town of Belgrova late on Tuesday, killing between eight and 11 people who had gathered for a wedding",
        ),
        cue="said",
    ),
    Says(
        "The army",
        (
            'it had killed "five terrorists, among them a senior commander", in a strike on a weapons store',
        ),
        cue="said",
    ),
    Says("It", ("civilians had been harmed",), cue="denied"),
    Says(
        "Lidia Marsh",
        (
            "There were no weapons. There was a band",
            "I have their shoes. Come and look at their shoes.",
        ),
        cue="said",
    ),
    Says(
        "an army statement",
        ("The commander was Selim Haddo, a deputy of al-Tawari",),
        cue="according to",
    ),
    Says(
        "The United Coast Front",
        ("Haddo was alive and had not been in Belgrova for a month",),
        cue="said",
    ),
    Says("he", ("three more people were missing",), cue="said"),
    Says(
        "Dessaly",
        ("They asked us for a list of prisoners", "and then they sent us a list of dead."),
        cue="said",
    ),
    Act("ASSAULT", None, "drone strike", None, mode="drone"),
    Act(
        "ASSAULT",
        None,
        "killing",
        "between eight and 11 people",
        known_gap="participle after a clause of the strike",
    ),
    Act(
        "ASSAULT",
        "it",
        "killed",
        "five terrorists",
        known_gap="pronoun of an army as source before quotation marks",
    ),
    Act(
        "CONCEDE",
        "Defence Minister Osric Hallam",
        "expressed regret",
        None,
        known_gap="regret expressed is a concession",
    ),
    Stands("leads", "Dr. Paul Iveran", "the town's clinic", known_gap="who runs the clinic"),
    Figure("between eight and 11 people", 8, 11, bound="range"),
    Figure("five terrorists", 5, 5),
    Figure("eight bodies", 8, 8),
    Figure("three more people", 3, 3),
    Figure("Nine wounded villagers", 9, 9),
    OneActor(("The United Coast Front", "UCF")),
    OneActor(("Selim Haddo", "Haddo")),
]
