"""Let a model behind an OpenAI-compatible endpoint say what happened; keep what the text bears out.

The endpoint names events, relations and the numbers that matter. Mentions,
times, places, attributions and the values of numbers come from our own
grammars, as with every extractor.
"""

from __future__ import annotations

import logging

from onrecord.annotate.attributions import find_attributions
from onrecord.annotate.endpoint_address import Address
from onrecord.annotate.endpoint_answers import Answer, Named, NamedEvent, answer_in, keep
from onrecord.annotate.endpoint_client import Client
from onrecord.annotate.endpoint_words import (
    Window,
    conversation,
    load_instructions,
    windows_of,
)
from onrecord.annotate.factuality import factuality_of
from onrecord.annotate.joining import Parties, confirm_quantities, in_context, snapped, with_parties
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.places import find_places
from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.text import Parse
from onrecord.annotate.times import find_times
from onrecord.model.annotation import (
    Annotations,
    Event,
    Factuality,
    PlaceExpression,
    Relation,
    TimeExpression,
)
from onrecord.model.span import Span

# How often an unknown model is right is not known. This is the least confidence
# that lists show unasked, so its rows are seen, and come after surer ones.
UNMEASURED_CONFIDENCE = 0.6
_TRIES_FOR_JSON = 2

_log = logging.getLogger(__name__)


class EndpointExtractor:
    """Finds annotations by asking an endpoint, a few sentences at a time.

    The same text gives the same answers only as far as the endpoint keeps to
    temperature 0 and the seed.

    Args:
        client: Asks the endpoint; pickles, so that workers have one each.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def address(self) -> Address:
        """Where the text goes."""
        return self._client.address

    @property
    def name(self) -> str:
        """Model, URL and version of the instructions, kept in `runs`."""
        version, _ = load_instructions()
        return f"openai:{self.address.model}@{self.address.url}#{version}"

    def annotate(self, parse: Parse) -> Annotations:
        """Return what the endpoint and the grammars find in `parse`.

        Raises:
            ReadError: The endpoint gave no answer about this document.
            ModelError: It cannot be reached, or refuses every request.
        """
        named = self._named(parse)
        mentions = find_mentions(parse)
        times = find_times(parse)
        places = find_places(parse, mentions)
        parties = Parties(parse, mentions)
        fitted = sorted(named.events, key=lambda e: (e.sentence, e.trigger))
        events = [_event(e, parse, parties, times, places) for e in fitted]
        relations = _relations(named, parties)
        return Annotations(
            sentences=tuple(s.sentence for s in parse.sentences),
            mentions=with_parties(mentions, events, relations),
            attributions=find_attributions(parse, mentions),
            events=in_context(events, [e.sentence for e in fitted], parse),
            relations=relations,
            quantities=confirm_quantities(
                find_quantities(parse, mentions, times, places),
                [(span, 1.0) for span in named.numbers],
            ),
            times=times,
            places=places,
        )

    def _named(self, parse: Parse) -> Named:
        """Return what the endpoint names in all windows, and say what was lost."""
        named = Named()
        windows = unanswered = 0
        for window in windows_of(parse):
            windows += 1
            answer = self._answer(window)
            if answer is None:
                unanswered += 1
            else:
                keep(answer, window, named)
        self._tell(parse.document.uri, named, windows, unanswered)
        return named

    def _answer(self, window: Window) -> Answer | None:
        """Return what is answered about a window, asking twice where it is no JSON."""
        for _ in range(_TRIES_FOR_JSON):
            answer = answer_in(self._client.ask(conversation(window)))
            if answer is not None:
                return answer
        return None

    def _tell(self, uri: str, named: Named, windows: int, unanswered: int) -> None:
        uri = "".join(c if c.isprintable() else "�" for c in uri)
        model, dropped = self.address.model, named.dropped.total()
        said = ", ".join(f"{count} {why}" for why, count in (+named.dropped).most_common())
        if unanswered:
            _log.warning(
                "%s: %s gave no JSON for %d of %d stretches, whose events, relations and figures"
                " are missing. Try a model that answers in JSON.",
                uri, model, unanswered, windows,
            )  # fmt: skip
        # Rows stand in the text whatever is dropped, but such a model misses much.
        level = logging.WARNING if dropped > named.kept else logging.INFO
        if dropped:
            _log.log(
                level,
                "%s: of what %s named, %d rows were kept and %d words or rows dropped (%s)."
                " If that is often so, try another model.",
                uri, model, named.kept, dropped, said,
            )  # fmt: skip


def _event(
    named: NamedEvent,
    parse: Parse,
    parties: Parties,
    times: tuple[TimeExpression, ...],
    places: tuple[PlaceExpression, ...],
) -> Event:
    def party(role: str) -> Span | None:
        return parties.tidy(named.roles[role]) if role in named.roles else None

    source, target = party("source"), party("target")
    return Event(
        type=named.type,
        mode=named.mode,
        trigger=named.trigger,
        source=source,
        target=None if source and target and source.overlaps(target) else target,
        factuality=named.factuality or _parsed_factuality(parse, named),
        time=snapped(named.roles.get("time"), [t.span for t in times]),
        place=snapped(named.roles.get("place"), [p.span for p in places]),
        confidence=UNMEASURED_CONFIDENCE,
    )


def _parsed_factuality(parse: Parse, named: NamedEvent) -> Factuality:
    """Return what the words around a trigger tell, where the endpoint tells nothing."""
    tokens = parse.sentences[named.sentence].tokens_in(named.trigger)
    root = next((t for t in tokens if t.head == t or t.head not in tokens), None)
    return "asserted" if root is None else factuality_of(root)


def _relations(named: Named, parties: Parties) -> tuple[Relation, ...]:
    found = []
    for relation in named.relations:
        subject, object_ = parties.tidy(relation.subject), parties.tidy(relation.object)
        if subject is None or object_ is None or subject.overlaps(object_):
            continue
        found.append(
            Relation(
                type=relation.type,
                subject=subject,
                object=object_,
                evidence=subject.cover(object_),
                factuality=relation.factuality,
                confidence=UNMEASURED_CONFIDENCE,
            )
        )
    return tuple(sorted(found, key=lambda r: (r.subject, r.object, r.type)))
