"""Tell whether two statements speak of the same thing, and how sure that is.

Strict on purpose: a claim that joins two incidents misleads, one that stays
apart only says less. Names on both sides, the same story, a stated day and
the same words are evidence; a contradiction is admitted only where so much
else agrees that the reports cannot mean two things.
"""

from __future__ import annotations

from onrecord.compare.actors import Likeness, is_state, likeness
from onrecord.compare.figures import agree, same_figure
from onrecord.compare.places import nearness
from onrecord.compare.relations import SURE, family_of_relation, same_relation
from onrecord.compare.weighing import AHEAD, MUTUAL, quarter_of, roles_of, weigh
from onrecord.compare.windows import window_of
from onrecord.compare.words import akin, likeness_of_words, of_responsibility, words_of
from onrecord.model.claim import StatementView

# Denials of any of these answer "who did it".
_DEEDS = frozenset({"ASSAULT", "COERCE", "AID", "SUPPORT", "MOBILIZE", "THREATEN", "SANCTION"})
_FITS: frozenset[Likeness] = frozenset({"same", "near"})
# Share of the shorter sentence's words from which two copies have one passage.
_VERBATIM = 0.8


def family_of(kind: str, type_: str) -> str:
    """Return what statements must share to be compared at all."""
    if kind == "event":
        return quarter_of(type_)
    return family_of_relation(type_) if kind == "relation" else "figure"


def evidence(a: StatementView, b: StatementView, *, story: bool) -> float:
    """Return how strongly two statements speak of the same thing.

    Args:
        a: One statement.
        b: The other, of the same kind and family.
        story: Whether their reports tell one story.

    Returns:
        0 or less when they do not, `SURE` when nothing else need agree, else something between.
    """
    if a.kind != b.kind or family_of(a.kind, a.type) != family_of(b.kind, b.type):
        return 0
    if a.kind == "relation":
        return same_relation(a, b, story=story)
    if a.kind == "quantity":
        return SURE if _copied(a, b) else same_figure(a, b) * story
    return _same_event(a, b, story)


def contradicts(a: StatementView, b: StatementView) -> bool:
    """Return whether two statements cannot stand in one claim, whatever links them."""
    if a.kind == "quantity":
        return not agree(a, b)
    if a.kind != "event":
        return False
    ties = a.report.ties | b.report.ties
    roles = roles_of(a, b)
    if roles.count("different") > 1 or nearness(a.place, b.place) == "apart":
        return True
    if roles[1] == "different" and not _swapped(a, b, ties):
        return True
    return not _in_time(a, b)


def answers(denial: StatementView, deed: StatementView) -> bool:
    """Return whether a REJECT event denies that its subject did what `deed` says.

    Args:
        denial: A REJECT event.
        deed: An event of another type, of the same story.
    """
    if denial.type != "REJECT" or deed.type not in _DEEDS or deed.factuality in AHEAD:
        return False
    if not of_responsibility(denial.sentence):
        return False
    ties = denial.report.ties | deed.report.ties
    if likeness(denial.subject, deed.subject, ties) != "same":
        return False
    if likeness(denial.subject, deed.object, ties) == "same":
        return False
    about = words_of(denial.sentence) & words_of(f"{deed.trigger} {deed.sentence}")
    return len(about) >= 2 and window_of(denial).meets(window_of(deed), slack=STORY_SLACK)


STORY_SLACK = 7


def swapped(a: StatementView, b: StatementView) -> bool:
    """Return whether who acts in one statement is acted on in the other."""
    return a.type not in MUTUAL and _swapped(a, b, a.report.ties | b.report.ties)


def _same_event(a: StatementView, b: StatementView, story: bool) -> float:
    if _copied(a, b):
        return SURE
    if story:
        return weigh(a, b)
    if nearness(a.place, b.place) == "apart" or not _in_time(a, b) or _ahead(a) != _ahead(b):
        return 0
    alike = akin(a.trigger, b.trigger)
    if a.type != b.type and not alike:
        return 0
    return _far_event(a, b, *roles_of(a, b), alike or (a.mode == b.mode != ""))


def _copied(a: StatementView, b: StatementView) -> bool:
    """Return whether two statements are one passage of one text, printed twice."""
    return (
        a.report.copies == b.report.copies
        and a.report.document_id != b.report.document_id
        and a.trigger == b.trigger
        and a.type == b.type
        and likeness_of_words(a.sentence, b.sentence) >= _VERBATIM
    )


def _ahead(view: StatementView) -> bool:
    return view.factuality in AHEAD


def _far_event(
    a: StatementView, b: StatementView, subject: Likeness, object_: Likeness, like: bool
) -> float:
    """Judge two reports that tell different stories: only a day both state may join them."""
    if not (like and subject in _FITS and object_ in _FITS):
        return 0
    first, second = window_of(a), window_of(b)
    stated = first.stated and second.stated
    if stated and not (first.wide or second.wide):
        return 5
    # Between two states much of a kind happens; between a state and a militia less.
    states = sum(party is not None and is_state(party) for party in (a.subject, a.object))
    same_year = stated and first == second
    return 5 if same_year and states < 2 else 0


def _in_time(a: StatementView, b: StatementView) -> bool:
    first, second = window_of(a), window_of(b)
    if first.stated and second.stated:
        return first.meets(second)
    # A report may come out the day after, and "overnight" be read as either day.
    return first.meets(second, slack=1)


def _swapped(a: StatementView, b: StatementView, ties: frozenset[tuple[str, str]]) -> bool:
    return (
        likeness(a.subject, b.object, ties) == "same"
        and likeness(a.object, b.subject, ties) == "same"
    )
