"""Lead pronouns and nominals back to the nearest mention that fits them.

A candidate must fit in kind, number and gender; among those that fit, nearness,
subjecthood and the rules of quotation decide: "He added" goes on with the
speaker, "he" in reported speech is the speaker, "I" in a quotation always is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from onrecord.annotate.knowledge import (
    government_seat,
    is_adjective_of_people,
    known_body,
)
from onrecord.model.annotation import Annotations, Mention, MentionKind
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.resolve.agreement import (
    BODIES,
    FEMALE,
    MALE,
    MANY,
    POSSESSIVE,
    SPEAKER,
    SPEAKERS,
    THING,
    Known,
    agrees,
    gender_of,
    is_plural,
    kind_fits,
    office_words,
)
from onrecord.resolve.quotations import Quotations
from onrecord.resolve.relatives import RELATIVES, antecedent_of

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_COPULA = re.compile(r"(?:\s*\([^)]{1,60}\))?,?\s+(?:is|was|are|were|has been|remains)\s+")
# An apposition ends before a comma, a clause or with the sentence: in "On Vela, the council said"
# and "Ada Quill, the president's aide," there is none.
_CLOSED = re.compile(
    r"\s*(?:$|[,.;:!?)\]–—\"”]|(?:who|which|that|in|at|for|on|from|with|and|whose|to|since)\b)"
)
_LOOK_BACK = 4
_NOMINAL_LOOK_BACK = 8
_OUTSIDE_QUOTATION = 3.0
_GENERAL_NOUNS = frozenset(
    {"group", "movement", "organisation", "organization", "militia", "company", "party", "firm",
     "agency", "body", "country", "nation", "newspaper", "outlet", "militants", "rebels", "gang",
     "cartel", "faction", "insurgents", "network", "institution", "republic", "kingdom", "state",
     "army", "government", "regime", "administration", "union", "alliance", "bloc", "coalition",
     "paper", "broadcaster", "magazine", "terrorists", "fighters", "man", "woman"}
)  # fmt: skip
# What a body of state is called besides its own noun.
_OF_STATE = frozenset({"agency", "bureau", "service", "body"})


class _Reader:
    """Goes through the mentions of one document in order and remembers what it met."""

    def __init__(
        self, document: Document, annotations: Annotations, groups: Mapping[int, int]
    ) -> None:
        self.text = document.text
        self.annotations = annotations
        self.mentions = annotations.mentions
        self.groups = dict(groups)
        self.antecedents: dict[int, int] = {}
        self._starts = [s.span.start for s in annotations.sentences]
        self._subjects = _subject_spans(annotations)
        self._known: dict[int, Known] = {}
        self._spoken_of: Counter[int] = Counter()
        self._quotations = Quotations(annotations)
        self._sources = {a.source: a for a in annotations.attributions if a.source is not None}
        for index, mention in enumerate(self.mentions):
            if index in self.groups:
                self._learn(self.groups[index], mention)
        for relation in annotations.relations:
            self._learn_role(relation.subject, self._words(relation.evidence), relation.type)

    def read(self) -> dict[int, int]:
        order = sorted(range(len(self.mentions)), key=lambda i: self.mentions[i].span)
        for place, index in enumerate(order):
            mention = self.mentions[index]
            if mention.form == "name" or mention.kind == "place":
                if index in self.groups:
                    self._spoken_of[self.groups[index]] += 1
                continue
            # No candidate lies farther back than a few sentences of many mentions each.
            earlier = [
                i for i in order[max(0, place - 150) : place] if self.mentions[i].kind != "place"
            ]
            found = self._antecedent(index, mention, earlier)
            if found is None:
                self.groups.setdefault(index, len(self.mentions) + index)
            else:
                self.antecedents[index] = found
                self.groups[index] = self.groups[found]
                self._spoken_of[self.groups[index]] += 1
            if mention.form == "nominal" or found is not None:
                self._learn(self.groups[index], mention)
        return self.antecedents

    def _words(self, span: Span) -> list[str]:
        return self.text[span.start : span.end].lower().split()

    def _learn(self, group: int, mention: Mention) -> None:
        known = self._known.setdefault(group, Known(mention.kind))
        words = [w.strip(".,'’\"“”") for w in self._words(mention.span)]
        if mention.form == "pronoun":
            pronoun = words[0]
            known.gender = known.gender or gender_of([pronoun])
            return
        if mention.form == "name" or known.kind != "person":
            head = [w.strip(".,'’\"“”") for w in self._words(mention.head)]
            known.words.update(words if " of " not in " ".join(words) else head)
        known.gender = known.gender or gender_of(words)
        for title in mention.titles:
            known.roles.update(office_words(self.text[title.start : title.end]))
        if mention.form == "nominal":
            known.roles.update(office_words(self.text[mention.head.start : mention.head.end]))
            known.plural = known.plural or is_plural(self.text, mention)

    def _learn_role(self, subject: Span, words: list[str], kind: str) -> None:
        if kind not in {"leads", "member_of", "founded", "subordinate_to"}:
            return
        for index, mention in enumerate(self.mentions):
            if mention.head.overlaps(subject) and index in self.groups:
                known = self._known[self.groups[index]]
                known.roles.update(office_words(" ".join(words)))
                known.gender = known.gender or gender_of(words)

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._starts, span.start) - 1

    def _antecedent(self, index: int, mention: Mention, earlier: list[int]) -> int | None:
        word = self.text[mention.head.start : mention.head.end].lower()
        if mention.form == "nominal":
            return self._for_nominal(index, mention, earlier)
        speaker = self._quotations.speaker(mention, self.groups)
        if word in SPEAKER:
            return speaker
        if word in SPEAKERS:
            return self._side_of(speaker)
        if word in RELATIVES:
            return antecedent_of(
                self.text, mention.span, self.mentions, self.annotations.sentences, earlier
            )
        best, best_score = None, 1.0
        for candidate in earlier:
            score = self._pronoun_score(word, mention, candidate, speaker)
            if score is not None and score >= best_score:
                best, best_score = candidate, score
        return best

    def _pronoun_score(
        self, word: str, mention: Mention, candidate: int, speaker: int | None
    ) -> float | None:
        other = self.mentions[candidate]
        group = self.groups.get(candidate)
        known = None if group is None else self._known.get(group)
        if known is None or other.span.overlaps(mention.span) or not agrees(word, known):
            return None
        distance = self._sentence(mention.span) - self._sentence(other.span)
        if distance > _LOOK_BACK:
            return None
        score = 5.0 - 1.5 * distance
        if other.span in self._subjects or other.head in self._subjects:
            score += 1.5
        elif self._opens_sentence(other):
            score += 1.25
        if other.form == "pronoun":
            pair = {word, self._words(other.head)[0]}
            score += any(pair <= family for family in (THING, MALE, FEMALE, MANY))
        # Who has been spoken of often is what the story is about.
        score += min(0.15 * self._spoken_of[self.groups[candidate]], 1.2)
        if other.form == "name":
            score += 0.5
        # A name inside another noun phrase ("the Trump decision") is rarely meant.
        if (
            self.text[other.span.end : other.span.end + 2] in {"’s", "'s"}
            and word not in POSSESSIVE
        ):
            score -= 1.0
        score += self._by_quotation(word, mention, candidate, speaker)
        if distance == 0 and self._in_one_event(word, mention, other):
            return None
        return score

    def _by_quotation(
        self, word: str, mention: Mention, candidate: int, speaker: int | None
    ) -> float:
        """Return what the rules of quotation add to a candidate."""
        attribution = self._quotations.around(mention)
        other = self.mentions[candidate]
        is_source = mention.span in self._sources
        was_source = other.span in self._sources or other.head in self._sources
        score = 0.0
        if is_source and was_source:
            score += 2.5
        elif was_source:
            score += 0.75
        if attribution is None:
            # A name heard only inside somebody's quotation is not the story's subject.
            inner = self._quotations.around(other)
            if inner is not None and inner.kind == "direct":
                score -= 2.0
        elif speaker is not None and self.groups.get(candidate) == self.groups.get(speaker):
            score += -4.0 if attribution.kind == "direct" else 2.0
        elif self._quotations.holds(mention) and other.kind == "media":
            # Speakers rarely speak of the outlet that quotes them.
            score -= 8.0
        if word in THING and self._quotations.parts(mention, other):
            # In what people say "it" is mostly a thing, not a name outside.
            score -= _OUTSIDE_QUOTATION
        return score

    def _side_of(self, speaker: int | None) -> int | None:
        """Return the body for which a person says "we", None when the report names none."""
        if speaker is None:
            return None
        if self.mentions[speaker].kind != "person":
            return speaker
        group = self.groups.get(speaker)
        for relation in self.annotations.relations:
            if relation.type not in {"leads", "member_of"}:
                continue
            subjects = [
                i for i, m in enumerate(self.mentions)
                if m.head.overlaps(relation.subject) and self.groups.get(i) == group
            ]  # fmt: skip
            bodies = [
                i for i, m in enumerate(self.mentions)
                if m.head.overlaps(relation.object) and i in self.groups and m.kind in BODIES
            ]  # fmt: skip
            if subjects and bodies:
                return bodies[0]
        return None

    def _opens_sentence(self, mention: Mention) -> bool:
        sentence = self.annotations.sentences[self._sentence(mention.span)]
        return mention.span.start - sentence.span.start <= 4

    def _in_one_event(self, word: str, mention: Mention, other: Mention) -> bool:
        """Return whether both are parties of one act, so that they cannot be one person."""
        if word in POSSESSIVE:
            return False
        for event in self.annotations.events:
            parties = [p for p in (event.source, event.target) if p is not None]
            if len(parties) == 2:
                first, second = parties
                if (first.overlaps(other.head) and second.overlaps(mention.head)) or (
                    first.overlaps(mention.head) and second.overlaps(other.head)
                ):
                    return True
        return False

    def _for_nominal(self, index: int, mention: Mention, earlier: list[int]) -> int | None:
        words = self._words(mention.span)
        following = self._name_following(mention)
        if following is not None:
            return following
        apposed = self._apposed(mention, earlier)
        if apposed is not None:
            return apposed
        opening = words[0]
        if opening not in _DEFINITE or len(words) > 4:
            return None
        head = self.text[mention.head.start : mention.head.end].lower()
        noun = head.split()[-1]
        best, best_score = None, 0.0
        for candidate in earlier:
            score = self._nominal_score(noun, head, words, mention, candidate)
            if score is not None and (best is None or score >= best_score):
                best, best_score = candidate, score
        return best

    def _name_following(self, mention: Mention) -> int | None:
        """Return the name in "the armed group NAME", which the nominal only describes."""
        for index in self.groups:
            other = self.mentions[index]
            gap = self.text[mention.span.end : other.span.start]
            if gap == ", " and other.form == "name" and mention.kind == other.kind == "person":
                after = self.text[other.span.end : other.span.end + 1]
                if after in {",", ".", ";"} and not self._in_title(mention):
                    return index
            if (
                other.form == "name"
                and 1 <= other.span.start - mention.span.end <= 2
                and not self.text[mention.span.end : other.span.start].strip(" \"“‘'")
                and (other.kind == mention.kind or {other.kind, mention.kind} <= BODIES)
            ):
                return index
        return None

    def _apposed(self, mention: Mention, earlier: list[int]) -> int | None:
        """Return X of "X, a senior official," where both are of one kind."""
        for candidate in reversed(earlier[-6:]):
            other = self.mentions[candidate]
            between = (
                self.text[other.span.end : mention.span.start]
                if other.span.end <= mention.span.start
                else ""
            )
            if other.form != "name" or not _kinds_agree(other.kind, mention.kind):
                continue
            if _COPULA.fullmatch(between) and not is_plural(self.text, mention):
                return candidate
            if between.strip() == "," and not self._in_title(mention):
                words = self._words(mention.span)
                listed = words[0] in {"two", "three", "several"}
                closed = _CLOSED.match(self.text, mention.span.end) is not None
                if closed and not listed and not is_plural(self.text, mention):
                    return candidate
        return None

    def _in_title(self, mention: Mention) -> bool:
        # A headline's comma stands for "and".
        return self.annotations.sentences[self._sentence(mention.span)].is_title

    def _is_agency(self, noun: str, name: Mention) -> bool:
        """Return whether a name is that of a body of state that is an agency or a bureau."""
        written = self.text[name.head.start : name.head.end]
        body = known_body(written) if noun in _OF_STATE else None
        return body is not None and body.kind == "government" and not government_seat(written)

    def _nominal_score(
        self, noun: str, head: str, words: list[str], mention: Mention, candidate: int
    ) -> float | None:
        other = self.mentions[candidate]
        group = self.groups.get(candidate)
        known = None if group is None else self._known.get(group)
        if known is None or other.form == "pronoun" or other.span.overlaps(mention.span):
            return None
        distance = self._sentence(mention.span) - self._sentence(other.span)
        if distance > _NOMINAL_LOOK_BACK:
            return None
        # "The Syrian army" is no other country's army: describing words must be known.
        described = [w for w in words[1:-1] if w not in head.split() and w not in known.words]
        score = 4.0 - 0.75 * distance
        if mention.kind == "person":
            offices = office_words(head)
            if known.kind != "person" or known.plural != is_plural(self.text, mention):
                return None
            if not offices & known.roles and noun not in {"man", "woman"}:
                return None
            if noun in {"man", "woman"} and known.gender not in {"", gender_of([noun])}:
                return None
            # "The British driver" is nobody whom the report gives another country or none.
            if any(is_adjective_of_people(word.capitalize()) for word in described):
                return None
            score += 2.0
        elif described or known.kind == "person":
            return None
        elif noun in known.words:
            score += 2.0
        elif (
            other.form != "name"
            or noun not in _GENERAL_NOUNS
            or not (kind_fits(noun, mention.kind, known.kind) or self._is_agency(noun, other))
            or distance > _LOOK_BACK
        ):
            return None
        elif known.kind == "armed_group" and mention.kind != "armed_group":
            score += 0.5
        if other.span in self._subjects or other.head in self._subjects:
            score += 1.0
        elif self._opens_sentence(other):
            score += 0.5
        return score


def find_antecedents(
    document: Document, annotations: Annotations, groups: Mapping[int, int]
) -> dict[int, int]:
    """Return for each pronoun and nominal the earlier mention it goes back to.

    Args:
        document: The document.
        annotations: Its annotations.
        groups: Index of each named mention -> number of the thing it names.

    Returns:
        Index of a mention -> index of its antecedent in `annotations.mentions`;
        mentions without a fitting antecedent are left out.
    """
    return _Reader(document, annotations, groups).read()


def _subject_spans(annotations: Annotations) -> frozenset[Span]:
    """Return the spans that stand as subjects, as far as acts and speech show them."""
    spans = {a.source for a in annotations.attributions if a.source is not None}
    for event in annotations.events:
        # In front of the verb stands the actor, or of a passive the one acted upon.
        before = [p for p in (event.source, event.target) if p and p.end <= event.trigger.start]
        spans.update(before[:1])
    for relation in annotations.relations:
        if relation.type not in {"also_known_as", "located_in"}:
            spans.add(min(relation.subject, relation.object))
    return frozenset(spans)


def _kinds_agree(name: MentionKind, nominal: MentionKind) -> bool:
    return name == nominal or {name, nominal} <= BODIES
