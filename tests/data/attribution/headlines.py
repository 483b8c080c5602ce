"""Who says what in the report beside this file: source, cue, content, kind, parent."""

EXPECTED = [
    ("Minister", ":", ("We will not yield",), "indirect", None),
    ("mayor", "says", ("Bridge closed until spring",), "indirect", None),
    ("QUILL", ":", ("Thank you for having me.",), "indirect", None),
    ("NORDEN", ":", ("It is a pleasure.",), "indirect", None),
    ("QUILL", ":", ("Will the port open again?",), "indirect", None),
]
