"""What each kind of example is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.batches import inputs, padded
from training.corpora import IGNORE, Marked, Window
from training.labels import PAIR_HEADS, ROLES
from training.network import Network, Outputs, event_slice, pair_logits, tag_slice

LONGEST_SPAN = 60  # pieces; no mention is longer
TAG_WEIGHT = {"trigger": 1.0, "quantity": 0.3, "source": 0.5, "cue": 0.5, "content": 1.0,
              "inner": 0.3}  # fmt: skip
PAIR_WEIGHT = {"relation": 0.3, "argument": 0.1, "entity": 0.3, "link": 0.3}
SMOOTHING = 0.05


def window_loss(network: Network, batch: Sequence[Window]) -> Tensor:
    """Return the loss of a first pass over windows of one task."""
    outputs = network(*inputs([w.pieces for w in batch]))
    longest = outputs.tags.shape[1]
    loss = torch.zeros(())
    for name in batch[0].tags:
        targets = padded([w.tags[name] for w in batch], longest, IGNORE)
        logits = outputs.tags[..., tag_slice(name)].float()
        loss = loss + TAG_WEIGHT[name] * functional.cross_entropy(
            logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORE,
            label_smoothing=SMOOTHING if name == "trigger" else 0.0,
        ) * 10  # fmt: skip
    for name in batch[0].pairs:
        loss = loss + PAIR_WEIGHT[name] * _pair_loss(outputs, batch, name)
    return loss


def _pair_loss(outputs: Outputs, batch: Sequence[Window], name: str) -> Tensor:
    logits = pair_logits(outputs, name)
    longest = logits.shape[-1]
    targets = torch.zeros_like(logits)
    count = len(batch)
    for i, window in enumerate(batch):
        for left, right, label in window.pairs[name]:
            targets[i, label, left, right] = 1.0
        count += len(window.pairs[name])
    sentence = padded([w.sentence for w in batch], longest, -1)
    allowed = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] >= 0)
    if name in ("entity", "argument"):
        span = torch.ones(longest, longest).triu().bool()
        allowed = allowed & (span & ~torch.ones(longest, longest).triu(LONGEST_SPAN).bool())
    losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    return (losses * allowed[:, None]).sum() / count


def marked_loss(
    network: Network, batch: Sequence[Marked], type_weights: Tensor | None = None
) -> Tensor:
    """Return the loss of a second pass over marked sentences."""
    outputs = network(*inputs([m.pieces for m in batch], [m.marks for m in batch]))
    rows = torch.arange(len(batch))
    first = torch.tensor([m.read_at[0] for m in batch])
    last = torch.tensor([m.read_at[-1] for m in batch])
    events = (outputs.events[rows, first] + outputs.events[rows, last]).float() / 2
    loss = torch.zeros(())
    for name, weight in (("type", 1.0), ("mode", 0.5), ("factuality", 0.5), ("plv", 1.0)):
        targets = torch.tensor([m.labels.get(name, IGNORE) for m in batch])
        if (targets != IGNORE).any():
            loss = loss + weight * functional.cross_entropy(
                events[:, event_slice(name)], targets, ignore_index=IGNORE,
                label_smoothing=SMOOTHING,
                weight=type_weights if name == "type" else None,
            )  # fmt: skip
    with_roles = [i for i, m in enumerate(batch) if m.roles is not None]
    if with_roles:
        mask = padded([np.ones(len(m.pieces)) for m in batch], outputs.roles.shape[1], 0)
        logits = outputs.roles.float() + (1.0 - mask.float())[..., None] * -1e4
        for r in range(len(ROLES)):
            for edge in (0, 1):
                targets = torch.tensor([batch[i].roles[r][edge] for i in with_roles])
                loss = loss + (0.5 if r < 2 else 0.25) * functional.cross_entropy(
                    logits[with_roles, :, 2 * r + edge], targets
                )
    return loss


def pair_head_names() -> list[str]:
    """Return the names of the pair heads in order."""
    return [name for name, _ in PAIR_HEADS]
