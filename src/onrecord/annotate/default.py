"""Choose the extractor: the learned one where its model is installed, else the rules."""

from __future__ import annotations

from onrecord.annotate.encoder import has_model
from onrecord.annotate.extractor import Extractor
from onrecord.annotate.rules import RuleExtractor


def default_extractor() -> Extractor:
    """Return the best extractor this installation has."""
    if not has_model():
        return RuleExtractor()
    # Loading ONNX Runtime takes a while, which the rules alone should not cost.
    from onrecord.annotate.learned import LearnedExtractor

    return LearnedExtractor()
