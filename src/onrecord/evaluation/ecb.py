"""Score who and what is the same across reports on ECB+ with its gold mentions.

Reports that tell one story are found by the words they share; within a story a
surname, a head noun or a predicate mostly means one thing, between stories only
full names do. Beside ours stand two baselines: equal strings and equal head
lemmas, each within the topics given and over everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.evaluation.coreference import chains_of, conll
from onrecord.evaluation.ecb_corpus import Corpus, GoldMention, load
from onrecord.evaluation.ecb_entities import Labels, folded, join_entities

__all__ = ["Corpus", "GoldMention", "load", "resolve", "rows", "score"]


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
                "exact_string": _by(mentions, given, [folded(m.text) for m in mentions]),
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
    return join_entities(mentions, heads, stories, corpus.words)


def _by(mentions: Sequence[GoldMention], given: bool, labels: Sequence[str]) -> Labels:
    return {
        i: f"{mention.topic if given else ''}/{labels[i]}" for i, mention in enumerate(mentions)
    }


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
