"""Choose the extractor: by name, or the learned one where its model is installed, else rules."""

from __future__ import annotations

import os

from onrecord.annotate.encoder import has_model
from onrecord.annotate.endpoint_address import KEY_VARIABLE, address_in
from onrecord.annotate.extractor import Extractor
from onrecord.annotate.rules import RuleExtractor
from onrecord.errors import ModelError, QueryError

DEFAULT = "default"
_KNOWN = "Try: default, encoder, rules, or openai:MODEL@URL"


def default_extractor() -> Extractor:
    """Return the best extractor this installation has."""
    return _encoder() if has_model() else RuleExtractor()


def extractor_named(name: str) -> Extractor:
    """Return the extractor of that name.

    Args:
        name: `default` (the best of this installation), `encoder`, `rules`, or
            `openai:MODEL@URL`, whose key is taken from `ONRECORD_API_KEY`.

    Raises:
        QueryError: No extractor has that name, or the URL or key cannot be used.
        ModelError: The package holds no encoder.
    """
    address = address_in(name)
    if address is not None:
        # What speaks to a network is loaded only where somebody asks for it.
        from onrecord.annotate.endpoint import EndpointExtractor
        from onrecord.annotate.endpoint_client import Client

        return EndpointExtractor(Client(address, os.environ.get(KEY_VARIABLE)))
    if name == DEFAULT:
        return default_extractor()
    if name == "rules":
        return RuleExtractor()
    if name == "encoder":
        if not has_model():
            raise ModelError("encoder", "not in this installation", "Try: --extractor rules")
        return _encoder()
    raise QueryError(f"extractor {name!r}", "no such extractor", _KNOWN)


def _encoder() -> Extractor:
    # Loading ONNX Runtime takes a while, which the rules alone should not cost.
    from onrecord.annotate.learned import LearnedExtractor

    return LearnedExtractor()
