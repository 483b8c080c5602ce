"""Say how each statement stands to its claim, field by field, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.compare.actors import likeness
from onrecord.compare.figures import agree, range_of
from onrecord.compare.independence import origin_of
from onrecord.compare.relations import entails, hostility
from onrecord.compare.same import answers, swapped
from onrecord.compare.weighing import roles_of
from onrecord.compare.windows import window_of
from onrecord.compare.words import akin, corrects, takes_back, tells_own_report, words_of
from onrecord.model.claim import PartyView, Stance, StatementView

_SAME_WORDS = 0.8
# Acts that one side does to another.
_DEEDS = frozenset({"ASSAULT", "COERCE", "THREATEN", "SANCTION"})
_HEADCOUNTS = frozenset({"people", "casualties", "troops", "other"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a statement stands to the head of its claim.

    Attributes:
        stance: Whether it says the same, the opposite, or something else in a field.
        reason: Why, in plain words; empty when there is nothing to add.
        superseded: Whether the same source, or a rising count, has replaced it since.
        withdrawn: Whether its own outlet has taken it back.
    """

    stance: Stance
    reason: str = ""
    superseded: bool = False
    withdrawn: bool = False


def head_of(views: Iterable[StatementView]) -> StatementView:
    """Return the statement that says best what a claim claims.

    It affirms rather than denies, names those whom most others name too, and
    says when and where; of equals the surest, then the earliest.
    """
    group = list(views)
    named = Counter(
        (role, party.actor_id) for view in group for role, party in _parties(view) if party.actor_id
    )
    return min(group, key=lambda view: _worth(view, named))


def verdict_on(view: StatementView, head: StatementView) -> Verdict:
    """Return how one statement stands to the head of its claim; updates aside.

    Args:
        view: Any statement of the claim.
        head: The statement that says best what the claim claims.
    """
    if view.statement_id == head.statement_id:
        return Verdict("supports")
    if view.type == "REJECT" != head.type and answers(view, head):
        who = "It" if view.subject is None else view.subject.name
        return Verdict("denies", f"{who} denies it")
    if withdraws(view) and not withdraws(head):
        return Verdict("denies", f"{outlet(view)} withdraws the report")
    if view.kind == "relation":
        return _relation(view, head)
    if (view.factuality == "denied") != (head.factuality == "denied"):
        return Verdict("denies", f"{_voice(view)} says it did not happen")
    if view.kind == "quantity":
        return _figure(view, head)
    return _event(view, head)


def withdraws(view: StatementView) -> bool:
    """Return whether a statement repeats what its outlet takes back with it."""
    if takes_back(view.sentence):
        return True
    report = view.report
    return tells_own_report(view.sentence) and corrects(f"{report.title}\n{report.lead}")


def outlet(view: StatementView) -> str:
    """Return the name of the outlet, as a sentence begins with it."""
    return view.report.publisher or "The report"


def written(view: StatementView) -> str:
    """Return a figure as people write it: "14", "5,000 to 9,000", "at least 20"."""
    low, high = view.low, view.high
    unit = "" if view.unit in ("", "count") else f" {view.unit}"
    if low is None:
        return f"at most {_number(high)}{unit}"
    if high is None:
        return f"at least {_number(low)}{unit}" if view.bound == "at_least" else (
            f"about {_number(low)}{unit} or more"
        )  # fmt: skip
    if low == high:
        about = "about " if view.bound == "about" else ""
        return f"{about}{_number(low)}{unit}"
    return f"{_number(low)} to {_number(high)}{unit}"


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def _parties(view: StatementView) -> list[tuple[str, PartyView]]:
    roles = (("subject", view.subject), ("object", view.object))
    return [(role, party) for role, party in roles if party is not None]


def _worth(view: StatementView, named: Mapping[tuple[str, str], int]) -> tuple[object, ...]:
    parties = [party for _, party in _parties(view)]
    published = view.report.published
    # How many others name the same: one report's slip does not stand for all.
    company = sum(
        named[role, party.actor_id] - 1 for role, party in _parties(view) if party.actor_id
    )
    return (
        view.factuality == "denied",
        view.type == "REJECT" or withdraws(view) or corrects(view.sentence),
        -company,
        -sum(1 + party.named for party in parties),
        -(view.place is not None) - (window_of(view).stated),
        -round(view.confidence, 3),
        published is None,
        0.0 if published is None else published.timestamp(),
        view.statement_id,
    )


def _voice(view: StatementView) -> str:
    return view.chain[-1].name if view.chain[-1].named else outlet(view)


def _relation(view: StatementView, head: StatementView) -> Verdict:
    theirs, ours = hostility(view), hostility(head)
    if theirs is not None and ours is not None and theirs != ours:
        if view.type == "hostile_to":
            said = "they are enemies" if theirs else "the fight is only pretended, or denied"
        else:
            said = "they have ties" if not theirs else "they have no ties"
        return Verdict("denies", f"{_voice(view)} says {said}")
    if theirs is None and (view.factuality == "denied") != (head.factuality == "denied"):
        return Verdict("denies", f"{_voice(view)} denies it")
    if view.type != head.type and entails(view, head):
        return Verdict("supports", "Says more: that the one leads the other")
    return Verdict("supports", _nearness(view, head))


def _figure(view: StatementView, head: StatementView) -> Verdict:
    if agree(view, head):
        if range_of(view) == range_of(head):
            return Verdict("supports", _credit(view, head))
        both = f"{written(view)} and {written(head)}"
        return Verdict("supports", f"Agrees in part: {both} overlap")
    return Verdict("differs", f"{written(view)}, not {written(head)}")


def _event(view: StatementView, head: StatementView) -> Verdict:
    if swapped(view, head):
        who, whom = _name(view.subject), _name(view.object)
        return Verdict("differs", f"The other way round: {who} acts, {whom} is acted on")
    subject, object_ = roles_of(view, head)
    # Two may do a thing together or one after the other; a bomb was laid by one side.
    exclusive = (
        head.type in _DEEDS and object_ in ("same", "near") and akin(view.trigger, head.trigger)
    )
    if subject == "different" and exclusive:
        return Verdict("differs", f"Names {_name(view.subject)}, not {_name(head.subject)}")
    if object_ == "different" and subject in ("same", "near") and head.type in _DEEDS:
        return Verdict("differs", f"Names {_name(view.object)}, not {_name(head.object)}")
    first, second = window_of(view), window_of(head)
    if first.stated and second.stated and not first.meets(second):
        return Verdict("differs", "Gives another day")
    if other_speaker(view, head):
        speaker = view.chain[-1].name
        return Verdict("differs", f"Credits the words to {speaker}, not {head.chain[-1].name}")
    return Verdict("supports", _nearness(view, head))


def other_speaker(view: StatementView, head: StatementView) -> bool:
    """Return whether the same quoted words are credited to somebody else."""
    one, other = view.chain[-1], head.chain[-1]
    if not (view.quoted and head.quoted and one.named and other.named):
        return False
    if one.role != "speaker" or other.role != "speaker":
        return False
    if likeness(
        PartyView(one.actor_id, one.name), PartyView(other.actor_id, other.name)
    ) == "same" or one.name.casefold() == other.name.casefold():  # fmt: skip
        return False
    words, others = words_of(view.sentence), words_of(head.sentence)
    return len(words & others) >= _SAME_WORDS * max(len(words), len(others), 1)


def _credit(view: StatementView, head: StatementView) -> str:
    return "Same figure" if view.report.document_id != head.report.document_id else ""


def _nearness(view: StatementView, head: StatementView) -> str:
    """Say where a statement that agrees is not quite of the same parties."""
    for role, (mine, theirs) in zip(
        roles_of(view, head),
        ((view.subject, head.subject), (view.object, head.object)),
        strict=True,
    ):
        if role == "near" and _name(mine).casefold() != _name(theirs).casefold():
            return f"Names {_name(mine)}, close to {_name(theirs)}"
    if view.factuality == "possible" and head.factuality == "asserted":
        return "Says it may have happened"
    return ""


def _name(party: PartyView | None) -> str:
    return "nobody" if party is None else party.name


def standing_figure(views: Sequence[StatementView]) -> StatementView:
    """Return the figure that stands: the last of a growing count, else the best backed."""
    grows = any(view.type == "casualties" for view in views)
    return latest(views) if grows else best_backed(views)


def series(views: Sequence[StatementView]) -> dict[str, Verdict]:
    """Tell how figures of one count follow each other as days go by.

    A count that rises from report to report is one series: its last value
    stands and the earlier ones are superseded. A figure that an outlet puts
    in place of its own is superseded too, up or down. Others that do not fit
    the last value differ from it.

    Args:
        views: Quantities of one claim.

    Returns:
        The verdict on each, by statement id.
    """
    head = standing_figure(views)
    verdicts: dict[str, Verdict] = {}
    for view in views:
        verdict = verdict_on(view, head)
        if verdict.stance == "differs" and _replaced(view, head):
            low, high = range_of(view)[0], range_of(head)[0]
            how = "the count has risen" if low < high else "the outlet revised it"
            since = f"superseded: {written(view)}{_on(view)}, {written(head)}{_on(head)}; {how}"
            verdict = Verdict("supports", f"S{since[1:]}", superseded=True)
        verdicts[view.statement_id] = verdict
    return verdicts


def latest(views: Iterable[StatementView]) -> StatementView:
    """Return the figure that stands: of the last report, the surest, the most exact."""
    return min(
        views,
        key=lambda view: (
            view.factuality == "denied",
            view.report.published is None,
            -(0.0 if view.report.published is None else view.report.published.timestamp()),
            view.bound != "exact",
            -round(view.confidence, 3),
            view.statement_id,
        ),
    )


def best_backed(views: Sequence[StatementView]) -> StatementView:
    """Return the figure that most sources agree with; of equals the one printed first."""

    def worth(view: StatementView) -> tuple[object, ...]:
        backers = {origin_of(other).key for other in views if agree(view, other)}
        published = view.report.published
        return (
            view.factuality == "denied",
            any(_replaced(view, other) for other in views if not agree(view, other)),
            # "Thousands" fits whatever others count.
            float("inf") in range_of(view),
            -len(backers),
            published is None,
            0.0 if published is None else published.timestamp(),
            view.bound != "exact",
            view.statement_id,
        )

    return min(views, key=worth)


def _replaced(view: StatementView, head: StatementView) -> bool:
    before, after = view.report.published, head.report.published
    if before is None or after is None or before >= after:
        return False
    measured = view.type not in _HEADCOUNTS and not corrects(head.sentence)
    if measured:
        return False
    if view.report.publisher and view.report.publisher == head.report.publisher:
        return view.chain[-1].name == head.chain[-1].name or corrects(head.sentence)
    # Counts of dead and injured grow as they are found; crowds do not.
    grows = view.type == "casualties" or head.type == "casualties"
    return grows and range_of(view)[1] <= range_of(head)[0] and before.date() < after.date()


def _on(view: StatementView) -> str:
    published = view.report.published
    return "" if published is None else f" on {published.day} {published:%B}"
