"""Who says what in the report beside this file: source, cue, content, kind, parent."""

EXPECTED = [
    (None, "is believed", ("The bridge", "to have collapsed at night"), "indirect", None),
    (None, "was reported", ("that nine people drowned",), "indirect", None),
    ("The mayor", "was quoted as saying", ("that help was late",), "indirect", None),
    (None, "Accusations", ("that the army fired first",), "indirect", None),
    ("The ministry", "denied", ("that its soldiers had crossed the border",), "indirect", None),
    ("Norland", "accused", ("the front of shelling a market",), "indirect", None),
]
