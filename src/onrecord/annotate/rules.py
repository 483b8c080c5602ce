"""Join the rule-based annotators into one extractor, the fallback that needs no model."""

from __future__ import annotations

from onrecord.annotate.attributions import find_attributions
from onrecord.annotate.events import find_events
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.places import find_places
from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.relations import find_relations
from onrecord.annotate.text import Parse
from onrecord.annotate.times import find_times
from onrecord.model.annotation import Annotations


class RuleExtractor:
    """Finds annotations by lexicon, patterns and the dependency parse."""

    name = "rules-1"

    def annotate(self, parse: Parse) -> Annotations:
        """Return everything the rules find in `parse`; the same input gives the same output."""
        mentions = find_mentions(parse)
        times = find_times(parse)
        places = find_places(parse, mentions)
        attributions = find_attributions(parse, mentions)
        return Annotations(
            sentences=tuple(s.sentence for s in parse.sentences),
            mentions=mentions,
            attributions=attributions,
            events=find_events(parse, mentions, times, places, attributions),
            relations=find_relations(parse, mentions, times),
            quantities=find_quantities(parse, mentions, times, places),
            times=times,
            places=places,
        )
