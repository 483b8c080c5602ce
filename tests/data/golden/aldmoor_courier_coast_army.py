"""Rows of an accusation, its denial and the denial of the denial."""

from golden_rows import Act, Figure, OneActor, Says, Stands

REPORT = "aldmoor_courier_coast_army.html"
EXPECTED = [
    Says(
        "Army spokesman Col. Petar Lossing",
        (
            "a captured fighter had told interrogators that the group’s leader, Edris Tawary, personally ordered the bombing",
        ),
        cue="said",
    ),
    Says(
        "a captured fighter",
        ("the group’s leader, Edris Tawary, personally ordered the bombing",),
        cue="told",
    ),
    Says(
        "its spokesman",
        (
            "We do not kill fishermen and schoolchildren",
            "The regime is looking for an enemy because it cannot find the truth.",
        ),
        cue="said",
    ),
    Says("she", ("They lied in Kastrel and they are lying now",), cue="told"),
    Says("Verhoen", ("Three more victims died of their wounds overnight",), cue="said"),
    Says("she", ("Between 45 and 50 people were injured",), cue="added"),
    Act(
        "ACCUSE",
        "The Lethanian army",
        "accused",
        "the militant group Jaish as-Sahel",
        known_gap="the name is cut off a close apposition",
    ),
    Act("ASSAULT", "the militant group Jaish as-Sahel", "bombing", "Port Selva ferry terminal"),
    Act("REJECT", "Jaish as-Sahel", "denied responsibility", None),
    Act("ASSAULT", "We", "kill", "fishermen and schoolchildren", factuality="denied"),
    Act("COERCE", "President Tomas Arendt", "declared", None, mode="martial-law"),
    Act(
        "COERCE",
        "President Tomas Arendt",
        "imposed",
        "Port Selva",
        mode="curfew",
        known_gap="mode of a curfew that is imposed",
    ),
    Act(
        "MOBILIZE",
        None,
        "sent",
        None,
        mode="troops",
        known_gap="a place that troops are sent to is taken for their target",
    ),
    Act("ACCUSE", "The United Nations", "condemned", None, mode="disapprove"),
    Act("ACCUSE", "Lethania", "accuses", "Sarkovia"),
    Stands(
        "also_known_as",
        "Jaish as-Sahel",
        "the Coast Army",
        known_gap="the name Jaish as-Sahel is split at its hyphen",
    ),
    Stands("leads", "Edris Tawary", "the group", known_gap="the group's leader, NAME"),
    Stands(
        "member_of",
        "Col. Petar Lossing",
        "Army",
        known_gap="bare Army before spokesman names no organisation",
    ),
    Figure("17 lives", 17, 17),
    Figure("Three more victims", 3, 3),
    Figure("Between 45 and 50 people", 45, 50, bound="range"),
    Figure("Some 1,200 troops", 1200, 1200, bound="about"),
    OneActor(
        ("Jaish as-Sahel", "Coast Army"), known_gap="the name Jaish as-Sahel is split at its hyphen"
    ),
    OneActor(
        ("Army spokesman Col. Petar Lossing", "Lossing"),
        known_gap="a surname that reads like a participle",
    ),
    OneActor(("Interior Minister Nadia Verhoen", "Verhoen", "she")),
]
