"""Measure how long it takes to find out who is who among a million mentions.

Names are made up: syllables give given names, surnames and names of bodies,
with spelling variants, short forms and acronyms as reports write them. Only
time and memory are measured; whether the groups are right is not (see
`onrecord evaluate names` and `ecb`). Seconds of the processor do not depend on
what else the machine does; those of the clock stand beside the load.

Run: python benchmarks/identity.py --mentions 1000000
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections import Counter, defaultdict

from onrecord.model.actor import Alias, Entity
from onrecord.resolve.identity import regroup
from onrecord.resolve.profile_index import MemoryIndex
from onrecord.resolve.profiles import Profile, profile_of, summed

_STARTS = [*"bdfghjklmnprstvz", "br", "dr", "gr", "kr", "st", "tr", "sh", "ch", "kh"]
_VOWELS = [*"aeiou"]
_ENDS = ["", "n", "r", "l", "m", "s", "k", "d", "t", "sh"]
_BODIES = ["Front", "Movement", "Party", "Brigade", "Union", "Institute", "Army", "Council"]
_COUNTRIES = ["", "", "", "KEN", "POL", "PER", "IND", "EGY"]
_TRADES = [("k", "q"), ("u", "o"), ("i", "y"), ("kh", "h"), ("e", "a"), ("sh", "ch")]


def _word(rng: random.Random, syllables: int) -> str:
    parts = [
        rng.choice(_STARTS) + rng.choice(_VOWELS) + rng.choice(_ENDS) for _ in range(syllables)
    ]
    return "".join(parts).capitalize()


def actors(rng: random.Random, n: int) -> list[tuple[str, str, str]]:
    """Return `n` made-up actors as (kind, name, country)."""
    given = [_word(rng, 2) for _ in range(400)]
    surnames = [_word(rng, rng.choice((2, 3))) for _ in range(max(n // 4, 10))]
    words = [_word(rng, rng.choice((2, 3))) for _ in range(max(n // 3, 10))]
    made = []
    for _ in range(n):
        country = rng.choice(_COUNTRIES)
        if rng.random() < 0.6:
            made.append(("person", f"{rng.choice(given)} {rng.choice(surnames)}", country))
        else:
            name = f"{rng.choice(words)} {rng.choice(words)} {rng.choice(_BODIES)}"
            made.append(("organisation", name, country))
    return made


def mentioned(rng: random.Random, kind: str, name: str) -> str:
    """Return a name as one report may write it."""
    chance = rng.random()
    words = name.split()
    if chance < 0.9:
        return name
    if chance < 0.96:
        old, new = rng.choice(_TRADES)
        return " ".join(w[:1] + w[1:].replace(old, new, 1) for w in words)
    if kind == "person":
        return words[-1]
    return "".join(word[0] for word in words)


def sightings(rng: random.Random, made: list[tuple[str, str, str]], n: int) -> list[Profile]:
    """Return profiles summed up from `n` mentions; few actors get most of them."""
    gathered: dict[str, list[Profile]] = defaultdict(list)
    for number in range(n):
        kind, name, country = made[int(len(made) * rng.random() ** 2.5)]
        written = mentioned(rng, kind, name)
        aliases = (Alias(name, "spelling", None),) if written != name else ()
        entity = Entity(
            f"en_{number}", f"doc_{number // 8}", written, kind, True,  # type: ignore[arg-type]
            country if rng.random() < 0.5 else "", "", aliases if rng.random() < 0.3 else (),
        )  # fmt: skip
        profile = profile_of(entity)
        if profile is not None:
            seen = gathered[profile.profile_id]
            seen.append(profile)
            if len(seen) > 50:
                gathered[profile.profile_id] = [summed(seen)]
    return [summed(seen) for seen in gathered.values()]


class _Clock:
    """What the clock and the processor showed at one moment."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def since(self, earlier: _Clock) -> dict[str, float]:
        """Return the seconds since an earlier moment."""
        return {
            "seconds": round(self.wall - earlier.wall, 3),
            "processor_seconds": round(self.processor - earlier.processor, 3),
        }


def main() -> int:
    """Print sizes, seconds and memory as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--actors", type=int, default=0, help="Default: one for 20 mentions.")
    options = parser.parse_args()
    rng = random.Random(7)
    made = actors(rng, options.actors or max(options.mentions // 20, 10))
    started = _Clock()
    profiles = sightings(rng, made, options.mentions)
    summed_up = _Clock()
    index = MemoryIndex(profiles)
    indexed = _Clock()
    groups = regroup(index, profiles, ())
    grouped = _Clock()
    again = index.profiles([profiles[0].profile_id]).values()
    regroup(index, again, ())
    one_more = _Clock()
    sizes = Counter(len(group.members) for group in groups)
    figures = {
        "mentions": options.mentions,
        "profiles": len(profiles),
        "groups": len(groups),
        "largest_group": max(sizes),
        "to_sum_up": summed_up.since(started),
        "to_index": indexed.since(summed_up),
        "to_group": grouped.since(indexed),
        "for_one_changed_name": one_more.since(grouped),
        "load": [round(load, 1) for load in os.getloadavg()],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
