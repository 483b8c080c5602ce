"""Rows of a profile of an armed group: its names, its origin, its backers."""

from golden_rows import Act, Figure, OneActor, Says, Stands

REPORT = "lantern_who_is_the_coast_army.md"
EXPECTED = [
    Stands("founded", "dismissed officers of the Harbour Guard", "Jaysh al-Sahil"),
    Stands("leads", "Idris al-Tawari", "It"),
    Stands("active_in", "It", "the Western Littoral"),
    Stands(
        "part_of",
        "It",
        "the United Coast Front",
        known_gap="an organisation that is a member is part of the other",
    ),
    Stands("also_known_as", "United Coast Front", "UCF"),
    Stands("also_known_as", "Directorate of External Security", "DES"),
    Stands(
        "supports",
        "Sarkovia's Directorate of External Security",
        "its fighters",
        known_gap="arms and trains under says",
    ),
    Stands("member_of", "Ruben Askari", "the Dunmere Institute"),
    Says(
        "Lethania",
        ("Sarkovia's Directorate of External Security (DES) arms and trains its fighters",),
        cue="says",
        known_gap="says with a reported clause that has two verbs",
    ),
    Says("a forensic doctor", ("One body was counted twice",), cue="told"),
    Act("ASSAULT", "its fighters", "ambushed", "an army convoy"),
    Act("ASSAULT", "its fighters", "killing", "12 soldiers"),
    Act("ASSAULT", "the group", "kidnapped", "two engineers", mode="abduct"),
    Act("RETREAT", "the group", "released", "them", mode="release"),
    Figure("between 2,000 and 3,000 fighters", 2000, 3000, bound="range"),
    Figure("no more than 1,500", None, 1500, bound="at_most"),
    Figure("12 soldiers", 12, 12),
    Figure("16 people", 16, 16),
    Figure("17 dead", 17, 17),
    OneActor(
        ("Jaysh al-Sahil", "Jaish as-Sahel", "the Coast Army"),
        known_gap="spellings of one name and names given to it",
    ),
    OneActor(("Idris al-Tawari", "Al-Tawari")),
]
