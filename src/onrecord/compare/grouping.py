"""Join statements that speak of the same thing into groups.

Pairs are judged one by one and only from the two statements and their
reports, so what is read later never changes them. What pairs connect is a
component: the unit that is compared anew when something in it changes. In a
component, statements join the strongest pairs first, and two groups only
when their members on the whole speak of one thing and none contradicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.compare.actors import side
from onrecord.compare.relations import FOLLOWS, SURE, entails
from onrecord.compare.same import answers, contradicts, evidence, family_of
from onrecord.compare.stories import linked_reports, same_story
from onrecord.compare.windows import Window, window_of
from onrecord.model.claim import StatementView

# A group is known by its first members; checking all would make large ones dear.
_CHECKED = 10
# Statements of one type in one report that are compared with each other. No story has so many;
# without a limit a page that repeats one line ten thousand times would take hours.
_REACH = 200
# A copied passage speaks for what it is a copy of, not for all else in its group.
_MOST = 4.0
# Log-odds, by the mean of their pairs, below which two groups are not one thing. What joins them is
# a pair that speaks for it; that "the attack" is like no third member says little against it.
_LEAST_ON_THE_WHOLE = -0.2
_REJECTING = "event", family_of("event", "REJECT")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Links:
    """What connects statements.

    Attributes:
        pairs: How strongly two statements speak of the same thing; smaller id first.
        answers: Pairs of a statement and another that it speaks of though it is no member of
            its group: a denial and the deed, a relation and the weaker one that follows from
            it. They stand in one component.
    """

    pairs: dict[Pair, float]
    answers: frozenset[Pair]

    @cached_property
    def after(self) -> dict[str, list[tuple[str, float]]]:
        """The pairs by their smaller id: the other id and how strong the pair is."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for (a, b), strength in self.pairs.items():
            found[a].append((b, strength))
        return found


def find_links(views: Iterable[StatementView], touching: Collection[str] | None = None) -> Links:
    """Return all pairs of statements that speak of the same thing.

    Args:
        views: Statements, in any order.
        touching: Document ids; pairs of which neither statement is from one of these may be
            left out. None leaves out none.
    """
    ordered = sorted(views, key=lambda view: view.statement_id)
    wanted = frozenset(
        (view.report.document_id for view in ordered) if touching is None else touching
    )
    pairs: dict[Pair, float] = {}
    found: set[Pair] = set()
    _within_stories(ordered, wanted, pairs, found)
    _relations(ordered, wanted, pairs, found)
    _dated_events(ordered, wanted, pairs)
    return Links(pairs, frozenset(found))


def components(views: Sequence[StatementView], links: Links) -> list[list[StatementView]]:
    """Return the statements that links connect, however far, each list ordered by id."""
    joined = Joined(view.statement_id for view in views)
    for a, b in (*links.pairs, *links.answers):
        joined.join(a, b)
    groups: dict[str, list[StatementView]] = defaultdict(list)
    for view in sorted(views, key=lambda view: view.statement_id):
        groups[joined.root(view.statement_id)].append(view)
    return list(groups.values())


def groups_in(component: Sequence[StatementView], links: Links) -> list[list[StatementView]]:
    """Return the statements of a component, grouped by what they speak of.

    Args:
        component: Statements that are connected, ordered by id.
        links: At least the links among them.
    """
    groups = {view.statement_id: [view] for view in component}
    root = {name: name for name in groups}
    weights: dict[Pair, float] = {}
    inner = sorted(
        (-strength, a, b)
        for a in root
        for b, strength in links.after.get(a, ())
    )  # fmt: skip
    for strength, a, b in inner:
        one, other = groups[root[a]], groups[root[b]]
        if one is other or (-strength < SURE and not _one_thing(one, other, weights)):
            continue
        if len(one) < len(other):
            one, other = other, one
        kept = root[one[0].statement_id]
        for view in other:
            root[view.statement_id] = kept
        del groups[root_of(other, groups)]
        one.extend(other)
        one.sort(key=lambda view: view.statement_id)
    return sorted(groups.values(), key=lambda group: group[0].statement_id)


def root_of(group: list[StatementView], groups: dict[str, list[StatementView]]) -> str:
    """Return the key under which `group` is kept."""
    return next(view.statement_id for view in group if groups.get(view.statement_id) is group)


class Joined:
    """Sets that grow together: union by smallest name, so the outcome has no order."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {name: name for name in names}

    def root(self, name: str) -> str:
        """Return the smallest name of the set that holds `name`."""
        path = []
        while self._parent[name] != name:
            path.append(name)
            name = self._parent[name]
        for step in path:
            self._parent[step] = name
        return name

    def join(self, a: str, b: str) -> None:
        """Make one set of those that hold `a` and `b`."""
        first, second = sorted((self.root(a), self.root(b)))
        self._parent[second] = first


def _one_thing(
    one: Sequence[StatementView], other: Sequence[StatementView], weights: dict[Pair, float]
) -> bool:
    """Return whether two groups may be one: for acts and figures by the mean of their pairs."""
    total, weighed = 0.0, 0
    for a in one[:_CHECKED]:
        for b in other[:_CHECKED]:
            if a.kind == "relation" or not same_story(a.report, b.report):
                if contradicts(a, b):
                    return False
                continue
            key = _key(a, b)
            if key not in weights:
                weights[key] = min(evidence(a, b, story=True), _MOST)
            total += weights[key]
            weighed += 1
    return not weighed or total / weighed > _LEAST_ON_THE_WHOLE


def _within_stories(
    ordered: Sequence[StatementView],
    wanted: frozenset[str],
    pairs: dict[Pair, float],
    found: set[Pair],
) -> None:
    reports = {view.report.document_id: view.report for view in ordered}
    by_family: dict[str, dict[tuple[str, str], list[StatementView]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for view in ordered:
        key = view.kind, family_of(view.kind, view.type)
        by_family[view.report.document_id][key].append(view)
    for document_id in reports:
        if document_id in wanted:
            _compare(by_family[document_id], None, pairs, found)
    for first, second in linked_reports(reports, wanted):
        _compare(by_family[first], by_family[second], pairs, found)


def _compare(
    one: dict[tuple[str, str], list[StatementView]],
    other: dict[tuple[str, str], list[StatementView]] | None,
    pairs: dict[Pair, float],
    found: set[Pair],
) -> None:
    for key, views in one.items():
        if other is None:
            candidates = (
                (a, b) for i, a in enumerate(views) for b in views[i + 1 : i + 1 + _REACH]
            )
        else:
            candidates = ((a, b) for a in views for b in other.get(key, ())[:_REACH])
        for a, b in candidates:
            _keep(pairs, a, b, evidence(a, b, story=True))
    for deniers, doers in ((one, other or one), (other or {}, one)):
        for denial in deniers.get(_REJECTING, ()):
            if denial.type != "REJECT":
                continue
            for (kind, _), deeds in doers.items():
                if kind != "event":
                    continue
                found.update(
                    (denial.statement_id, deed.statement_id)
                    for deed in deeds
                    if answers(denial, deed)
                )


def _relations(
    ordered: Sequence[StatementView],
    wanted: frozenset[str],
    pairs: dict[Pair, float],
    found: set[Pair],
) -> None:
    """Join relations of the same two, whatever story brings them."""
    groups: dict[tuple[str, ...], list[StatementView]] = defaultdict(list)
    for view in ordered:
        one, other = side(view.subject), side(view.object)
        if view.kind == "relation" and one is not None and other is not None:
            family = family_of("relation", view.type)
            both = sorted((one, other)) if family == "feelings" else (one, other)
            groups[family, *both].append(view)
    touched = {key for key, group in groups.items() if _any_of(wanted, group)}
    for key in touched:
        _star(groups[key], pairs)
    for (family, *both), strong in groups.items():
        follows = FOLLOWS.get(family, ""), *both
        if not touched.intersection(((family, *both), follows)):
            continue
        for weaker in groups.get(follows, ()):
            found.update(
                (view.statement_id, weaker.statement_id) for view in strong if entails(view, weaker)
            )


def _any_of(wanted: frozenset[str], group: Iterable[StatementView]) -> bool:
    return any(view.report.document_id in wanted for view in group)


def _star(group: Sequence[StatementView], pairs: dict[Pair, float]) -> None:
    """Compare each statement with one of every sort there is, not with all of them."""
    sorts: dict[tuple[object, ...], StatementView] = {}
    for view in group:
        subject, object_ = view.subject, view.object
        sort = (
            view.type, view.factuality == "denied",
            None if subject is None else subject.actor_id,
            None if object_ is None else object_.actor_id,
            view.date_from, view.date_to,
        )  # fmt: skip
        if sort in sorts:
            _keep(pairs, sorts[sort], view, evidence(sorts[sort], view, story=False))
            continue
        for other in sorts.values():
            _keep(pairs, other, view, evidence(other, view, story=False))
        sorts[sort] = view


def _dated_events(
    ordered: Sequence[StatementView], wanted: frozenset[str], pairs: dict[Pair, float]
) -> None:
    """Join acts of the same two on a day that both reports state, whatever their stories."""
    groups: dict[tuple[str, ...], list[tuple[Window, StatementView]]] = defaultdict(list)
    for view in ordered:
        one, other = side(view.subject), side(view.object)
        window = window_of(view)
        if view.kind == "event" and window.stated and one is not None and other is not None:
            family = family_of("event", view.type)
            groups[family, *sorted((one, other))].append((window, view))
    for group in groups.values():
        if not _any_of(wanted, (view for _, view in group)):
            continue
        group.sort(key=lambda entry: (entry[0].first, entry[0].last, entry[1].statement_id))
        for a, b in _meeting(group):
            if _any_of(wanted, (a, b)) and _key(a, b) not in pairs:
                _keep(pairs, a, b, evidence(a, b, story=False))


def _meeting(
    group: Sequence[tuple[Window, StatementView]],
) -> Iterator[tuple[StatementView, StatementView]]:
    """Yield the pairs whose windows share a day; the group is ordered by first day."""
    open_: list[tuple[Window, StatementView]] = []
    for window, view in group:
        open_ = [entry for entry in open_ if entry[0].last >= window.first]
        for _, other in open_:
            yield other, view
        open_.append((window, view))


def _keep(pairs: dict[Pair, float], a: StatementView, b: StatementView, strength: float) -> None:
    if strength > 0:
        key = _key(a, b)
        pairs[key] = max(strength, pairs.get(key, 0))


def _key(a: StatementView, b: StatementView) -> Pair:
    return min(a.statement_id, b.statement_id), max(a.statement_id, b.statement_id)
