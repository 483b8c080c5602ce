"""Who says what in the report beside this file: source, cue, content, kind, parent."""

EXPECTED = [
    ("Governor Dalen Brevik", "warning", ("that the harbour would be “sealed”",), "mixed", None),
    (
        "Governor Dalen Brevik",
        "insisting",
        ("that Norland was preparing a “quiet siege of every island on the coast.”",),
        "mixed",
        None,
    ),
    ("The Harbour Post", "reported", ("that Brevik had turned down the offer",), "indirect", None),
    ("Brevik", "said", ("“They cannot buy what is not for sale,”",), "direct", None),
    ("He", "added", ("“The coast has waited long enough.”",), "direct", None),
    (
        "Agence Boreale",
        "reported",
        (
            "Elsewhere, the captain of one of the fishing fleets moored in the bay threatened to block the channel",
        ),
        "indirect",
        None,
    ),
    (
        "the captain of one of the fishing fleets",
        "threatened",
        ("to block the channel",),
        "indirect",
        5,
    ),
    ("Tomas Wehr", "According to", ("the tax is older than the port",), "indirect", None),
    ("Wehr", "put it", ("The new coastguard", "is “a ghost fleet.”"), "mixed", None),
]
