"""Join the entity mentions of ECB+: by name, by head noun, by pronoun."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from onrecord.annotate.knowledge import body_noun, role_sector
from onrecord.evaluation.ecb_corpus import GoldMention, Head, Words
from onrecord.resolve.agreement import gender_of
from onrecord.resolve.likeness import compare_names
from onrecord.resolve.names import is_acronym, same_name, words_of

Labels = dict[int, str]
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
        ("pirate", "bandit", "raider"),
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
        ("store", "shop", "outlet"),
        ("deal", "agreement", "contract"),
        ("motorist", "driver"),
        ("night", "evening"),
        ("award", "prize"),
        ("street", "avenue", "road"),
    )
    for noun in nouns
}
# What stands between a name and what it is: a comma, a copula, an article.
_APPOSED = re.compile(
    r"(?:,|(?:, )?(?:is|was|has been|became)) ?(?:(?:a|an|the|his|her|its|former) ?)*(?:[\w-]+ ?)?"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_LOOK_BACK = 3
# The subject is among the first words of a sentence.
_FIRST = 3
_ARTICLES = ("the ", "a ", "an ", "in ", "on ", "at ", "in the ", "of ")


def join_entities(
    mentions: Sequence[GoldMention],
    heads: Sequence[Head],
    stories: Mapping[str, str],
    words: Words,
) -> Labels:
    """Return a chain label for each mention, by its position.

    Args:
        mentions: Gold mentions; their chains are not looked at.
        heads: What each turns on.
        stories: Story of each document.
        words: Words of each sentence.
    """
    return _Entities(mentions, heads, stories, words).labels()


def folded(text: str) -> str:
    """Return a mention in lower case without article and possessive."""
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
        words: Words,
    ) -> None:
        self.words = words
        self.mentions = mentions
        self.heads = heads
        self.stories = stories
        self.chain: Labels = {}
        self.apposed: Labels = {}

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
                folded(self.mentions[i].text) for i in by_story[story]
                if not self.heads[i].name and " " in self.mentions[i].text
            }  # fmt: skip
            for i in by_story[story]:
                day = _WEEKDAY.search(self.mentions[i].text)
                if day is not None and not self.heads[i].person:
                    self.chain[i] = f"{story}/day {day[0].lower()}"
            surnames = self._surnames(by_story[story])
            names = [
                i for i in by_story[story]
                if i not in self.chain and not self.heads[i].pronoun
                and (
                    (self.heads[i].name and not self._is_noun(i, nouns - surnames))
                    or self._is_surname(i, surnames)
                )
            ]  # fmt: skip
            self._names(story, names)
            roles = self._roles(names, by_story[story])
            for i in by_story[story]:
                if i not in self.chain and not self.heads[i].pronoun:
                    noun = self._noun(i)
                    self.chain[i] = (
                        self.apposed.get(i) or self._told(i, roles) or f"{story}/noun {noun}"
                    )
        self._across()
        self._pronouns()
        return self.chain

    def _noun(self, i: int) -> str:
        lemma = self.heads[i].lemma.removesuffix("'s").removesuffix("'")
        return _ALIKE_NOUNS.get(lemma, lemma) or folded(self.mentions[i].text)

    def _is_noun(self, i: int, nouns: Collection[str]) -> bool:
        """Return whether a capitalised word is a common noun of the story: "Driver"."""
        text = self.mentions[i].text
        if " " in text:
            return folded(text) in nouns
        return text.lower() in nouns or self._noun(i) in nouns

    def _surnames(self, indices: Sequence[int]) -> set[str]:
        """Return last words of full names: taggers take some of them for nouns ("Saints")."""
        found = set()
        for i in indices:
            last = self.mentions[i].text.split()[-1]
            full = self.heads[i].name and " " in _name(self.heads[i].run)
            if full and last == self.heads[i].word and role_sector(last) is None:
                found.add(last.lower())
        return {word for word in found if body_noun(word) is None and len(word) > 3}

    def _is_surname(self, i: int, surnames: Collection[str]) -> bool:
        word = folded(self.mentions[i].text)
        return word in surnames and self.heads[i].word[:1].isupper()

    def _roles(self, names: Sequence[int], indices: Sequence[int]) -> dict[str, str]:
        """Return the chains that nouns beside names tell: "tackle Jamal Williams"."""
        told: dict[str, set[str]] = defaultdict(set)
        for i in names:
            words = self.mentions[i].text.split()
            before = [w for w in words[: words.index(self.heads[i].word)] if w.islower()] if (
                self.heads[i].word in words
            ) else []  # fmt: skip
            if before and self.heads[i].person:
                told[before[-1]].add(self.chain[i])
        people = {
            (self.mentions[i].document, self.mentions[i].sentence, token): i
            for i in names if self.heads[i].person
            for token in (self.mentions[i].tokens[0], self.mentions[i].tokens[-1])
        }  # fmt: skip
        for i in indices:
            name = None if self.heads[i].name or self.heads[i].pronoun else self._beside(i, people)
            if name is not None:
                self.apposed[i] = self.chain[name]
                told[self._noun(i)].add(self.chain[name])
        return {noun: min(chains) for noun, chains in told.items() if len(chains) == 1}

    def _beside(self, i: int, people: Mapping[tuple[str, int, int], int]) -> int | None:
        """Return the person of whom a noun tells the role: "actress NAME", "NAME, an actress"."""
        mention = self.mentions[i]
        place = (mention.document, mention.sentence)
        words = self.words[place]
        if not self._is_role(i):
            return None
        after = people.get((*place, mention.tokens[-1] + 1))
        if after is not None:
            return after
        gap: list[str] = []
        for at in range(mention.tokens[0] - 1, max(mention.tokens[0] - 6, -1), -1):
            before = people.get((*place, at))
            if before is not None:
                return before if _APPOSED.fullmatch(" ".join(reversed(gap))) else None
            gap.append(words.get(at, "").lower())
        return None

    def _is_role(self, i: int) -> bool:
        word = self.heads[i].word.lower()
        plural = self.heads[i].lemma != word and word.endswith("s")
        noun = self.heads[i].lemma
        return not plural and (role_sector(noun) is not None or bool(gender_of([noun])))

    def _told(self, i: int, roles: Mapping[str, str]) -> str | None:
        noun = self._noun(i)
        word = self.heads[i].word.lower()
        plural = self.heads[i].lemma != word and word.endswith("s")
        return None if plural else roles.get(noun)

    def _names(self, story: str, indices: list[int]) -> None:
        """Join names of one story, longest first, as the mentions of one report are."""
        chains: list[tuple[str, list[str], bool]] = []
        order = sorted(indices, key=lambda i: (-len(self.mentions[i].text.split()), i))
        for i in order:
            name = _name(self.heads[i].run)
            person = self.heads[i].person
            best, best_score = None, 0.0
            for number, (_, names, _) in enumerate(chains):
                for other in names:
                    decision = self._same(name, other, person=person)
                    if decision > best_score:
                        best, best_score = number, decision
            if best is None or best_score < 0.75:
                chains.append((f"{story}/name {folded(name)}", [name], person))
                best = len(chains) - 1
            elif name not in chains[best][1]:
                chains[best][1].append(name)
            self.chain[i] = chains[best][0]

    @staticmethod
    def _same(one: str, other: str, *, person: bool) -> float:
        if folded(one) == folded(other):
            return 1.0
        kinds = ("person",) if person else ("organisation", "person")
        return max(same_name(one, other, kind).score for kind in kinds)

    def _across(self) -> None:
        """Join chains of different stories by full names."""
        longest: dict[str, str] = {}
        for i, label in self.chain.items():
            if "/name " in label:
                name = _name(self.heads[i].run)
                if len(name) > len(longest.get(label, "")):
                    longest[label] = name
        keep: dict[str, str] = {}
        seen: list[tuple[str, str]] = []
        for label, name in sorted(longest.items()):
            twin = next((known for known, other in seen if _equal_names(name, other)), None)
            if twin is None:
                seen.append((label, name))
            keep[label] = twin or label
        bearers: dict[str, set[str]] = defaultdict(set)
        for label, name in longest.items():
            if len(words_of(name)) > 1:
                bearers[words_of(name)[-1]].add(keep[label])
        for label, name in longest.items():
            if len(words_of(name)) == 1 and len(bearers[words_of(name)[0]]) == 1:
                keep[label] = min(bearers[words_of(name)[0]])
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
        near = [
            j for j in reversed(before)
            if here - self.mentions[j].sentence <= _LOOK_BACK and j in self.chain
        ]  # fmt: skip
        if word in _HE | _SHE:
            near = [j for j in near if self._is_person(j, word)]
        elif word in _WH:
            near = [j for j in near if self.mentions[j].sentence == here][:1]
        elif word in _PLURAL:
            near = [j for j in near if not self.heads[j].person]
        else:
            near = []
        scored = [(self._pronoun_score(word, i, j), j) for j in near]
        return self.chain[max(scored, key=lambda pair: pair[0])[1]] if scored else None

    def _is_person(self, j: int, word: str) -> bool:
        other = self.heads[j].word.lower()
        if self.heads[j].pronoun:
            return other in (_HE if word in _HE else _SHE)
        gender = gender_of([self.heads[j].lemma])
        if gender and gender != gender_of([word]):
            return False
        return self.heads[j].person or self._is_role(j)

    def _pronoun_score(self, word: str, i: int, j: int) -> float:
        """Weigh nearness, subjects and kind as for the pronouns of one report."""
        distance = self.mentions[i].sentence - self.mentions[j].sentence
        score = -1.5 * distance + 0.001 * j
        if self.mentions[j].tokens[0] <= _FIRST:
            score += 1.5
        if self.heads[j].pronoun:
            score += 1.0
        if self.heads[j].name:
            score += 0.5
        return score


def _equal_names(one: str, other: str) -> bool:
    if folded(one) == folded(other):
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
