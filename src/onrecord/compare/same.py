"""Tell whether two statements speak of the same thing, and how sure that is.

Strict on purpose: a claim that joins two incidents misleads, one that stays
apart only says less. Names on both sides, the same story, a stated day and
the same words are evidence; a contradiction is admitted only where so much
else agrees that the reports cannot mean two things.
"""

from __future__ import annotations

from onrecord.compare.actors import Likeness, is_state, likeness, tied
from onrecord.compare.figures import agree, counts, same_figure
from onrecord.compare.places import is_small, nearness
from onrecord.compare.windows import Window, window_of
from onrecord.compare.words import akin, likeness_of_words, of_responsibility, words_of
from onrecord.model.claim import PartyView, StatementView

_FAMILIES = {
    "ASSAULT": "force", "COERCE": "force", "AGREE": "deal", "COOPERATE": "deal",
    "CONSULT": "talks",
}  # fmt: skip
# Who of two parties is named first says nothing about these.
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "allied_with", "hostile_to", "also_known_as"})
_FRIENDLY = frozenset({"allied_with", "supports"})
_AHEAD = frozenset({"planned", "conditional"})
# Denials of any of these answer "who did it".
_DEEDS = frozenset({"ASSAULT", "COERCE", "AID", "SUPPORT", "MOBILIZE", "THREATEN", "SANCTION"})
_FITS: frozenset[Likeness] = frozenset({"same", "near"})
# Parties do these often and about different things.
_ABOUT_SOMETHING = frozenset(
    {"AGREE", "COOPERATE", "REQUEST", "REJECT", "ACCUSE", "CONCEDE", "SUPPORT", "SANCTION", "AID"}
)
# Shares of the shorter sentence's words that two sentences have in common.
_RELATED, _ON_TOPIC, _CLOSE, _VERBATIM = 0.2, 0.35, 0.5, 0.8
_TOLD_APART = frozenset({"killed", "injured", "crowd", "held"})
LEAD = 450
SURE = 10


def family_of(kind: str, type_: str) -> str:
    """Return what statements must share to be compared at all."""
    if kind == "event":
        return _FAMILIES.get(type_, type_)
    if kind == "relation":
        return "feelings" if type_ == "hostile_to" or type_ in _FRIENDLY else type_
    return "figure"


def evidence(a: StatementView, b: StatementView, *, story: bool) -> int:
    """Return how strongly two statements speak of the same thing.

    Args:
        a: One statement.
        b: The other, of the same kind and family.
        story: Whether their reports tell one story.

    Returns:
        0 when they do not, `SURE` when nothing else need agree, else something between.
    """
    if a.kind != b.kind or family_of(a.kind, a.type) != family_of(b.kind, b.type):
        return 0
    if a.kind == "relation":
        return _same_relation(a, b, story)
    if a.kind == "quantity":
        return SURE if _copied(a, b) else same_figure(a, b) * story
    return _same_event(a, b, story)


def contradicts(a: StatementView, b: StatementView) -> bool:
    """Return whether two statements cannot stand in one claim, whatever links them."""
    if a.kind == "quantity":
        # "At least 6" may meet 12 and 50, which are no figures of one thing. Tolls and crowds
        # are told apart by what became of those counted, however they differ.
        told_apart = bool({counts(a), counts(b)} & _TOLD_APART) or a.unit.isupper()
        return not told_apart and not agree(a, b) and not same_figure(a, b)
    if a.kind != "event":
        return False
    ties = a.report.ties | b.report.ties
    roles = _roles(a, b, ties)
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
    if denial.type != "REJECT" or deed.type not in _DEEDS or deed.factuality in _AHEAD:
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
    return a.type not in _MUTUAL and _swapped(a, b, a.report.ties | b.report.ties)


def same_roles(a: StatementView, b: StatementView) -> tuple[Likeness, Likeness]:
    """Return how subjects and objects stand to each other, turned round where order is free."""
    return _roles(a, b, a.report.ties | b.report.ties)


def _same_event(a: StatementView, b: StatementView, story: bool) -> int:
    if _copied(a, b):
        return SURE
    if nearness(a.place, b.place) == "apart" or not _in_time(a, b):
        return 0
    ties = a.report.ties | b.report.ties
    subject, object_ = _roles(a, b, ties)
    alike = akin(a.trigger, b.trigger)
    like = alike or (a.mode == b.mode != "")
    if a.type != b.type and not alike:
        return 0
    if not story:
        return 0 if _ahead(a) != _ahead(b) else _far_event(a, b, subject, object_, like)
    about = likeness_of_words(a.sentence, b.sentence)
    small = nearness(a.place, b.place) == "same" and is_small(a.place)
    if _ahead(a) != _ahead(b) and not (alike and about >= _CLOSE):
        return 0
    if "different" in (subject, object_):
        return _disputed_event(a, b, (subject, object_), small or about >= _CLOSE, alike)
    fits = sum(role in _FITS for role in (subject, object_))
    one_report = a.report.document_id == b.report.document_id
    # Parties agree, ask and accuse about many things; what about must fit as well.
    topical = a.type in _ABOUT_SOMETHING
    if topical and about < _ON_TOPIC:
        return 0
    if fits == 2:
        return 6 + like + small if like or not one_report else 0
    both_leads = in_lead(a) and in_lead(b)
    if fits == 1 and (like or small or (both_leads and about >= _RELATED)):
        return 3 + like + small + both_leads
    if fits == 1:
        return 0
    if like and (about >= _CLOSE or (topical and alike) or (small and about >= _RELATED)):
        return 3 + small
    if one_report and not alike:
        return 0
    return 2 * (both_leads and about >= _RELATED and (like or (_vague(a) or _vague(b))))


def in_lead(view: StatementView) -> bool:
    """Return whether a statement stands in the title or first sentences of its report."""
    return view.sentence[:60] in view.report.title or view.sentence[:60] in view.report.lead[:LEAD]


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
    return view.factuality in _AHEAD


def _vague(view: StatementView) -> bool:
    """Return whether an act is named without saying how ("the attack")."""
    return not view.mode


def _far_event(
    a: StatementView, b: StatementView, subject: Likeness, object_: Likeness, like: bool
) -> int:
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


def _disputed_event(
    a: StatementView,
    b: StatementView,
    roles: tuple[Likeness, Likeness],
    scene: bool,
    alike: bool,
) -> int:
    """Return whether two events with different parties are one, told differently."""
    if a.report.document_id == b.report.document_id:
        return 0
    if swapped(a, b):
        return 3 if alike and scene and window_of(a).stated and window_of(b).stated else 0
    # "A blew up the depot", "B blew up the depot": what was done and to whom agree.
    subject, object_ = roles
    if subject == "different" and object_ in _FITS and alike:
        return 3 if scene or (object_ == "same" and not _is_large(a.object)) else 0
    return 0


def _same_relation(a: StatementView, b: StatementView, story: bool) -> int:
    ties = a.report.ties | b.report.ties
    subject, object_ = _roles(a, b, ties)
    if a.type == b.type and subject == "same" and object_ == "same":
        return SURE if _valid_together(a, b) else 0
    opposed = hostility(a) is not None and hostility(b) is not None and (
        hostility(a) != hostility(b)
    )  # fmt: skip
    if opposed:
        return _opposed(a, b, ties, story)
    if a.type == b.type and story and {subject, object_} <= _FITS and _valid_together(a, b):
        return 4
    return 0


def hostility(view: StatementView) -> bool | None:
    """Return whether a relation says that two are enemies; None when it speaks of neither."""
    if view.type == "hostile_to":
        return view.factuality != "denied"
    if view.type in _FRIENDLY:
        return view.factuality == "denied"
    return None


def _opposed(
    a: StatementView, b: StatementView, ties: frozenset[tuple[str, str]], story: bool
) -> int:
    """Judge "A fights B" against "A is an ally of B": the pair counts, in any order."""
    best = 0
    for first, second in (((a.subject, b.subject), (a.object, b.object)),
                          ((a.subject, b.object), (a.object, b.subject))):  # fmt: skip
        alike = [likeness(*first, ties), likeness(*second, ties)]
        if alike == ["same", "same"]:
            best = max(best, 6)
        elif "same" in alike and story:
            other = first if alike[1] == "same" else second
            if alike.count("near") or _linked(other, ties):
                best = max(best, 4)
    return best


def _linked(
    parties: tuple[PartyView | None, PartyView | None], ties: frozenset[tuple[str, str]]
) -> bool:
    one, other = parties
    return one is not None and other is not None and tied(one, other, ties, hops=3)


def _valid_together(a: StatementView, b: StatementView) -> bool:
    """Return whether two relations may hold at one time; "in 2013" and "in 2016" do not."""
    first, second = _validity(a), _validity(b)
    return first is None or second is None or first.meets(second)


def _validity(view: StatementView) -> Window | None:
    return window_of(view) if view.date_from is not None or view.date_to is not None else None


def _in_time(a: StatementView, b: StatementView) -> bool:
    first, second = window_of(a), window_of(b)
    if first.stated and second.stated:
        return first.meets(second)
    # A report may come out the day after, and "overnight" be read as either day.
    return first.meets(second, slack=1)


def _roles(
    a: StatementView, b: StatementView, ties: frozenset[tuple[str, str]]
) -> tuple[Likeness, Likeness]:
    straight = likeness(a.subject, b.subject, ties), likeness(a.object, b.object, ties)
    if a.type not in _MUTUAL:
        return straight
    crossed = likeness(a.subject, b.object, ties), likeness(a.object, b.subject, ties)
    return max(straight, crossed, key=_worth)


def _worth(roles: tuple[Likeness, Likeness]) -> int:
    points: dict[Likeness, int] = {"same": 3, "near": 2, "unknown": 0, "different": -3}
    return sum(points[role] for role in roles)


def _swapped(a: StatementView, b: StatementView, ties: frozenset[tuple[str, str]]) -> bool:
    return (
        likeness(a.subject, b.object, ties) == "same"
        and likeness(a.object, b.subject, ties) == "same"
    )


def _is_large(party: PartyView | None) -> bool:
    return party is None or is_state(party) or not party.named
