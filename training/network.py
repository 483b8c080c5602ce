"""Encoder and heads: tags for every piece, labels for marked pieces, scores for pairs."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from onrecord.annotate.decode import PAIR_BIAS
from training.backbone import Encoder, PooledDropout
from training.labels import EVENT_HEADS, PAIR_HEADS, PAIR_WIDTH, ROLES, TAG_HEADS


class Outputs(NamedTuple):
    """What one pass gives.

    Attributes:
        tags: Logits of `TAG_HEADS` side by side. *Shape:* (batch, pieces, tags).
        events: Logits of `EVENT_HEADS` side by side. *Shape:* (batch, pieces, labels).
        roles: Start and end logits of each role. *Shape:* (batch, pieces, 2 * roles).
        left: First half of every pair label. *Shape:* (batch, pieces, pair labels, PAIR_WIDTH).
        right: Second half. *Shape:* (batch, pieces, pair heads, PAIR_WIDTH).
    """

    tags: Tensor
    events: Tensor
    roles: Tensor
    left: Tensor
    right: Tensor


class Network(nn.Module):
    """The extractor's network."""

    def __init__(self, encoder: Encoder, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.shape.width
        self.dropout = PooledDropout(dropout)
        self.tags = nn.Linear(width, sum(len(labels) for _, labels in TAG_HEADS))
        self.event_hidden = nn.Linear(width, width)
        self.events = nn.Linear(width, sum(len(labels) for _, labels in EVENT_HEADS))
        self.roles = nn.Linear(width, 2 * len(ROLES))
        # One more feature in each half lets a bilinear form hold linear terms and a bias.
        self.left = nn.Linear(width, sum(len(labels) for _, labels in PAIR_HEADS) * PAIR_WIDTH)
        self.right = nn.Linear(width, len(PAIR_HEADS) * PAIR_WIDTH)

    def forward(self, ids: Tensor, cases: Tensor, marks: Tensor, mask: Tensor) -> Outputs:
        """Return all heads' outputs; inputs as for `Encoder.forward`."""
        hidden = self.dropout(self.encoder(ids, cases, marks, mask))
        batch, pieces, _ = hidden.shape
        event_hidden = torch.tanh(self.event_hidden(hidden))
        left = torch.tanh(self.left(hidden)).view(batch, pieces, -1, PAIR_WIDTH)
        right = self.right(hidden).view(batch, pieces, -1, PAIR_WIDTH)
        return Outputs(
            self.tags(hidden), self.events(event_hidden), self.roles(hidden), left, right
        )


def tag_slice(name: str) -> slice:
    """Return which columns of `Outputs.tags` belong to head `name`."""
    return _slice(TAG_HEADS, name)


def event_slice(name: str) -> slice:
    """Return which columns of `Outputs.events` belong to head `name`."""
    return _slice(EVENT_HEADS, name)


def pair_logits(outputs: Outputs, name: str) -> Tensor:
    """Return the scores of head `name` for all pairs.

    *Shape:* (batch, labels, pieces, pieces), left piece before right piece.
    """
    labels = _slice(PAIR_HEADS, name)
    head = [head for head, _ in PAIR_HEADS].index(name)
    left = outputs.left[:, :, labels].transpose(1, 2)
    right = outputs.right[:, :, head].unsqueeze(1).transpose(-1, -2)
    return left.float() @ right.float() + PAIR_BIAS


def _slice(heads: tuple[tuple[str, tuple[str, ...]], ...], name: str) -> slice:
    start = 0
    for head, labels in heads:
        if head == name:
            return slice(start, start + len(labels))
        start += len(labels)
    raise KeyError(name)
