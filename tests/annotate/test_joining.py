"""Joining what a model names with what the grammars know."""

import pytest

from onrecord.annotate.joining import confirm_quantities
from onrecord.annotate.quantities import CONFIRMED_FIGURE
from onrecord.model.annotation import Quantity
from onrecord.model.span import Span
from onrecord.model.value import Amount

HERE = Span(10, 12)


@pytest.mark.parametrize(
    ("grammar", "model", "kept"),
    [
        (0.95, None, 0.95),
        (0.9, 0.21, 0.9),
        (0.9, None, None),
        (0.5, 0.6, CONFIRMED_FIGURE),
        (0.5, 0.4, None),
        (0.15, 0.84, None),
        (0.15, 0.9, CONFIRMED_FIGURE),
    ],
)
def test_figure_is_kept_where_model_is_surer_than_grammar_doubts(
    grammar: float, model: float | None, kept: float | None
) -> None:
    quantity = Quantity(HERE, None, Amount(14, 14, "count", "exact"), "other", confidence=grammar)
    named = [(Span(0, 4), 1.0)] + ([] if model is None else [(Span(8, 12), model)])
    assert [q.confidence for q in confirm_quantities([quantity], named)] == (
        [] if kept is None else [kept]
    )
