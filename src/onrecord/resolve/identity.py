"""Find out which profiles of the record are one actor, and say why.

Profiles that share a key are compared; the evidence gives a score and reasons.
Links are followed from the surest to the least sure, and none is followed that
would bring together what rules each other out: a person's verdict, another
given name, another country. What comes out depends on the profiles alone, not
on the order of reading, and only what is near a changed profile is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.resolve.evidence import DOUBTFUL, Link, compare_profiles
from onrecord.resolve.joined import Joined
from onrecord.resolve.likeness import person_name
from onrecord.resolve.names import Decision
from onrecord.resolve.profile_index import Index
from onrecord.resolve.profiles import INITIAL, Profile, has_initial, keys_of
from onrecord.resolve.spelling import same_spelling
from onrecord.resolve.surroundings import NOTHING, is_weighed, shared_ties, weigh

# A key that more profiles share says too little to compare them all.
MOST_SHARING = 300
# Initials with a surname, single words and acronyms are shared by chance sooner.
_MOST_BY_CHANCE = 60
_BY_CHANCE = (INITIAL, "w:", "a:")
_SURNAME = "s:"
# A surname goes to the one who is spoken of this much more than all others of that name.
_DOMINANT = 8
_OFTEN = 3
# Two of whom only an acronym tells must be mentioned with that many of the same people and bodies.
_IN_COMMON = 2
# Of two identities of a list, one must fit better than the other by this much.
_CLEARLY = 0.02


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said about two sets of profiles.

    Attributes:
        same: Whether they are one actor (merge) or two (split).
        left: Profile ids.
        right: Profile ids.
        review_id: Where it is written.
    """

    same: bool
    left: frozenset[str]
    right: frozenset[str]
    review_id: str


@dataclass(frozen=True, slots=True)
class Group:
    """Profiles that are one actor.

    Attributes:
        actor_id: Depends on the members alone.
        members: Profile ids, sorted.
        links: For each member, the link that brought it in; none for the first.
        scattered: Whether the name is shared by several actors of the record, so that each
            document's entity stays alone.
    """

    actor_id: str
    members: tuple[str, ...]
    links: Mapping[str, Link] = field(default_factory=dict)
    scattered: bool = False


def regroup(index: Index, changed: Iterable[Profile], verdicts: Sequence[Verdict]) -> list[Group]:
    """Return the groups that may differ now that some profiles are new, changed or gone.

    Args:
        index: All profiles as they are now.
        changed: Profiles that are new, changed or gone.
        verdicts: All that stand.

    Returns:
        Groups that do not overlap, by actor id; profiles in none of them are as before.
    """
    search = _Search(index, verdicts)
    search.explore(changed)
    return sorted(search.groups(), key=lambda group: group.actor_id)


def _tells(key: str, ids: Sequence[str]) -> bool:
    """Return whether few enough profiles share a key for it to tell something."""
    return len(ids) <= (_MOST_BY_CHANCE if key.startswith(_BY_CHANCE) else MOST_SHARING)


class _Search:
    """What is known of the surroundings of the changed profiles so far."""

    def __init__(self, index: Index, verdicts: Sequence[Verdict]) -> None:
        self.index = index
        self.verdicts = verdicts
        self.known: dict[str, Profile] = {}
        self.keys: dict[str, frozenset[str]] = {}
        self.initials: set[str] = set()
        self.sharing: dict[str, Sequence[str]] = {}
        self.links: dict[tuple[str, str], Link] = {}
        self.bearers: dict[str, set[str]] = defaultdict(set)
        # Profiles all of whose ties are known.
        self.explored: set[str] = set()
        # Profiles compared with all that share a key, so that no pair is compared twice.
        self.compared: set[str] = set()

    # --- who is near ---

    def explore(self, changed: Iterable[Profile]) -> None:
        keys = {key for profile in changed for key in keys_of(profile)}
        mates = {
            i for verdict in self.verdicts for i in verdict.left | verdict.right
        } if self.verdicts else set()  # fmt: skip
        ahead = {i for key, ids in self._sharing(keys).items() if _tells(key, ids) for i in ids}
        ahead |= {profile.profile_id for profile in changed}
        if mates & ahead:
            ahead |= mates
        while ahead:
            self._load(ahead)
            new: set[str] = set()
            for profile_id in sorted(ahead & self.known.keys()):
                new |= self._meet(profile_id)
            self.explored |= ahead & self.known.keys()
            if mates & new:
                new |= mates
            ahead = (new & self.known.keys()) - self.explored

    def _load(self, ids: Collection[str]) -> None:
        wanted = [i for i in ids if i not in self.known]
        if not wanted:
            return
        self._know(self.index.profiles(wanted))
        self._sharing({key for i in wanted for key in self.keys.get(i, ())})
        others = {
            other for i in wanted for key in self.keys.get(i, ())
            for other in self.sharing[key] if _tells(key, self.sharing[key])
        } - self.known.keys()  # fmt: skip
        self._know(self.index.profiles(sorted(others)))

    def _know(self, found: Mapping[str, Profile]) -> None:
        for profile_id, profile in found.items():
            self.known[profile_id] = profile
            self.keys[profile_id] = keys_of(profile)
            if has_initial(profile):
                self.initials.add(profile_id)

    def _sharing(self, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        missing = [key for key in keys if key not in self.sharing]
        found = self.index.sharing(missing) if missing else {}
        for key in missing:
            self.sharing[key] = found.get(key, ())
        return {key: self.sharing[key] for key in keys}

    def _meet(self, profile_id: str) -> set[str]:
        """Compare a profile with those that share a key; return those newly tied to it."""
        profile = self.known[profile_id]
        self._sharing(self.keys[profile_id])
        self.compared.add(profile_id)
        telling = {
            key: ids for key in self.keys[profile_id] if _tells(key, ids := self.sharing[key])
        }
        self._load([i for ids in telling.values() for i in ids if i not in self.known])
        rarest: dict[str, int] = {}
        namesakes: set[str] = set()
        for key, ids in telling.items():
            if key.startswith(_SURNAME):
                namesakes.update(ids)
                continue
            short = key.startswith(INITIAL) and profile_id not in self.initials
            for met in self.initials.intersection(ids) if short else ids:
                if rarest.get(met, MOST_SHARING) >= len(ids):
                    rarest[met] = len(ids)
        for met in namesakes - rarest.keys():
            # Two full names that share a surname and no more are two people.
            if profile.sort != "person" or self.known[met].sort == "surname":
                rarest[met] = MOST_SHARING
        tied: set[str] = set()
        for other_id, sharing in rarest.items():
            other = self.known.get(other_id)
            if other is None or other_id in self.compared:
                continue
            if {profile.sort, other.sort} == {"surname", "person"}:
                tied |= {other_id} if self._bears(profile, other) else set()
            elif profile.sort == other.sort == "surname":
                tied |= {other_id} if self._same_surname(profile, other) else set()
            else:
                link = compare_profiles(profile, other, sharing)
                if link is not None:
                    self.links[link.one, link.other] = link
                    tied |= {other_id} if link.decision.score >= DOUBTFUL else set()
        return tied

    def _bears(self, one: Profile, other: Profile) -> bool:
        surname, full = (one, other) if one.sort == "surname" else (other, one)
        word = person_name(surname.name).words[-1]
        if not same_spelling(word, person_name(full.name).words[-1]):
            return False
        self.bearers[surname.profile_id].add(full.profile_id)
        return True

    def _same_surname(self, one: Profile, other: Profile) -> bool:
        first, second = (person_name(p.name).words[-1] for p in (one, other))
        if first != second or (one.country and other.country and one.country != other.country):
            return False
        pair = (min(one.profile_id, other.profile_id), max(one.profile_id, other.profile_id))
        self.links[pair] = Link(*pair, Decision(0.8, ("same single name",)), "name")
        return True

    # --- who is one ---

    def groups(self) -> list[Group]:
        here = {i: self.known[i] for i in sorted(self.explored)}
        joined = Joined(here, self.links)
        self._weigh_surroundings(here)
        forced, forbidden = self._verdict_pairs()
        for one, other, review_id in forced:
            joined.join(Link(one, other, Decision(1.0, (f"review {review_id}",)), "review"))
        joined.forbid(forbidden)
        certain = [
            link
            for link in self.links.values()
            if link.decision.same and link.one in here and link.other in here
        ]
        doubtful = self._several_known(certain) | {
            (link.one, link.other) for link in certain
            if link.how == "initials" and not self._in_one_story(link.one, link.other)
        }  # fmt: skip
        certain = [link for link in certain if (link.one, link.other) not in doubtful]
        for link in sorted(certain, key=lambda k: (-k.decision.score, k.one, k.other)):
            if joined.may_join(link):
                joined.join(link)
        scattered = self._attach_surnames(joined)
        return [_group(here, members, joined.why, scattered) for members in joined.members.values()]

    def _weigh_surroundings(self, here: Collection[str]) -> None:
        """Let sectors, relations and company move the links that names leave in some doubt."""
        doubted = [
            link for link in self.links.values()
            if is_weighed(link) and link.one in here and link.other in here
        ]  # fmt: skip
        around = self.index.surroundings({i for link in doubted for i in (link.one, link.other)})
        for link in doubted:
            one, other = around.get(link.one, NOTHING), around.get(link.other, NOTHING)
            third = [tie[2] for tie in shared_ties(one, other)]
            names = {i: profile.name for i, profile in self.index.profiles(third).items()}
            company = self._company(link.one, link.other)
            self.links[link.one, link.other] = weigh(link, one, other, company, names)

    def _company(self, one: str, other: str) -> list[str]:
        """Return the people and bodies that reports mention together with both names."""
        shared = self.index.neighbours(one) & self.index.neighbours(other) - {one, other}
        near = self.index.profiles(sorted(shared)).values()
        # A country that everybody mentions tells nothing.
        return [p.profile_id for p in near if p.sort in {"person", "surname", "body"}]

    def _in_one_story(self, one: str, other: str) -> bool:
        """Return whether reports mention two names together with the same people and bodies."""
        return len(self._company(one, other)) >= _IN_COMMON

    def _several_known(self, links: Iterable[Link]) -> set[tuple[str, str]]:
        """Return links to lists where two identities fit a name equally well."""
        fitting: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            if link.how == "list":
                guessed = link.other if self.known[link.one].known else link.one
                fitting[guessed].append(link)
        doubtful: set[tuple[str, str]] = set()
        for some in fitting.values():
            best = max(link.decision.score for link in some)
            equal = [link for link in some if link.decision.score > best - _CLEARLY]
            if len(equal) > 1:
                doubtful |= {(link.one, link.other) for link in some}
        return doubtful

    def _verdict_pairs(self) -> tuple[list[tuple[str, str, str]], set[tuple[str, str]]]:
        forced: list[tuple[str, str, str]] = []
        forbidden: set[tuple[str, str]] = set()
        for verdict in self.verdicts:
            left = sorted(i for i in verdict.left if i in self.explored)
            right = sorted(i for i in verdict.right if i in self.explored)
            if verdict.same and left and right:
                everyone = [*left, *right]
                forced += [(everyone[0], other, verdict.review_id) for other in everyone[1:]]
            elif not verdict.same:
                forbidden |= {(a, b) for a in left for b in right}
        # The latest word counts: a merge of what was split before lifts the split.
        lifted = {tuple(sorted((a, b))) for a, b, _ in forced}
        return forced, {pair for pair in forbidden if tuple(sorted(pair)) not in lifted}

    def _attach_surnames(self, joined: Joined) -> set[str]:
        """Give surnames to whom they must mean; return those that may mean several."""
        scattered: set[str] = set()
        for surname_id in sorted(i for i in self.explored if self.known[i].sort == "surname"):
            if not all(_tells(key, self.sharing[key]) for key in self.keys[surname_id]):
                scattered.add(surname_id)
                continue
            bearers: dict[str, list[str]] = defaultdict(list)
            for full in sorted(self.bearers[surname_id]):
                bearers[joined.root(full)].append(full)
            if not bearers:
                continue
            chosen = self._meant(surname_id, bearers)
            if chosen is None:
                if len(bearers) > 1:
                    scattered.add(surname_id)
                continue
            root, reasons = chosen
            link = Link(bearers[root][0], surname_id, Decision(0.78, reasons), "surname")
            if joined.may_join(link):
                joined.join(link)
        return scattered

    def _meant(
        self, surname_id: str, bearers: Mapping[str, list[str]]
    ) -> tuple[str, tuple[str, ...]] | None:
        surname = self.known[surname_id]
        spoken = {
            root: sum(self.known[i].documents for i in fulls) for root, fulls in bearers.items()
        }
        around = self.index.neighbours(surname_id)
        with_it: dict[str, int] = {}
        for root, fulls in bearers.items():
            neighbours = frozenset().union(*(self.index.neighbours(i) for i in fulls[:5]))
            with_it[root] = len((around & neighbours) - set(fulls) - {surname_id})
        best = max(sorted(bearers), key=lambda root: (spoken[root], with_it[root]))
        full = self.known[bearers[best][0]]
        rest = sum(spoken.values()) - spoken[best]
        if len(bearers) == 1:
            if surname.country and surname.country == full.country:
                return best, (f"only {full.name} bears the surname", f"both of {full.country}")
            if with_it[best]:
                return best, (
                    f"only {full.name} bears the surname",
                    f"{with_it[best]} names are mentioned with both",
                )
            if spoken[best] >= _OFTEN:
                return best, (f"only {full.name} bears the surname, in {spoken[best]} reports",)
            return None
        if spoken[best] >= max(_DOMINANT * rest, _DOMINANT):
            return best, (f"{full.name} is meant in {spoken[best]} reports, others in {rest}",)
        return None


def _group(
    profiles: Mapping[str, Profile],
    members: Sequence[str],
    why: Mapping[str, Link],
    scattered: Collection[str],
) -> Group:
    known = sorted(i for i in members if profiles[i].known)
    actor_id = known[0] if known else min(profiles[i].base or i for i in members)
    return Group(
        actor_id,
        tuple(sorted(members)),
        {i: why[i] for i in sorted(members) if i in why},
        len(members) == 1 and members[0] in scattered,
    )
