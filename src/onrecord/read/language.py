"""Tell whether a text is English, the one language whose reports are read."""

from __future__ import annotations

import math
import re

# Fewer letters than this say too little; a short note is taken for English.
_LEAST_LETTERS = 80
_SAMPLE = 2_000
# Nats for each letter by which another language must be likelier: 1 to 2 in its own texts,
# below a tenth in an English list of headings.
_LEAST_LEAD = 0.3
# Names in other languages mislead the identifier; the little words of English do not.
_WORDS = frozenset((
    "the", "of", "and", "to", "in", "that", "for", "on", "was", "with", "as", "by", "at",
    "from", "it", "its", "has", "had", "have", "are", "were", "is", "be", "he", "she",
    "they", "his", "her", "their", "said", "who", "which", "this", "an", "not", "but",
    "after",
))  # fmt: skip
_LEAST_ENGLISH_SHARE = 0.15
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`.

    Args:
        text: The story; three samples of 2,000 code points are looked at.

    Returns:
        The code; "en" for texts too short to tell, unless written in another script.
    """
    sample = _samples(text)
    letters = len(_LETTER.findall(sample))
    if letters == 0 or (letters < _LEAST_LETTERS and _is_latin(sample, letters)):
        return "en"
    if _english_share(sample) >= _LEAST_ENGLISH_SHARE:
        return "en"
    from py3langid import rank

    # Scores are log probabilities; only their difference means anything.
    scores = {str(code): float(score) for code, score in rank(sample)}
    best = max(scores, key=lambda code: scores[code])
    ahead = (scores[best] - scores.get("en", -math.inf)) / letters
    return best if ahead >= _LEAST_LEAD or not _is_latin(sample, letters) else "en"


def language_name(code: str) -> str:
    """Return the English name of an ISO 639-1 code, e.g. "French" for "fr"."""
    from babel import Locale

    name = Locale("en").languages.get(code)
    return str(name) if name else f"language {code!r}"


def _samples(text: str) -> str:
    """Return the start, the middle and the end of `text`, so that one quotation does not decide."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _english_share(sample: str) -> float:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return sum(word in _WORDS for word in words) / max(len(words), 1)


def _is_latin(sample: str, letters: int) -> bool:
    return len(_LATIN.findall(sample)) > letters / 2
