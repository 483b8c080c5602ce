"""Score attributions against PolNeAR: political news with source, cue and content marked.

Any extractor can be scored: predictions are lists of `(source, cue, content)`
spans, one list for each document. Spans are compared without the punctuation
and quotation marks at their edges, on which annotators do not agree either.

    python evaluation/polnear.py DATA
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.annotate.attributions import find_attributions
from onrecord.annotate.cues import Style
from onrecord.annotate.extractor import Extractor
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.quotes import find_quotations
from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.errors import ReadError
from onrecord.model.annotation import Attribution
from onrecord.model.document import Document
from onrecord.model.span import Span

POLNEAR = Style(appositions=True, relative_pronouns=True, views=True)
PARTS = ("source", "cue", "content")
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ([\d; ]+)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t(.+)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One attribution as spans; a part in several stretches has several spans.

    Attributes:
        source: Who says so; empty when no source is named.
        cue: The words that attribute; empty for a bare quotation.
        content: What is attributed.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One article of PolNeAR.

    Attributes:
        name: File name without suffix.
        text: The article; spans count its code points.
        attributions: What annotators marked.
    """

    name: str
    text: str
    attributions: tuple[Labelled, ...]


@dataclass(slots=True)
class Tally:
    """Counts behind one F1."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1, each 0 where undefined, and the counts."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        both = precision + recall
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / both if both else 0.0,
            "predicted": self.predicted,
            "gold": self.gold,
        }


def load(path: Path | str) -> list[GoldDocument]:
    """Return the articles of one split in order of their names.

    Args:
        path: Folder with `text/*.txt` and `attributions/*.ann`, or a folder that holds such a
            split as `test` or `dev`. Where several people annotated one article, the first
            file by name counts.

    Raises:
        ReadError: There is no article at `path`, or an article has no annotation.
    """
    folder = Path(path)
    if not (folder / "text").is_dir():
        splits = (folder / name for name in ("test", "dev") if (folder / name / "text").is_dir())
        folder = next(splits, folder)
    articles = sorted((folder / "text").glob("*.txt"))
    if not articles:
        raise ReadError(str(folder), "no text/*.txt in it", "Name the folder of a PolNeAR split.")
    annotations: dict[str, Path] = {}
    for file in sorted((folder / "attributions").glob("*.ann"), reverse=True):
        # Files are named after their article, with the annotator's mark after the last "_".
        annotations[file.stem.rsplit("_", 1)[0]] = file
        annotations[file.stem] = file
    documents = []
    for article in articles:
        if article.stem not in annotations:
            raise ReadError(str(article), f"no annotation in {folder / 'attributions'}")
        # Spans count line ends as written, so none may be translated.
        brat = annotations[article.stem].read_bytes().decode("utf-8")
        text = article.read_bytes().decode("utf-8")
        documents.append(GoldDocument(article.stem, text, _parse_brat(brat)))
    return documents


def score(
    predictions: Mapping[str, Sequence[Labelled]], gold: Iterable[GoldDocument]
) -> dict[str, dict[str, float]]:
    """Compare predicted attributions with those of `gold`.

    Args:
        predictions: For each document name, what an extractor found there.
        gold: The documents to score; a document without predictions counts as misses.

    Returns:
        For each measure its precision, recall, F1 and counts. `source`, `cue`, `content`:
        a stretch is right when both edges are, punctuation aside. `source_tokens`, ...: the
        same over words. `relation`: source and content of one predicted attribution
        each share a word with those of one gold attribution, matched one to one.
        `relation_exact`: all stretches of source and content right. Attributions without
        source take no part in the two relation measures.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for document in gold:
        predicted = [_bare(p, document.text) for p in predictions.get(document.name, ())]
        wanted = [_bare(a, document.text) for a in document.attributions]
        for part in PARTS:
            _count_sets(tallies[part], _stretches(predicted, part), _stretches(wanted, part))
            _count_sets(
                tallies[f"{part}_tokens"],
                _words(_stretches(predicted, part), document.text),
                _words(_stretches(wanted, part), document.text),
            )
        for name, agrees in (("relation", _overlap), ("relation_exact", _equal)):
            linked = [p for p in predicted if p.source and p.content]
            expected = [a for a in wanted if a.source and a.content]
            tallies[name].right += _matched(linked, expected, agrees)
            tallies[name].predicted += len(linked)
            tallies[name].gold += len(expected)
    return {name: tally.figures() for name, tally in tallies.items()}


def _parse_brat(annotation: str) -> tuple[Labelled, ...]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: list[dict[str, list[str]]] = []
    for line in annotation.split("\n"):
        if bound := _TEXT_BOUND.match(line):
            pairs = (piece.split() for piece in bound[3].split(";"))
            spans[bound[1]] = tuple(Span(int(start), int(end)) for start, end in pairs)
        elif event := _EVENT.match(line):
            arguments: dict[str, list[str]] = defaultdict(list)
            for argument in event[1].split():
                role, _, target = argument.partition(":")
                arguments[role.rstrip("0123456789").lower()].append(target)
            events.append(arguments)
    return tuple(
        Labelled(*(tuple(s for t in event[part] for s in spans.get(t, ())) for part in PARTS))
        for event in events
    )


def _bare(attribution: Labelled, text: str) -> Labelled:
    """Join stretches that only punctuation parts, and cut punctuation off the edges."""
    return Labelled(*(_joined(getattr(attribution, part), text) for part in PARTS))


def _joined(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans):
        start, end = span.start, min(span.end, len(text))
        while start < end and _is_edge(text[start]):
            start += 1
        while end > start and _is_edge(text[end - 1]):
            end -= 1
        if start == end:
            continue
        if joined and all(map(_is_edge, text[joined[-1].end : start])):
            joined[-1] = joined[-1].cover(Span(start, end))
        else:
            joined.append(Span(start, end))
    return tuple(joined)


def _is_edge(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] in "PS"


def _stretches(attributions: Iterable[Labelled], part: str) -> set[Span]:
    return {span for a in attributions for span in getattr(a, part)}


def _words(spans: set[Span], text: str) -> set[Span]:
    return {
        Span(span.start + word.start(), span.start + word.end())
        for span in spans
        for word in re.finditer(r"\w+", text[span.start : span.end])
    }


def _count_sets(tally: Tally, predicted: set[Span], gold: set[Span]) -> None:
    tally.right += len(predicted & gold)
    tally.predicted += len(predicted)
    tally.gold += len(gold)


def _overlap(left: Labelled, right: Labelled) -> bool:
    return all(
        any(a.overlaps(b) for a in getattr(left, part) for b in getattr(right, part))
        for part in ("source", "content")
    )


def _equal(left: Labelled, right: Labelled) -> bool:
    return left.source == right.source and left.content == right.content


def _matched(
    predicted: Sequence[Labelled],
    gold: Sequence[Labelled],
    agrees: Callable[[Labelled, Labelled], bool],
) -> int:
    """Return the size of the largest one-to-one matching of agreeing pairs."""
    choices = [[g for g, b in enumerate(gold) if agrees(a, b)] for a in predicted]
    partner: dict[int, int] = {}

    def place(which: int, tried: set[int]) -> bool:
        for g in choices[which]:
            if g not in tried:
                tried.add(g)
                if g not in partner or place(partner[g], tried):
                    partner[g] = which
                    return True
        return False

    return sum(place(which, set()) for which in range(len(predicted)))


def predict(documents: Iterable[GoldDocument], extractor: Extractor) -> dict[str, list[Labelled]]:
    """Return what an extractor finds, for each document name.

    The rules follow PolNeAR's manner here: sources with appositions, "who" as a source of its
    own, views without a clause. PolNeAR leaves quotations closed, so attributions whose cue
    stands inside one are not given.
    """
    predictions = {}
    for document in documents:
        parse = parse_document(Document(document.name, document.name, document.text))
        found: tuple[Attribution, ...]
        if isinstance(extractor, RuleExtractor):
            found = find_attributions(parse, find_mentions(parse), style=POLNEAR)
        else:
            found = extractor.annotate(parse).attributions
        paragraphs = [
            Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", document.text)
        ]
        quoted = [q.words for q in find_quotations(document.text, paragraphs)]
        predictions[document.name] = [
            Labelled(
                (a.source,) if a.source is not None else (),
                (a.cue,) if a.cue is not None else (),
                a.content,
            )
            for a in found
            if a.cue is None or not any(words.contains(a.cue) for words in quoted)
        ]
    return predictions
