"""Weigh what speaks for two profiles being one actor: names, other names told, countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.resolve.likeness import body_name, compare_names
from onrecord.resolve.name_words import fold_body, known_body_number
from onrecord.resolve.names import Decision, is_acronym, words_of
from onrecord.resolve.profiles import Profile, nation_of_profile

# Another name that reports give counts this much, and more with every report.
_TOLD = 0.86
_MORE_TOLD = 0.03
# A word that more names share than this tells little.
_RARE = 12
# Names that fit so well are one if what stands around them speaks for it too.
DOUBTFUL = 0.68


# "initials": only an acronym ties the two, which many bodies may share.
How = Literal["name", "alias", "initials", "surname", "list", "review"]


@dataclass(frozen=True, slots=True)
class Link:
    """Why two profiles may be one."""

    one: str
    other: str
    decision: Decision
    how: How


def compare_profiles(p: Profile, q: Profile, sharing: int = 1) -> Link | None:
    """Return why two profiles are or may be one, or rule each other out; None if neither.

    Args:
        p: A profile.
        q: Another of the same sort.
        sharing: How many profiles have the rarest word the two share.
    """
    if p.sort != q.sort or p.profile_id == q.profile_id or (p.known and q.known):
        return None
    p, q = sorted((p, q), key=lambda profile: profile.profile_id)
    if p.sort not in {"person", "body"}:
        return _national_link(p, q)
    kind = "person" if p.sort == "person" else "organisation"
    decision = compare_names(p.name, q.name, kind)
    told = _told(p, q, kind)
    how: How = "list" if p.known or q.known else "name"
    if how == "name" and p.sort == "body" and decision.same and _by_initials(p.name, q.name):
        how = "initials"
    if told is not None and told.score > decision.score:
        if how != "list":
            how = "initials" if p.sort == "body" and _by_shared_acronym(p, q) else "alias"
        decision = told
    weighed = _with_country(p, q, decision)
    if p.sort == "body" and how == "name" and sharing > _RARE and weighed.score < 0.95:
        weighed = _weighed(weighed, -0.1, f"{sharing} names share the word")
    if weighed.score >= DOUBTFUL or weighed.apart:
        return Link(p.profile_id, q.profile_id, weighed, how)
    return None


def _national_link(p: Profile, q: Profile) -> Link | None:
    if (p.known or q.known) and nation_of_profile(p) == nation_of_profile(q):
        decision = Decision(0.97, (f"the {p.sort} of {p.country}",))
        return Link(p.profile_id, q.profile_id, decision, "list")
    return None


def _weighed(decision: Decision, by: float, reason: str) -> Decision:
    return Decision(
        round(min(max(decision.score + by, 0.0), 1.0), 3),
        (*decision.reasons, reason),
        decision.apart,
    )


def _told(p: Profile, q: Profile, kind: str) -> Decision | None:
    """Return the best evidence of other names that reports or lists give."""
    best: Decision | None = None
    for one, other in ((p, q), (q, p)):
        for alias in one.others:
            if kind == "person" and alias.how == "spelling":
                # Reports mix up people; a spelling must look like one.
                if not compare_names(one.name, alias.name, kind).same:
                    continue
            elif alias.how in {"apposition", "spelling"} and not _trusted(one, alias.documents):
                continue
            decision = _same_as(alias.name, other, kind)
            if decision is None:
                continue
            score = min(_TOLD + _MORE_TOLD * (alias.documents - 1), 0.95) * decision.score
            if one.known or other.known:
                score = 0.97 * decision.score
            tied = "list" if one.known else _reports(alias.documents)
            reason = f"{one.name} is also called {alias.name} ({alias.how}, {tied})"
            found = Decision(round(score, 3), (reason,))
            if best is None or found.score > best.score:
                best = found
    return best


def _by_initials(one: str, other: str) -> bool:
    """Return whether one name only spells the initials of the other; bodies known by both not."""
    if is_acronym(one) == is_acronym(other) or known_body_number(one) is not None:
        return False
    short, long = (one, other) if is_acronym(one) else (other, one)
    return words_of(short)[0] not in words_of(long)


def _by_shared_acronym(p: Profile, q: Profile) -> bool:
    """Return whether two full names have only an acronym in common that reports give both."""
    if is_acronym(p.name) or is_acronym(q.name):
        return False
    names = [{o.name for o in profile.others} | {profile.name} for profile in (p, q)]
    shared = {fold_body(n) for n in names[0]} & {fold_body(n) for n in names[1]}
    return all(is_acronym(name.upper()) and " " not in name for name in shared) and bool(shared)


def _trusted(profile: Profile, documents: int) -> bool:
    """Return whether enough reports give the other name for it to be no slip of one."""
    return profile.known != "" or documents >= 2 or profile.documents <= 5


def _same_as(alias: str, other: Profile, kind: str) -> Decision | None:
    for name in (other.name, *(o.name for o in other.others if o.how != "apposition")):
        if fold_body(alias) == fold_body(name):
            return Decision(1.0, ("same",))
    decision = compare_names(alias, other.name, kind)
    return decision if decision.score >= 0.85 and not is_acronym(alias) else None


def _with_country(p: Profile, q: Profile, decision: Decision) -> Decision:
    if not p.country or not q.country:
        if p.sort == "body" and p.country != q.country and _says_little(p, q):
            return Decision(0.5, (*decision.reasons, "the country of one is unknown"))
        return decision
    if p.country == q.country:
        return _weighed(decision, 0.03, f"both of {p.country}") if decision.same else decision
    if p.sort == "body" and _says_little(p, q):
        return Decision(0.05, (f"of {p.country} and of {q.country}",), apart=True)
    return _weighed(decision, -0.05, f"of {p.country} and of {q.country}")


def _says_little(p: Profile, q: Profile) -> bool:
    """Return whether only words that every country's bodies have make up the names."""
    return all(
        not body_name(profile.name).telling and not body_name(profile.name).nations
        and not is_acronym(profile.name)
        for profile in (p, q)
    )  # fmt: skip


def _reports(n: int) -> str:
    return "1 report" if n == 1 else f"{n:,} reports"
