"""Factuality from negation, modality and the words that govern an act."""

from __future__ import annotations

import pytest

from onrecord.annotate.factuality import factuality_of
from onrecord.annotate.text import parse_document
from onrecord.model.document import Document

CASES = [
    ("The army attacked the village.", "attacked", "asserted"),
    ("The army has begun to attack the village.", "attack", "asserted"),
    ("The army is attacking the village.", "attacking", "asserted"),
    ("The army did not attack the village.", "attack", "denied"),
    ("The army never attacked the village.", "attacked", "denied"),
    ("Nobody attacked the village.", "attacked", "denied"),
    ("The army failed to attack the village.", "attack", "denied"),
    ("The army pretended to attack the village.", "attack", "denied"),
    ("The army refused to attack the village.", "attack", "denied"),
    ("The army denied attacking the village.", "attacking", "denied"),
    ("The army threatened to attack the village.", "attack", "planned"),
    ("The army plans to attack the village.", "attack", "planned"),
    ("The army vowed to attack the village.", "attack", "planned"),
    ("The army will attack the village.", "attack", "planned"),
    ("The army announced a plan to attack the village.", "attack", "planned"),
    ("The army may attack the village.", "attack", "possible"),
    ("The army allegedly attacked the village.", "attacked", "possible"),
    ("The guards are suspected of attacking the village.", "attacking", "possible"),
    ("The army would attack the village.", "attack", "conditional"),
    ("They urged the army to attack the village.", "attack", "conditional"),
    ("The minister said the army attacked the village.", "attacked", "asserted"),
    ("The minister said the army would attack the village.", "attack", "planned"),
    ("There was no attack on the village.", "attack", "denied"),
    ("They averted an attack on the village.", "attack", "denied"),
    ("They condemned the attack on the village.", "attack", "asserted"),
    ("They fear an attack on the village.", "attack", "possible"),
    ("After the attack the minister vowed to rebuild the village.", "attack", "asserted"),
    ("The army hired guards in order to attack the village.", "attack", "planned"),
    ("The guards are capable of attacking the village.", "attacking", "possible"),
    ("The alleged attack on the village is discussed.", "attack", "possible"),
]


@pytest.mark.parametrize(("text", "word", "factuality"), CASES)
def test_factuality(text: str, word: str, factuality: str) -> None:
    parse = parse_document(Document(document_id="d", uri="test", text=text))
    token = next(t for s in parse.sentences for t in s.tokens if t.text == word)
    assert factuality_of(token) == factuality
