"""Who says what in the report beside this file: source, cue, content, kind, parent."""

EXPECTED = [
    ("Mara Quill", "said", ("“The talks are over,”", "“We will not return.”"), "direct", None),
    ("Ilse Norden", "told", ("“We have waited,”", "“for far too long.”"), "direct", None),
    (
        "the governor",
        "said",
        ("“The river has risen by two metres since dawn. It is still rising,”",),
        "direct",
        None,
    ),
    ("She", "then told", ("that it should agree on a date",), "indirect", None),
    ("a fisherman", "said", ('"Nobody asked us,"', '"Nobody ever does."'), "direct", None),
    ("Colonel Osk Lenz", "wrote", ("''It was a trap,''", "''We walked into it.''"), "direct", None),
]
