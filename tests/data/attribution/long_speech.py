"""Who says what in the report beside this file: source, cue, content, kind, parent."""

EXPECTED = [
    (
        "Brevik",
        "said",
        (
            "“My friends, the road behind us was long.",
            "“The road before us is longer still.",
            "“But we shall walk it together,”",
        ),
        "direct",
        None,
    ),
    ("Brevik", None, ("“I have no other wish than this.”",), "direct", None),
]
