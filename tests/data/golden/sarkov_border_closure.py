"""Rows of a border closure and what follows from it."""

from golden_rows import Act, Figure, Says, Stands

REPORT = "sarkov_border_closure.txt"
EXPECTED = [
    Says("Milo Ferrant", ("It's tomatoes on this side and tempers on that side",), cue="said"),
    Says(
        "Lethania's chamber of commerce",
        ("Exports worth some 3 million euros pass the crossing on an ordinary day",),
        cue="according to",
    ),
    Says("The European Union", ("it was ready to mediate",), cue="said"),
    Says(
        "Grell",
        ("Sarkovia would consider the offer", 'if Lethania first withdrew "its insults"'),
        cue="said",
    ),
    Act("SANCTION", None, "expulsion", "three of its diplomats", mode="expel"),
    Act(
        "SANCTION",
        "The foreign ministry",
        "ordered",
        "four Lethanian diplomats",
        mode="expel",
    ),
    Act("REQUEST", "Its president", "appealed", "both governments"),
    Act(
        "MOBILIZE",
        "Lethania",
        "sent",
        None,
        mode="police",
        known_gap="a place that police are sent to is taken for their target",
    ),
    Act("PROTEST", "About 60 farmers", "blocked", None, mode="obstruct"),
    Act("PROTEST", "About 60 farmers", "burned", None, mode="vandalize"),
    Stands("leads", "Greta Solberg-Ames", "Its"),
    Figure("hundreds of lorries", 200, None, bound="about"),
    Figure("some 3 million euros", 3000000, 3000000, unit="EUR", bound="about"),
    Figure("150 additional border police", 150, 150),
    Figure("About 60 farmers", 60, 60, bound="about"),
]
