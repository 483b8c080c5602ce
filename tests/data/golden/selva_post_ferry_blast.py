"""Rows of a first report on a bombing: casualties, officials, a witness."""

from golden_rows import Act, Figure, OneActor, Says, Stands

REPORT = "selva_post_ferry_blast.html"
EXPECTED = [
    Says(
        "police",
        (
            "A powerful explosion ripped through the main ferry terminal in Port Selva on Tuesday morning, killing at least nine people and injuring more than 30",
        ),
        cue="said",
    ),
    Says(
        "Marta Vell",
        (
            "I heard a sound like a crane falling, and then there was no ceiling any more",
            "We carried people out on luggage carts.",
        ),
        cue="said",
    ),
    Says(
        "Port Selva Police Chief Ruth Amadi",
        ("nine bodies had been recovered and that the number could rise",),
        cue="told",
    ),
    Says(
        "She", ("investigators had found fragments of what appeared to be a car bomb",), cue="said"
    ),
    Says(
        "Dr. Elias Fenn",
        ("34 people were being treated there, six of them in critical condition",),
        cue="According to",
    ),
    Says("Karro", ("This city will bury its dead and then it will have questions",), cue="said"),
    Act("ASSAULT", None, "explosion", None),
    Act("ASSAULT", None, "killing", "at least nine people"),
    Act(
        "ASSAULT", None, "injuring", "more than 30", known_gap="second participle of a coordination"
    ),
    Act("REQUEST", "Mayor Davit Karro", "asked", "residents"),
    Act(
        "COERCE",
        "Mayor Davit Karro",
        "closed",
        None,
        mode="restrict",
        known_gap="closing a harbour to traffic",
    ),
    Act("COERCE", "Police", "sealed off", None, mode="restrict"),
    Act("MOBILIZE", None, "deployed", None),
    Stands("leads", "Dr. Elias Fenn", "St. Brannock Hospital"),
    Stands(
        "leads",
        "Ruth Amadi",
        "Port Selva Police",
        known_gap="Police Chief behind a town makes the town the organisation",
    ),
    Figure("at least nine people", 9, None, bound="at_least"),
    Figure("more than 30", 30, None, bound="at_least"),
    Figure("some 400 passengers", 400, 400, bound="about"),
    Figure("nine bodies", 9, 9),
    Figure("34 people", 34, 34),
    OneActor(("Mayor Davit Karro", "Karro")),
    OneActor(("Port Selva Police Chief Ruth Amadi", "She")),
]
