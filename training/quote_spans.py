"""Fit the table that decides where sources, cues and contents begin and end.

A linear-chain model over three tags (outside, begin, inside) reads the
encoder's scores together with the signs of `onrecord.annotate.quote_signs`.
The encoder stays as it is.

    python -m training.quote_spans POLNEAR/train src/onrecord/models/quote_spans.json

The encoder knows the articles that it was trained on by heart, so what it says
of them is surer than what it says of others; `onrecord.annotate.quote_spans`
therefore takes from this table how words divide, and lets the encoder have a
say in whether there is a quotation at all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from onrecord.annotate import neural
from onrecord.annotate.attributions import find_attributions
from onrecord.annotate.encoder import shipped_runner
from onrecord.annotate.learned import pieces_of
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.quote_signs import QuoteSigns
from onrecord.annotate.quote_spans import HEADS, PARTS, ROWS
from onrecord.annotate.text import parse_document
from onrecord.evaluation.polnear import GoldDocument, Labelled, load
from onrecord.model.document import Document
from onrecord.model.span import Span

RAREST = 40  # Signs of fewer words than this are left out.
BEGIN, INSIDE = 1, 2
START, STARTS_AFTER, WITHIN, ENDS_AFTER, END = range(len(ROWS))


@dataclass(frozen=True, slots=True)
class Example:
    """One window.

    Attributes:
        marks: Signs of each word by name.
        scores: Signs that are numbers. *Shape:* (words, numbers).
        tags: For each part the tag of each word. *Shape:* (parts, words).
    """

    marks: list[list[str]]
    scores: np.ndarray
    tags: np.ndarray


def examples_of(document: GoldDocument) -> list[Example]:
    """Return the windows of one article with their signs and tags."""
    runner = shipped_runner()
    parse = parse_document(Document(document.name, document.name, document.text))
    signs = QuoteSigns(parse, find_attributions(parse, find_mentions(parse)))
    owners, pieces = pieces_of(parse, runner.tokenizer)
    paragraphs = [parse.sentences[owner].sentence.paragraph for owner in owners]
    where = [neural.columns(runner.labels.tags, head) for head in HEADS]
    examples = []
    for window in neural.read_windows(runner, pieces, paragraphs):
        tags = np.concatenate([window.reading.tags[:, columns] for columns in where], axis=1)
        found = signs.of(window, tags)
        starts = window.pieces.starts[[first for first, _ in found.words]]
        ends = window.pieces.ends[[last for _, last in found.words]]
        wanted = _tags(document.attributions, document.text, starts, ends)
        examples.append(Example(found.marks, found.scores, wanted))
    return examples


def _tags(
    attributions: Sequence[Labelled], text: str, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    tags = np.zeros((len(PARTS), len(starts)), dtype=np.int64)
    for row, part in enumerate(PARTS):
        spans = {s for a in attributions for s in _whole(getattr(a, part), text)}
        # The shorter of two nested contents has a head of its own, which is not fitted here.
        outer = {s for s in spans if not any(o != s and o.contains(s) for o in spans)}
        for span in sorted(outer if part == "content" else spans, key=len):
            inside = np.nonzero((starts < span.end) & (ends > span.start))[0]
            tags[row, inside] = INSIDE
            tags[row, inside[:1]] = BEGIN
    return tags


def _whole(spans: Sequence[Span], text: str) -> list[Span]:
    """Return stretches, those that nothing but punctuation parts as one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and not any(c.isalnum() for c in text[whole[-1].end : span.start]):
            whole[-1] = whole[-1].cover(span)
        else:
            whole.append(span)
    return whole


class Chain(torch.nn.Module):
    """Scores of beginning, going on and ending at each word, for each part.

    Args:
        signs: Number of signs that are marks.
        numbers: Number of signs that are numbers.
    """

    def __init__(self, signs: int, numbers: int) -> None:
        super().__init__()
        start = torch.zeros(len(PARTS), len(ROWS), signs + numbers + 1)
        for part, head in enumerate(PARTS):
            at = signs + 3 * HEADS.index(head)
            # To begin with, the encoder's own odds.
            start[part, START, [at, at + BEGIN]] = torch.tensor([-4.0, 4.0])
            start[part, WITHIN, [at, at + INSIDE]] = torch.tensor([-4.0, 4.0])
        self.register_buffer("prior", start.clone())
        self.weights = torch.nn.Parameter(start)

    def forward(self, signs: torch.Tensor, tags: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the negative log-likelihood.

        Args:
            signs: *Shape:* (windows, words, signs).
            tags: *Shape:* (parts, windows, words).
            mask: Whether there is a word. *Shape:* (windows, words).
        """
        raw = torch.einsum("bwk,prk->prbw", signs, self.weights)
        later = torch.nn.functional.pad(raw, (1, 0))[..., :-1]
        begin = raw[:, START] + later[:, STARTS_AFTER]
        within, leave = raw[:, WITHIN], later[:, ENDS_AFTER] + raw[:, END]
        nothing = torch.zeros_like(begin[..., 0])
        never = torch.full_like(nothing, -1e4)
        ways = torch.stack([nothing, begin[..., 0], never], -1)
        right = torch.stack([nothing, begin[..., 0], within[..., 0]], -1)
        told = right.gather(-1, tags[..., :1]).squeeze(-1)
        for word in range(1, begin.shape[-1]):
            here = torch.stack([nothing, begin[..., word], within[..., word]], -1)
            left = leave[..., word]
            out = torch.logsumexp(
                torch.stack([ways[..., 0], ways[..., 1] + left, ways[..., 2] + left], -1), -1
            )
            on = torch.logsumexp(ways[..., 1:], -1)
            stepped = torch.stack([out, out, on], -1) + here
            ways = torch.where(mask[:, word][None, :, None], stepped, ways)
            before, now = tags[..., word - 1], tags[..., word]
            step = here.gather(-1, now[..., None]).squeeze(-1)
            step = step + ((before > 0) & (now < INSIDE)).float() * left
            told = told + step * mask[:, word][None]
        return (torch.logsumexp(ways, -1) - told).sum()


def fit(
    examples: Sequence[Example],
    epochs: int = 6,
    decay: float = 30.0,
    rate: float = 0.03,
    seed: int = 0,
) -> tuple[list[str], np.ndarray]:
    """Return names of the signs that are marks, and the weights.

    Returns:
        Names and weights. *Shape:* (parts, rows, marks + numbers + 1).
    """
    counts = Counter(sign for e in examples for word in e.marks for sign in set(word))
    names = sorted(sign for sign, count in counts.items() if count >= RAREST)
    torch.manual_seed(seed)
    chain = Chain(len(names), examples[0].scores.shape[1])
    batches = _batches([e for e in examples if e.marks], names)
    total = sum(int(mask.sum()) for _, _, mask in batches)
    optimiser = torch.optim.Adam(chain.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.01, epochs * len(batches))
    shuffled = random.Random(seed)
    for epoch in range(epochs):
        shuffled.shuffle(batches)
        loss = 0.0
        for signs, tags, mask in batches:
            optimiser.zero_grad()
            likelihood = chain(signs, tags, mask)
            away = ((chain.weights - chain.prior) ** 2).sum()
            (likelihood / mask.sum() + decay * away / total).backward()
            optimiser.step()
            schedule.step()
            loss += likelihood.item()
        print(f"epoch {epoch + 1}: {loss / total:.4f} a word", flush=True)
    return names, chain.weights.detach().numpy()


def _batches(
    examples: Sequence[Example], names: Sequence[str], size: int = 48
) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    column = {name: number for number, name in enumerate(names)}
    order = sorted(examples, key=lambda e: len(e.marks))
    batches = []
    for start in range(0, len(order), size):
        some = order[start : start + size]
        longest, numbers = len(some[-1].marks), some[0].scores.shape[1]
        signs = torch.zeros(len(some), longest, len(names) + numbers + 1)
        tags = torch.zeros(len(PARTS), len(some), longest, dtype=torch.long)
        mask = torch.zeros(len(some), longest, dtype=torch.bool)
        for row, example in enumerate(some):
            words = len(example.marks)
            for word, marks in enumerate(example.marks):
                known = [column[sign] for sign in marks if sign in column]
                signs[row, word, known] = 1.0
            signs[row, :words, len(names) : -1] = torch.from_numpy(
                example.scores.astype(np.float32)
            )
            signs[row, :words, -1] = 1.0
            tags[:, row, :words] = torch.from_numpy(example.tags)
            mask[row, :words] = True
        batches.append((signs, tags, mask))
    return batches


def write(path: Path, names: Sequence[str], weights: np.ndarray) -> None:
    """Write the table that `onrecord.annotate.quote_spans` reads."""
    parts = {
        part: {row: [round(float(w), 3) for w in weights[p, r]] for r, row in enumerate(ROWS)}
        for p, part in enumerate(PARTS)
    }
    content = json.dumps({"signs": list(names), "weights": parts}, separators=(",", ":"))
    path.write_text(content.replace('},"', '},\n"').replace('],"', '],\n"') + "\n", "utf-8")


def main() -> None:
    """Fit on a split of PolNeAR and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data", type=Path, help="a split of PolNeAR")
    parser.add_argument("table", type=Path, help="where to write the table")
    parser.add_argument("--articles", type=int, default=260)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    documents = load(options.data)
    random.Random(options.seed).shuffle(documents)
    examples = [e for d in documents[: options.articles] for e in examples_of(d)]
    write(options.table, *fit(examples, seed=options.seed))


if __name__ == "__main__":
    main()
