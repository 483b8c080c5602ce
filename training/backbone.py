"""The encoder: six layers of BERT, loaded from all-MiniLM-L6-v2, with marks and letter case.

Written out instead of imported so that the graph exported to ONNX holds
nothing but what is used, and so that dropout draws its masks from a pool: on
a CPU the random numbers cost more than the matrices.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

CASES = 4  # lower, Title, UPPER, mixed or no letter
MARKS = 4  # unmarked, trigger, source, target


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder, as in the checkpoint's `config.json`."""

    vocabulary: int = 30_522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1_536
    positions: int = 512
    epsilon: float = 1e-12


class PooledDropout(nn.Module):
    """Dropout whose masks are slices of one fixed random pool at random offsets."""

    def __init__(self, rate: float, pool_size: int = 1 << 23) -> None:
        super().__init__()
        keep = torch.rand(pool_size) >= rate
        self.register_buffer("pool", keep.to(torch.bfloat16) / (1 - rate), persistent=False)
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """Return `x`, thinned while training. *Shape:* unchanged."""
        if not self.training or self.rate == 0:
            return x
        room = len(self.pool) - x.numel()
        if room <= 0:
            return functional.dropout(x, self.rate)
        offset = int(torch.randint(room, ()).item())
        return x * self.pool[offset : offset + x.numel()].view_as(x).to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, shape: Shape, dropout: PooledDropout) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.output_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the next hidden states.

        Args:
            x: *Shape:* (batch, pieces, width).
            mask: 0 for pieces, a large negative number for padding. *Shape:* (batch, 1, 1, pieces).
        """
        batch, pieces, width = x.shape
        q, k, v = (
            part.view(batch, pieces, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask.to(q.dtype)
        mixed = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(batch, pieces, width)
        x = self.attention_norm(x + self.dropout(self.out(mixed)))
        return self.output_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces to hidden states."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.words.weight.requires_grad_(requires_grad=False)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(CASES, shape.width)
        self.marks = nn.Embedding(MARKS, shape.width)
        nn.init.zeros_(self.cases.weight)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = PooledDropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, self.dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, cases: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Return hidden states. *Shape:* all inputs (batch, pieces); output (batch, pieces, width).

        Args:
            ids: Vocabulary indices.
            cases: Letter case of each piece's word, 0 to `CASES` - 1.
            marks: 0, or which argument of a second pass the piece belongs to.
            mask: 1 for pieces, 0 for padding.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places) + self.cases(cases) + self.marks(marks)
        x = self.dropout(self.norm(x))
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_minilm(checkpoint: Path, dropout: float = 0.1) -> Encoder:
    """Return the encoder with the weights of a BERT checkpoint folder.

    Args:
        checkpoint: Folder with `model.safetensors` as Hugging Face writes it.
        dropout: Rate after embeddings and each sub-layer.
    """
    weights = load_file(str(checkpoint / "model.safetensors"))
    encoder = Encoder(Shape(), dropout)
    state = encoder.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"]
    # Every piece is of segment 0, so its embedding is folded into the positions.
    state["places.weight"] = (
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = weights[f"embeddings.LayerNorm.{end}"]
        for i in range(encoder.shape.layers):
            old, new = f"encoder.layer.{i}.", f"layers.{i}."
            state[f"{new}qkv.{end}"] = torch.cat(
                [weights[f"{old}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            )
            state[f"{new}out.{end}"] = weights[f"{old}attention.output.dense.{end}"]
            state[f"{new}attention_norm.{end}"] = weights[f"{old}attention.output.LayerNorm.{end}"]
            state[f"{new}up.{end}"] = weights[f"{old}intermediate.dense.{end}"]
            state[f"{new}down.{end}"] = weights[f"{old}output.dense.{end}"]
            state[f"{new}output_norm.{end}"] = weights[f"{old}output.LayerNorm.{end}"]
    encoder.load_state_dict(state)
    return encoder
