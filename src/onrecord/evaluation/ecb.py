"""Score who and what is the same across reports on ECB+ with its gold mentions.

Reports that tell one story are found by the words they share; within a story a
surname, a head noun or a predicate mostly means one thing, between stories only
full names do. Beside ours stand two baselines: equal strings and equal head
lemmas, each within the topics given and over everything.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.annotate.text import load_language
from onrecord.errors import ReadError
from onrecord.evaluation.coreference import chains_of, conll
from onrecord.resolve.likeness import compare_names
from onrecord.resolve.names import is_acronym, same_name

Labels = dict[int, str]
# Documents this much alike tell one story (cosine of tf-idf weights).
_ONE_STORY = 0.25
_HE, _SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "we", "us", "our", "you", "your"})
_PLURAL = frozenset({"they", "them", "their", "themselves", "it", "its", "itself"})
_WH = frozenset({"who", "whom", "whose", "which", "that"})
# Nouns that news writes for one another within a story.
_ALIKE_NOUNS: Mapping[str, str] = {
    noun: nouns[0]
    for nouns in (
        ("gunman", "shooter", "attacker", "suspect", "assailant", "killer"),
        ("police", "cop", "officer", "investigator", "policeman"),
        ("car", "vehicle", "automobile", "sedan"),
        ("ship", "vessel", "boat", "warship"),
        ("company", "firm", "business", "corporation", "maker", "giant"),
        ("doctor", "physician", "doc", "surgeon"),
        ("pirate", "brigand", "bandit", "raider"),
        ("team", "club", "squad", "side"),
        ("film", "movie", "picture"),
        ("worker", "employee", "staff", "staffer"),
        ("mountain", "peak", "summit"),
        ("boss", "manager", "supervisor"),
        ("pedestrian", "walker"),
        ("kid", "child"),
        ("mother", "mom"),
        ("father", "dad"),
        ("quake", "earthquake", "temblor", "tremor"),
        ("blaze", "fire"),
        ("home", "house", "residence"),
        ("jail", "prison"),
        ("host", "emcee"),
        ("navy", "force"),
        ("store", "shop", "outlet"),
        ("deal", "agreement", "contract"),
        ("motorist", "driver"),
        ("night", "evening"),
        ("award", "prize"),
        ("player", "lineman", "tackle", "receiver", "guard"),
        ("street", "avenue", "road"),
    )
    for noun in nouns
}
_ARTICLES = ("the ", "a ", "an ", "in ", "on ", "at ", "in the ", "of ")


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
    """

    word: str
    lemma: str
    name: bool
    pronoun: bool
    person: bool


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
    """

    entities: tuple[GoldMention, ...]
    events: tuple[GoldMention, ...]
    heads: Mapping[str, tuple[Head, ...]]
    stories: Mapping[str, str]
    wide: Mapping[str, str]


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
    return Corpus(entities, events, heads, stories, wide)


def score(corpus: Corpus) -> dict[str, Any]:
    """Return CoNLL F1 with its parts for entities and events, ours and the baselines.

    Returns:
        For `entities` and `events`, for `topics_given` and `topics_not_given`: `ours`,
        `exact_string`, `head_lemma`.
    """
    found: dict[str, Any] = {}
    for what in ("entities", "events"):
        mentions = corpus.entities if what == "entities" else corpus.events
        heads = corpus.heads[what]
        key = chains_of({i: m.chain for i, m in enumerate(mentions)})
        found[what] = {}
        for given in (True, False):
            answers = {
                "ours": resolve(corpus, what, topics_given=given),
                "exact_string": _by(mentions, given, [_folded(m.text) for m in mentions]),
                "head_lemma": _by(mentions, given, [head.lemma for head in heads]),
            }
            name = "topics_given" if given else "topics_not_given"
            found[what][name] = {
                system: conll(key, chains_of(labels)) for system, labels in answers.items()
            }
    return found


def resolve(corpus: Corpus, what: str, *, topics_given: bool) -> Labels:
    """Return a chain label for each mention, by its position.

    Args:
        corpus: The mentions; their gold chains are not looked at.
        what: "entities" or "events".
        topics_given: Whether the gold topic may be used.
    """
    mentions = corpus.entities if what == "entities" else corpus.events
    stories = corpus.stories if topics_given else corpus.wide
    heads = corpus.heads[what]
    if what == "events":
        return {i: f"{stories[m.document]}/{_stem(heads[i].lemma)}" for i, m in enumerate(mentions)}
    return _Entities(mentions, heads, stories).labels()


def _by(mentions: Sequence[GoldMention], given: bool, labels: Sequence[str]) -> Labels:
    return {
        i: f"{mention.topic if given else ''}/{labels[i]}" for i, mention in enumerate(mentions)
    }


def _folded(text: str) -> str:
    folded = text.lower().replace(" 's", "").replace("'s", "").strip()
    for article in sorted(_ARTICLES, key=len, reverse=True):
        folded = folded.removeprefix(article)
    return folded


class _Entities:
    """Chains of entity mentions: by name, by head noun, by pronoun."""

    def __init__(
        self,
        mentions: Sequence[GoldMention],
        heads: Sequence[Head],
        stories: Mapping[str, str],
    ) -> None:
        self.mentions = mentions
        self.heads = heads
        self.stories = stories
        self.chain: Labels = {}

    def labels(self) -> Labels:
        by_story: dict[str, list[int]] = defaultdict(list)
        for i, mention in enumerate(self.mentions):
            by_story[self.stories[mention.document]].append(i)
        for story in sorted(by_story):
            nouns = {
                self._noun(i) for i in by_story[story]
                if not self.heads[i].name and not self.heads[i].pronoun
            }  # fmt: skip
            nouns |= {
                _folded(self.mentions[i].text) for i in by_story[story]
                if not self.heads[i].name and " " in self.mentions[i].text
            }  # fmt: skip
            names = [
                i for i in by_story[story]
                if self.heads[i].name and not self._is_noun(i, nouns)
            ]  # fmt: skip
            self._names(story, names)
            roles = self._roles(names)
            for i in by_story[story]:
                if i not in self.chain and not self.heads[i].pronoun:
                    noun = self._noun(i)
                    self.chain[i] = roles.get(noun) or f"{story}/noun {noun}"
        self._across()
        self._pronouns()
        return self.chain

    def _noun(self, i: int) -> str:
        lemma = self.heads[i].lemma.removesuffix("'s").removesuffix("'")
        return _ALIKE_NOUNS.get(lemma, lemma) or _folded(self.mentions[i].text)

    def _is_noun(self, i: int, nouns: Collection[str]) -> bool:
        """Return whether a capitalised word is a common noun of the story: "Driver"."""
        text = self.mentions[i].text
        if " " in text:
            return _folded(text) in nouns
        return text.lower() in nouns or self._noun(i) in nouns

    def _roles(self, names: Iterable[int]) -> dict[str, str]:
        """Return the chains that nouns before names tell: "defensive tackle Jamal Williams"."""
        told: dict[str, set[str]] = defaultdict(set)
        for i in names:
            words = self.mentions[i].text.split()
            before = [w for w in words[: words.index(self.heads[i].word)] if w.islower()] if (
                self.heads[i].word in words
            ) else []  # fmt: skip
            if before and self.heads[i].person:
                told[before[-1]].add(self.chain[i])
        return {noun: min(chains) for noun, chains in told.items() if len(chains) == 1}

    def _names(self, story: str, indices: list[int]) -> None:
        """Join names of one story, longest first, as the mentions of one report are."""
        chains: list[tuple[str, list[str], bool]] = []
        order = sorted(indices, key=lambda i: (-len(self.mentions[i].text.split()), i))
        for i in order:
            name = _name(self.mentions[i].text)
            person = self.heads[i].person
            best, best_score = None, 0.0
            for number, (_, names, _) in enumerate(chains):
                for other in names:
                    decision = self._same(name, other, person=person)
                    if decision > best_score:
                        best, best_score = number, decision
            if best is None or best_score < 0.75:
                chains.append((f"{story}/name {_folded(name)}", [name], person))
                best = len(chains) - 1
            elif name not in chains[best][1]:
                chains[best][1].append(name)
            self.chain[i] = chains[best][0]

    @staticmethod
    def _same(one: str, other: str, *, person: bool) -> float:
        if _folded(one) == _folded(other):
            return 1.0
        kinds = ("person",) if person else ("organisation", "person")
        return max(same_name(one, other, kind).score for kind in kinds)

    def _across(self) -> None:
        """Join chains of different stories by full names."""
        longest: dict[str, str] = {}
        for i, label in self.chain.items():
            if "/name " in label:
                name = _name(self.mentions[i].text)
                if len(name) > len(longest.get(label, "")):
                    longest[label] = name
        keep: dict[str, str] = {}
        seen: list[tuple[str, str]] = []
        for label, name in sorted(longest.items()):
            twin = next((known for known, other in seen if _equal_names(name, other)), None)
            if twin is None:
                seen.append((label, name))
            keep[label] = twin or label
        self.chain = {i: keep.get(label, label) for i, label in self.chain.items()}

    def _pronouns(self) -> None:
        in_document: dict[str, list[int]] = defaultdict(list)
        for i, mention in enumerate(self.mentions):
            in_document[mention.document].append(i)
        for document, indices in in_document.items():
            order = sorted(
                indices, key=lambda i: (self.mentions[i].sentence, self.mentions[i].tokens)
            )
            for place, i in enumerate(order):
                if self.heads[i].pronoun:
                    self.chain[i] = self._antecedent(order[:place], i) or (
                        f"{document}/{self.heads[i].word.lower()}"
                    )

    def _antecedent(self, before: list[int], i: int) -> str | None:
        word = self.heads[i].word.lower()
        if word in _SPEAKER:
            return None
        here = self.mentions[i].sentence
        near = [j for j in reversed(before) if here - self.mentions[j].sentence <= 3]
        if word in _HE | _SHE:
            named = [j for j in near if self.heads[j].person and j in self.chain]
            same = [j for j in near if self.heads[j].word.lower() in (_HE if word in _HE else _SHE)]
            for j in (*same[:1], *named[:1], *near[:1]):
                if j in self.chain:
                    return self.chain[j]
        if word in _WH and near and self.mentions[near[0]].sentence == here:
            return self.chain.get(near[0])
        if word in _PLURAL:
            for j in near:
                if not self.heads[j].person and j in self.chain:
                    return self.chain[j]
        return None


def _equal_names(one: str, other: str) -> bool:
    if _folded(one) == _folded(other):
        return len(one.split()) > 1 or is_acronym(one) or len(one) > 3
    if len(one.split()) < 2 or len(other.split()) < 2:
        return False
    return compare_names(one, other, "person").score >= 0.85


def _name(text: str) -> str:
    words = text.replace(" .", ".").replace(" '", "'").split()
    capital = [w for w in words if w[:1].isupper() or w.lower() in {"of", "the", "al", "de"}]
    kept = " ".join(capital).strip().rstrip("',") or text
    for article in ("the ", "The ", "of "):
        kept = kept.removeprefix(article)
    return kept.removesuffix("'s").strip()


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


def _parsed(sentences: Mapping[tuple[str, int], Mapping[int, str]]) -> Parsed:
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
        head = next((t for t in tokens if t.pos_ in {"NOUN", "PROPN", "NUM"}), head)
    name = head.tag_ in {"NNP", "NNPS"} and head.text[:1].isupper()
    words = [t.text for t in tokens if t.text[:1].isalpha() and t.pos_ not in {"DET", "ADP"}]
    # Taggers stumble over names with digits and plural endings ("76ers", "Chargers").
    name = name or (len(words) > 1 and all(word[:1].isupper() for word in words))
    person = name and (head.ent_type_ == "PERSON")
    pronoun = head.pos_ == "PRON" or head.tag_ in {"PRP", "PRP$", "WP", "WP$", "WDT"}
    return Head(head.text, head.lemma_.lower(), name, pronoun, person)


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


def _stem(lemma: str) -> str:
    """Return what "acquire" and "acquisition" begin with."""
    for ending in ("ition", "ation", "ment", "sion", "tion", "ing", "er", "al", "ed", "e"):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)]
    return lemma


def rows(corpus: Corpus, what: Iterable[str] = ("entities", "events")) -> list[dict[str, Any]]:
    """Return our chains, topics not given, for `--predictions`."""
    said = []
    for kind in what:
        mentions = corpus.entities if kind == "entities" else corpus.events
        labels = resolve(corpus, kind, topics_given=False)
        said += [
            {"kind": kind, "doc_id": m.document, "sent_id": m.sentence,
             "tokens_number": list(m.tokens), "chain": labels[i]}
            for i, m in enumerate(mentions)
        ]  # fmt: skip
    return said
