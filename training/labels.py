"""The label sets of every head, in one place; exported as `labels.json` beside the model."""

from __future__ import annotations

EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
# Sixteen ways to begin, one way to go on: a trigger is one to four words long.
TRIGGER_TAGS = ("O", *(f"B-{name}" for name in EVENT_TYPES), "I")
EVENT_CLASSES = ("NONE", *EVENT_TYPES)
MODES = (
    "none",
    "visit", "third-party", "multilateral", "phone",
    "withdraw", "release", "disarm", "ceasefire", "access", "resign",
    "assist", "change", "yield", "meet",
    "disapprove", "investigate", "allege",
    "restrict", "arrest", "relations", "expel", "territory", "violence",
    "demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize",
    "convict", "discontinue", "troops", "weapons", "police", "militia",
    "seize", "censor", "curfew", "martial-law", "deport", "withhold", "misinformation", "cyber",
    "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms",
    "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
    "unconventional",
)  # fmt: skip
FACTUALITIES = ("asserted", "denied", "planned", "possible", "conditional")
RELATIONS = (
    "none", "leads", "member_of", "part_of", "founded", "supports", "allied_with", "hostile_to",
    "active_in", "subordinate_to", "also_known_as", "located_in",
)  # fmt: skip
ROLES = ("source", "target", "time", "place")
ENTITY_TYPES = (
    "Organisation", "Location", "Person", "Quantity", "Temporal", "Weapon", "MilitaryPlatform",
    "DocumentReference", "Nationality", "Vehicle", "Money", "Frequency", "CommsIdentifier",
)  # fmt: skip
PLV_ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip

# One linear layer tags every piece for all of these at once: (name, labels).
TAG_HEADS = (
    ("trigger", TRIGGER_TAGS),
    ("quantity", ("O", "B", "I")),
    ("source", ("O", "B", "I")),
    ("cue", ("O", "B", "I")),
    ("content", ("O", "B", "I")),
    ("inner", ("O", "B", "I")),
)
# One linear layer reads the marked pieces of a second pass: (name, labels).
EVENT_HEADS = (
    ("type", EVENT_CLASSES),
    ("mode", MODES),
    ("factuality", FACTUALITIES),
    ("plv", PLV_ROOTS),
)
# Pairs of pieces scored by a bilinear form: (name, labels).
PAIR_HEADS = (
    ("relation", RELATIONS[1:]),
    ("entity", ENTITY_TYPES),
    ("argument", ("span",)),
    ("link", ("source_of_cue", "cue_of_content")),
)
PAIR_WIDTH = 48


def as_json() -> dict[str, object]:
    """Return the label sets as they are written to `labels.json`."""
    return {
        "tag_heads": [[name, list(labels)] for name, labels in TAG_HEADS],
        "event_heads": [[name, list(labels)] for name, labels in EVENT_HEADS],
        "pair_heads": [[name, list(labels)] for name, labels in PAIR_HEADS],
        "roles": list(ROLES),
        "pair_width": PAIR_WIDTH,
    }
