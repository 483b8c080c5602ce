"""Find the quotation around a mention and who speaks there."""

from __future__ import annotations

from collections.abc import Container

from onrecord.model.annotation import Annotations, Attribution, Mention


class Quotations:
    """The attributions of a document, asked by mention.

    Args:
        annotations: The annotations of the document.
    """

    def __init__(self, annotations: Annotations) -> None:
        self._mentions = annotations.mentions
        self._attributions = annotations.attributions

    def around(self, mention: Mention) -> Attribution | None:
        """Return the innermost attribution whose content holds a mention."""
        inside = [a for a in self._attributions if any(c.contains(mention.span) for c in a.content)]
        return min(inside, key=lambda a: len(a.content_span), default=None)

    def holds(self, mention: Mention) -> bool:
        """Return whether a mention stands in somebody's very words."""
        return any(
            a.kind == "direct" and any(c.contains(mention.span) for c in a.content)
            for a in self._attributions
        )

    def parts(self, mention: Mention, other: Mention) -> bool:
        """Return whether one mention is quoted and another is not in the same words."""
        quoted = [
            content
            for a in self._attributions if a.kind == "direct"
            for content in a.content if content.contains(mention.span)
        ]  # fmt: skip
        return bool(quoted) and not any(content.contains(other.span) for content in quoted)

    def speaker(self, mention: Mention, among: Container[int]) -> int | None:
        """Return the mention of who says the words that hold another, None if nobody known.

        Args:
            mention: A mention, quoted or reported.
            among: Indices of the mentions that may be the speaker.
        """
        attribution = self.around(mention)
        if attribution is None or attribution.source is None:
            return None
        source = attribution.source
        fitting = [
            i for i, m in enumerate(self._mentions)
            if i in among
            and (m.span == source or source.contains(m.head) or m.span.contains(source))
        ]  # fmt: skip
        # "The leader of the group": the phrase that starts first is the speaker.
        return min(
            fitting,
            key=lambda i: (self._mentions[i].span.start, -len(self._mentions[i].span)),
            default=None,
        )
