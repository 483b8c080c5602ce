"""Link reporting verbs to quotations and clauses that stand right beside them.

Punctuation decides, not the parse: "…," he said; he said: "…"; "…," he said,
"…"; "…, the ministry said on Tuesday". The small parser is often wrong there
and the printer's conventions are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.cues import VerbCue
from onrecord.annotate.quotes import Quotation
from onrecord.annotate.reported_clauses import Link, beside, stretch_of
from onrecord.annotate.reporting import reporting_words
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD_IN = re.compile(r"\s*(?:[:,]|\bthat\b|,? that\b|:? as saying:?|,? in part:?)?\s*", re.I)
_LONGEST_LEAD_IN = 160
_LONGEST_TITLE = 4
# More than any white space between a quotation and its cue.
_WINDOW = 16
_FINISHED = ",?!—–-…"


def quote_link(
    cue: VerbCue, text: str, paragraph: Span, quotations: Sequence[Quotation]
) -> Link | None:
    """Return the link of a speech verb to the quotation before or after it, or None.

    Args:
        cue: A verb that may introduce or follow a quotation.
        text: The document's text.
        paragraph: The paragraph of the cue.
        quotations: Quotations at the cue's own level in this paragraph.
    """
    if cue.lemma not in reporting_words().speech:
        return None
    # “…,” adding that …: a participle says what follows it, never what stands before.
    participle = cue.verb.tag_ in {"VBG", "VB"}
    before = None if participle else _quotation_before(cue, text, paragraph, quotations)
    after = _quotation_after(cue, text, quotations)
    if before is not None and cue.source is None and after is None:
        return None
    if before is None and after is None:
        return None
    content: list[Span] = []
    if before is not None:
        content.append(_with_lead(before, cue, text))
    if after is not None:
        content.append(after.span)
    return Link(cue.source, cue.span, tuple(content), "quote")


def _quotation_before(
    cue: VerbCue, text: str, paragraph: Span, quotations: Sequence[Quotation]
) -> Quotation | None:
    at = cue.clause.start
    begin = max(paragraph.start, at - _WINDOW)
    end = begin + len(text[begin:at].rstrip())
    for quotation in quotations:
        touches = quotation.span.end == end or (
            quotation.span.end == end - 1 and text[end - 1] in ",—–-"
        )
        if not touches or not quotation.closed:
            continue
        if cue.verb.dep_ == "relcl" or _is_title(quotation, cue, text):
            return None
        if quotation.span.end == end:
            last = text[quotation.words.start : quotation.words.end].rstrip()[-1:]
            sentence = cue.sentence.sentence.span
            follows = text[cue.clause.end : sentence.end].strip(" .")
            # "…." He said he would go: a finished quotation belongs to the verb only
            # when the verb has nothing else to say.
            if last in _FINISHED or not follows or follows[0] in ",:;—":
                return quotation
            return None
        return quotation
    return None


def _is_title(quotation: Quotation, cue: VerbCue, text: str) -> bool:
    """Return whether a short quotation ends an adverbial: On “Morning Talk,” he said that …"""
    sentence = cue.sentence.sentence.span
    if quotation.span.start <= sentence.start:
        return False
    if len(text[quotation.words.start : quotation.words.end].split()) > _LONGEST_TITLE:
        return False
    if any(c.dep_ in {"ccomp", "xcomp"} and c.i > cue.verb.i for c in cue.verb.children):
        return True
    return not any(
        t.pos_ in {"VERB", "AUX"} and cue.sentence.span_of(t).end <= quotation.span.end
        for t in cue.sentence.tokens
    )


def _with_lead(quotation: Quotation, cue: VerbCue, text: str) -> Span:
    """Return the quotation together with words of its sentence that run into it."""
    sentence = cue.sentence.sentence.span
    if not sentence.start < quotation.span.start < sentence.end:
        return quotation.span
    lead = text[sentence.start : quotation.span.start].rstrip()
    if not lead.strip() or lead[-1] in ",:;.—" or lead[-1] in "”\"'":
        return quotation.span
    return Span(sentence.start, quotation.span.end)


def _quotation_after(cue: VerbCue, text: str, quotations: Sequence[Quotation]) -> Quotation | None:
    for quotation in quotations:
        if quotation.span.start < cue.span.end:
            continue
        if quotation.span.start - cue.span.end > _LONGEST_LEAD_IN:
            return None
        if quotation.span.start < cue.clause.end:
            return (
                quotation if _LEAD_IN.fullmatch(text[cue.span.end : quotation.span.start]) else None
            )
        gap = text[cue.clause.end : quotation.span.start]
        if _LEAD_IN.fullmatch(gap) and "\n" not in gap:
            return quotation
        told = text[cue.span.end : quotation.span.start].rstrip()
        inside = quotation.span.start < cue.sentence.sentence.span.end
        if told.endswith(":") and inside and not _has_other_verb(cue, quotation):
            return quotation
        return None
    return None


def _has_other_verb(cue: VerbCue, quotation: Quotation) -> bool:
    words = reporting_words().speech
    return any(
        token.i > cue.verb.i
        and token.pos_ == "VERB"
        and str(token.lemma_).lower() in words
        and cue.sentence.span_of(token).end <= quotation.span.start
        for token in cue.sentence.tokens
    )


def trailing_link(cue: VerbCue, floor: int) -> Link | None:
    """Return the link of "…, the ministry said on Tuesday" and "…, he said, …", or None.

    Args:
        cue: A speech verb without content to its right.
        floor: Where the content may start at the earliest.
    """
    words = reporting_words()
    if cue.lemma not in words.speech & words.clause or cue.source is None:
        return None
    sentence = cue.sentence
    before, after = beside(cue.clause, sentence, floor)
    inserted = _inserted(before, after, cue)
    if inserted is not None:
        return inserted
    if len(before) < 3 or before[-1].text not in {",", "—", "–", "--", "?", "!", "-"}:
        return None
    if after and not (after[0].is_punct or after[0].lower_ in {"and", "but", "as", "while"}):
        return None
    if not _is_statement(before, cue) and not _says_nothing_else(before, after):
        return None
    content = [stretch_of(before, sentence)]
    if after and after[0].text in {",", "—", "–"} and _goes_on(after, cue):
        content.append(stretch_of(after, sentence))
    spans = tuple(span for span in content if span is not None)
    return Link(cue.source, cue.span, spans, "trailing") if spans else None


def _inserted(before: list[Token], after: list[Token], cue: VerbCue) -> Link | None:
    """Read "The plan, she told them, was simple" and "which officials said will start"."""
    if not before or not after:
        return None
    verbs = [t for t in after if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
    if not verbs:
        return None
    following = next((t for t in after if not t.is_punct), None)
    if before[-1].lower_ in {"which", "who", "that"} and following in verbs:
        pronoun, rest = [before[-1]], after
    elif before[-1].text == "," and after[0].text == ",":
        if following is None or following.tag_ in {"VBG", "VBN", "WDT", "WP"}:
            return None
        if following.tag_ == "CC" and not any(v.head in before for v in verbs):
            return None
        pronoun, rest = before, after
    else:
        return None
    spans = [stretch_of(pronoun, cue.sentence), stretch_of(rest, cue.sentence)]
    return Link(cue.source, cue.span, tuple(s for s in spans if s is not None), "trailing")


def _is_statement(tokens: list[Token], cue: VerbCue) -> bool:
    """Return whether `tokens` hold a main clause that the cue can comment on."""
    if any(t.head == cue.verb and t.dep_ in {"ccomp", "parataxis"} for t in tokens):
        return True
    finite = [t for t in tokens if t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.i < cue.verb.i]
    if cue.verb.dep_ == "parataxis" or (
        cue.verb.dep_ in {"ccomp", "ROOT", "conj", "dep"} and tokens[0].i < cue.verb.i
    ):
        subordinate = [t for t in finite if _is_adverbial(t, cue.verb)]
        return len(finite) > len(subordinate)
    return False


def _says_nothing_else(before: list[Token], after: list[Token]) -> bool:
    """Return whether the sentence ends with the cue, so that only the words before remain."""
    return all(t.is_punct or t.is_space for t in after) and any(
        t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in before
    )


def _is_adverbial(token: Token, verb: Token) -> bool:
    while token.head != token and token.head != verb:
        if token.dep_ in {"advcl", "relcl", "acl"}:
            return True
        token = token.head
    return token.dep_ in {"advcl", "relcl", "acl", "nsubj", "prep"}


def _goes_on(after: list[Token], cue: VerbCue) -> bool:
    """Return whether the words after "…, he said," carry on what is said."""
    following = next((t for t in after if not t.is_punct), None)
    if following is None:
        return False
    if following.tag_ in {"VBG", "VBN"} or following.lower_ in {"who", "which", "as", "while"}:
        return False
    token = following
    while token.head != token:
        if token == cue.verb:
            return False
        if token.head == cue.verb:
            return token.dep_ in {"ccomp", "parataxis"}
        token = token.head
    return token != cue.verb
