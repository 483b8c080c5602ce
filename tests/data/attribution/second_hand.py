"""Who says what in the report beside this file: source, cue, content, kind, parent."""

EXPECTED = [
    ("President Dalen Brevik", "threatening", ("that the border will be “closed”",), "mixed", None),
    (
        "President Dalen Brevik",
        "claiming",
        ("that Norland was starting a “war in the region to protect its friends.”",),
        "mixed",
        None,
    ),
    ("The Harbour Post", "reported", ("that Brevik had rejected the offer",), "indirect", None),
    ("Brevik", "said", ("“They cannot buy what is not for sale,”",), "direct", None),
    ("He", "added", ("“On this matter their hands are tied.”",), "direct", None),
    (
        "Agence Boreale",
        "reported",
        (
            "Meanwhile, the commander of one of the armed groups operating in the valley threatened to attack foreign troops",
        ),
        "indirect",
        None,
    ),
    (
        "the commander of one of the armed groups operating in the valley",
        "threatened",
        ("to attack foreign troops",),
        "indirect",
        5,
    ),
    ("Tomas Wehr", "According to", ("this is nothing new",), "indirect", None),
    ("Wehr", "put it", ("The new brigade", "is “a ghost army.”"), "mixed", None),
]
