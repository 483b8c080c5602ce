"""Read ECB+ and find out which of its reports tell one story."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Token

from onrecord.annotate.text import load_language
from onrecord.errors import ReadError

# Documents this much alike tell one story (cosine of tf-idf weights).
_ONE_STORY = 0.25
_JOINING = frozenset({"of", "the", "for", "and", "de", "la", "al", "-", "&", ".", "'s", "'"})
Words = Mapping[tuple[str, int], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One gold mention.

    Attributes:
        document: "12_3ecb": topic, number, collection.
        sentence: Its sentence.
        tokens: Positions in the sentence.
        text: Its words.
        chain: Gold chain.
    """

    document: str
    sentence: int
    tokens: tuple[int, ...]
    text: str
    chain: str

    @property
    def topic(self) -> str:
        """The gold topic: the number before the first underscore."""
        return self.document.split("_", 1)[0]


@dataclass(frozen=True, slots=True)
class Head:
    """What a mention turns on.

    Attributes:
        word: Head as written.
        lemma: Its lemma, lower case.
        name: Whether it is a proper name.
        pronoun: Whether it is a pronoun.
        person: Whether it is taken for a person's name.
        run: The words of the name around the head.
    """

    word: str
    lemma: str
    name: bool
    pronoun: bool
    person: bool
    run: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold mentions with what was parsed of them.

    Attributes:
        entities: Participants, places and times.
        events: Actions.
        heads: Head of each mention of both, by kind ("entities", "events").
        stories: Story of each document, found by shared words within the gold topic;
            `wide` without it.
        wide: See `stories`.
        words: Words of each sentence by position; the sentence by document and number.
    """

    entities: tuple[GoldMention, ...]
    events: tuple[GoldMention, ...]
    heads: Mapping[str, tuple[Head, ...]]
    stories: Mapping[str, str]
    wide: Mapping[str, str]
    words: Words


def load(folder: Path, split: str = "Dev") -> Corpus:
    """Return a split of ECB+ from the folder with its JSON and token files.

    Raises:
        ReadError: A file is missing.
    """
    try:
        sentences = _sentences(folder / f"ECB_{split}_corpus.txt")
        entities = _mentions(folder / f"ECB_{split}_Entity_gold_mentions.json")
        events = _mentions(folder / f"ECB_{split}_Event_gold_mentions.json")
    except OSError as error:
        raise ReadError(
            str(folder),
            f"no ECB+ {split} split ({error.strerror})",
            f"Give a folder with ECB_{split}_corpus.txt and the gold mentions as JSON.",
        ) from error
    parsed = _parsed(sentences)
    heads = {
        "entities": tuple(_head(parsed, m) for m in entities),
        "events": tuple(_head(parsed, m) for m in events),
    }
    words = _words(parsed)
    wide = _stories(words)
    stories = {document: f"{document.split('_')[0]} {story}" for document, story in wide.items()}
    return Corpus(entities, events, heads, stories, wide, sentences)


def load_events(
    folder: Path, split: str
) -> tuple[dict[tuple[str, int], dict[int, str]], tuple[GoldMention, ...]]:
    """Return the words of a split and its mentions of events, nothing parsed.

    Returns:
        Words by document and sentence, then by position; the mentions.
    """
    return (
        _sentences(folder / f"ECB_{split}_corpus.txt"),
        _mentions(folder / f"ECB_{split}_Event_gold_mentions.json"),
    )


# --- reading and parsing ---


def _mentions(path: Path) -> tuple[GoldMention, ...]:
    return tuple(
        GoldMention(
            row["doc_id"], row["sent_id"], tuple(row["tokens_number"]), row["tokens_str"],
            row["coref_chain"],
        )
        for row in json.loads(path.read_text("utf-8"))
    )  # fmt: skip


def _sentences(path: Path) -> dict[tuple[str, int], dict[int, str]]:
    found: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 4:
            found[cells[0], int(cells[1])][int(cells[2])] = cells[3]
    return found


Parsed = Mapping[tuple[str, int], tuple[Doc, Mapping[int, int]]]


def _parsed(sentences: Words) -> Parsed:
    language = load_language()
    keys = sorted(sentences)
    docs = []
    for key in keys:
        words = [sentences[key][n] or "-" for n in sorted(sentences[key])]
        docs.append(Doc(language.vocab, words=words))
    place = [{n: at for at, n in enumerate(sorted(sentences[key]))} for key in keys]
    return {
        key: (doc, where) for key, doc, where in zip(keys, language.pipe(docs), place, strict=True)
    }


def _head(parsed: Parsed, mention: GoldMention) -> Head:
    doc, where = parsed[mention.document, mention.sentence]
    tokens = [doc[where[n]] for n in mention.tokens if n in where]
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    # "in the Gulf": what the preposition leads to.
    head: Token = tops[0]
    if head.pos_ == "ADP" and len(tokens) > 1:
        objects = [t for t in tokens if t.dep_ == "pobj" and t.head == head]
        nouns = [t for t in tokens if t.pos_ in {"NOUN", "PROPN", "NUM"}]
        head = next(iter([*objects, *nouns]), head)
    name = head.tag_ in {"NNP", "NNPS"} and head.text[:1].isupper()
    words = [t.text for t in tokens if t.text[:1].isalpha() and t.pos_ not in {"DET", "ADP"}]
    # Taggers stumble over names with digits and plural endings ("76ers", "Chargers").
    name = name or (len(words) > 1 and all(word[:1].isupper() for word in words))
    person = name and (head.ent_type_ == "PERSON")
    pronoun = head.pos_ == "PRON" or head.tag_ in {"PRP", "PRP$", "WP", "WP$", "WDT"}
    return Head(head.text, head.lemma_.lower(), name, pronoun, person, _run(tokens, head))


def _run(tokens: Sequence[Token], head: Token) -> str:
    """Return the words of a name around its head: places and dates behind it left out."""
    at = tokens.index(head)
    first = last = at
    while first > 0 and _is_of_name(tokens[first - 1]):
        first -= 1
    while last + 1 < len(tokens) and _is_of_name(tokens[last + 1]):
        last += 1
    words = [t.text for t in tokens[first : last + 1]]
    while len(words) > 1 and words[0].lower() in _JOINING:
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in _JOINING:
        words.pop()
    return " ".join(words)


def _is_of_name(token: Token) -> bool:
    return token.text[:1].isupper() or token.lower_ in _JOINING


def _words(parsed: Parsed) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (document, _), (doc, _) in parsed.items():
        found[document].update(
            t.lemma_.lower() for t in doc if t.pos_ in {"NOUN", "PROPN", "VERB", "NUM"}
        )
    return found


def _stories(words: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Return the story of each document: groups whose members are alike on average."""
    n = len(words)
    spread = Counter(word for counted in words.values() for word in counted)
    vectors = {
        d: _unit({w: (1 + math.log(c)) * math.log(n / spread[w]) for w, c in counted.items()})
        for d, counted in words.items()
    }
    names = sorted(vectors)
    alike = {
        (a, b): _dot(vectors[a], vectors[b]) for i, a in enumerate(names) for b in names[i + 1 :]
    }
    groups: dict[str, list[str]] = {name: [name] for name in names}
    links = {pair: value for pair, value in alike.items() if value > 0.02}
    while links:
        (a, b), value = max(links.items(), key=lambda item: (item[1], item[0]))
        if value < _ONE_STORY * 0.5:
            break
        groups[a] += groups.pop(b)
        for c in groups:
            if c == a:
                continue
            total = sum(
                alike[min(x, y), max(x, y)] for x in groups[a] for y in groups[c]
            ) / (len(groups[a]) * len(groups[c]))  # fmt: skip
            links[min(a, c), max(a, c)] = total
        links = {pair: v for pair, v in links.items() if b not in pair and v > 0.02}
    return {member: name for name, members in groups.items() for member in members}


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items() if weight}


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
