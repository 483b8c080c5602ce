"""Decide which relations to keep, of those that patterns and the encoder propose.

Patterns know grammar, the encoder knows sentences; neither knows what the
other says. Both voices, how the parties stand to each other and what else is
proposed in the sentence are weighed together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.judging import Judge, log_odds
from onrecord.annotate.neural_pairs import PairFind
from onrecord.annotate.text import Parse
from onrecord.model.annotation import RELATION_TYPES, Mention, Relation, RelationType
from onrecord.model.span import Span

# Least score of the encoder that makes a pair a candidate, and what one that it does not
# propose is taken to have.
LEAST_CANDIDATE = 0.06
_UNSEEN = 0.01
_FAR = 60  # code points between two parties
_SURE = 0.75  # confidence of the patterns that hardly err

# What no country is to another. The kinds of other actors are told too unsurely to forbid
# anything: where they speak against a relation, it is right as often as elsewhere.
_NEVER_BETWEEN_COUNTRIES: frozenset[RelationType] = frozenset({"leads", "member_of", "founded"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that may hold.

    Attributes:
        type: Its type.
        subject: Who stands in it.
        object: To whom or what.
        score: The encoder's for this type, 0 to 1.
        pattern: The relation as a pattern gives it, None where none does.
        contested: Whether a pattern sees another relation between the two.
    """

    type: RelationType
    subject: Span
    object: Span
    score: float
    pattern: Relation | None
    contested: bool = False

    @property
    def strength(self) -> float:
        """The surer of the two voices, for comparing candidates with each other."""
        return max(self.score, self.pattern.confidence if self.pattern else 0.0)

    def turns(self, other: Candidate) -> bool:
        """Return whether `other` joins the same two, in either direction."""
        return _same(self, other) or (
            self.subject.overlaps(other.object) and self.object.overlaps(other.subject)
        )

    def relation(self, confidence: float) -> Relation:
        """Return the relation with its probability."""
        if self.pattern is not None:
            return replace(self.pattern, confidence=confidence)
        evidence = self.subject.cover(self.object)
        return Relation(self.type, self.subject, self.object, evidence, confidence=confidence)


def judged_relations(
    parse: Parse,
    mentions: Sequence[Mention],
    patterns: Sequence[Relation],
    pairs: Sequence[PairFind],
    party: Callable[[Span], Span | None],
    judge: Judge,
) -> tuple[Relation, ...]:
    """Return the relations that are probable enough, one for each pair of parties.

    Args:
        parse: The parsed document.
        mentions: Its mentions; they tell the kinds of the parties.
        patterns: Relations of the patterns.
        pairs: All pairs and types that the encoder scores `LEAST_CANDIDATE` or more.
        party: Fits a span of the encoder to a noun phrase, None where none fits.
        judge: Says how probable each is.
    """
    found: list[Relation] = []
    for candidates, here in proposed(parse, mentions, patterns, pairs, party):
        signs = signs_of(here, candidates)
        scored = [(judge.probability(s), c) for c, s in zip(candidates, signs, strict=True)]
        found += (c.relation(probability) for probability, c in kept(scored, judge.threshold))
    return tuple(sorted(found, key=lambda r: (r.subject, r.object, r.type)))


def proposed(
    parse: Parse,
    mentions: Sequence[Mention],
    patterns: Sequence[Relation],
    pairs: Sequence[PairFind],
    party: Callable[[Span], Span | None],
) -> Iterator[tuple[list[Candidate], list[Mention]]]:
    """Yield candidates and mentions of each sentence that has candidates."""
    starts = [s.sentence.span.start for s in parse.sentences]
    named: dict[int, list[Mention]] = defaultdict(list)
    by_pattern: dict[int, list[Relation]] = defaultdict(list)
    by_pair: dict[int, list[PairFind]] = defaultdict(list)
    for mention in mentions:
        named[bisect_right(starts, mention.span.start)].append(mention)
    for relation in patterns:
        by_pattern[bisect_right(starts, relation.subject.start)].append(relation)
    for pair in pairs:
        by_pair[bisect_right(starts, pair.left.start)].append(pair)
    for number in sorted({*by_pattern, *by_pair}):
        candidates = candidates_of(by_pattern[number], by_pair[number], party)
        possible = [c for c in candidates if not is_impossible(c, named[number])]
        if possible:
            yield possible, named[number]


def kept(
    scored: Sequence[tuple[float, Candidate]], threshold: float
) -> list[tuple[float, Candidate]]:
    """Return the most probable candidate for each pair of parties that reaches `threshold`."""
    chosen: list[tuple[float, Candidate]] = []
    for probability, candidate in sorted(scored, key=lambda s: (-s[0], s[1].subject, s[1].object)):
        if probability < threshold:
            break
        if not any(candidate.turns(other) for _, other in chosen):
            chosen.append((probability, candidate))
    return chosen


def candidates_of(
    patterns: Sequence[Relation],
    pairs: Sequence[PairFind],
    party: Callable[[Span], Span | None] = lambda span: span,
) -> list[Candidate]:
    """Return every relation that a pattern gives or the encoder thinks possible.

    Args:
        patterns: Relations of the patterns.
        pairs: All pairs and types that the encoder scores `LEAST_CANDIDATE` or more.
        party: Fits a span of the encoder to a noun phrase, None where none fits.
    """
    found: list[Candidate] = []
    free = list(patterns)
    for pair in _strongest_of_type(pairs):
        subject, target = party(pair.left), party(pair.right)
        if subject is None or target is None or subject.overlaps(target):
            continue
        kind = next(t for t in RELATION_TYPES if t == pair.type)
        known = Candidate(kind, subject, target, pair.probability, None)
        pattern = next(
            (
                r
                for r in free
                if r.type == kind and r.subject.overlaps(subject) and r.object.overlaps(target)
            ),
            None,
        )
        if pattern is not None:
            free.remove(pattern)
            known = replace(known, subject=pattern.subject, object=pattern.object, pattern=pattern)
        found.append(known)
    found += [
        Candidate(r.type, r.subject, r.object, _score(pairs, r.subject, r.object, r.type), r)
        for r in free
    ]
    return [replace(c, contested=_contested(c, patterns)) for c in found]


def _strongest_of_type(pairs: Sequence[PairFind]) -> list[PairFind]:
    """Keep one where neighbouring pieces of the same two spans propose the same relation."""
    kept: list[PairFind] = []
    for pair in sorted(pairs, key=lambda p: -p.probability):
        if pair.left.overlaps(pair.right):
            continue
        if not any(
            other.type == pair.type
            and other.left.overlaps(pair.left)
            and other.right.overlaps(pair.right)
            for other in kept
        ):
            kept.append(pair)
    return kept


def _score(pairs: Sequence[PairFind], left: Span, right: Span, kind: str) -> float:
    fitting = (
        p.probability
        for p in pairs
        if p.type == kind and p.left.overlaps(left) and p.right.overlaps(right)
    )
    return max(fitting, default=0.0)


def _contested(candidate: Candidate, patterns: Sequence[Relation]) -> bool:
    """Return whether a pattern sees another relation between the two."""
    one, two = candidate.subject, candidate.object
    return any(
        r.type != candidate.type
        and (
            (r.subject.overlaps(one) and r.object.overlaps(two))
            or (r.subject.overlaps(two) and r.object.overlaps(one))
        )
        for r in patterns
    )


def _same(one: Candidate, other: Candidate) -> bool:
    return one.subject.overlaps(other.subject) and one.object.overlaps(other.object)


def signs_of(
    mentions: Sequence[Mention], candidates: Sequence[Candidate]
) -> list[dict[str, float]]:
    """Return what is known of each candidate, for a judge to weigh.

    Args:
        mentions: Those of the sentence.
        candidates: All of the sentence.
    """
    found = []
    for candidate in candidates:
        first, second = sorted((candidate.subject, candidate.object))
        named = _mention_of(candidate.object, mentions)
        signs = {
            "score": log_odds(max(candidate.score, _UNSEEN)),
            "pattern": candidate.pattern is not None,
            "contested": candidate.contested,
            "far": second.start - first.end > _FAR and not _is_sure(candidate.pattern),
            "nominal_object": named is not None and named.form == "nominal",
            "rival": _rival(candidate, candidates),
        }
        found.append({name: float(value) for name, value in signs.items()})
    return found


def _is_sure(pattern: Relation | None) -> bool:
    """Return whether grammar joins two so plainly that it matters little how far apart they are."""
    return pattern is not None and pattern.confidence >= _SURE


def _mention_of(span: Span, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that covers most of `span` and little else."""

    def likeness(mention: Mention) -> float:
        shared = min(mention.span.end, span.end) - max(mention.span.start, span.start)
        return shared - 0.01 * abs(len(mention.span) - len(span))

    return max((m for m in mentions if m.span.overlaps(span)), key=likeness, default=None)


def is_impossible(candidate: Candidate, mentions: Sequence[Mention]) -> bool:
    """Return whether two countries stand in a relation that only others can stand in."""
    parties = (_mention_of(span, mentions) for span in (candidate.subject, candidate.object))
    return candidate.type in _NEVER_BETWEEN_COUNTRIES and all(
        m is not None and m.kind == "country" and m.form == "name" for m in parties
    )


def _rival(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """Return how strong a stronger candidate of the type with another subject is, 0 for none."""
    return max(
        (
            other.strength
            for other in candidates
            if other.type == candidate.type
            and other.strength > candidate.strength
            and other.object.overlaps(candidate.object)
        ),
        default=0.0,
    )
