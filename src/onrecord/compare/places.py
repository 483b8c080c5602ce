"""Compare where things happen: the same place, one within the other, or apart."""

from __future__ import annotations

from typing import Literal

from onrecord.model.claim import PlaceView

Nearness = Literal["same", "within", "unknown", "apart"]

_SMALL = frozenset({"site", "town", "district"})


def nearness(a: PlaceView | None, b: PlaceView | None) -> Nearness:
    """Return how two places lie to each other; names the gazetteer lacks are unknown."""
    if a is None or b is None:
        return "unknown"
    if a.place_id == b.place_id:
        return "same"
    if a.country and b.country and a.country != b.country:
        return "apart"
    for small, large in ((a, b), (b, a)):
        if large.kind == "country" and small.country == large.country != "":
            return "within"
        if large.kind == "province" and small.admin1 == large.name and small.admin1:
            return "within"
        if large.name and large.name in small.name:
            return "within"
    if "unknown" in (a.kind, b.kind) or "region" in (a.kind, b.kind) or "site" in (a.kind, b.kind):
        return "unknown"
    return "apart"


def is_small(place: PlaceView | None) -> bool:
    """Return whether a place is so small that it tells one incident from another."""
    return place is not None and place.kind in _SMALL
