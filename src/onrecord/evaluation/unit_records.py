"""Suite `petrarch`: the unit records of a rule coder, a sentence and the codes it must give.

The records were written for dictionaries of their own (invented countries with
three-letter codes, CAMEO event codes), so a party is right when the span names
the code's country, or holds a capitalised word that begins with the code's first
letter and has the others in order ("Gondolin" for GND). Agents behind the first
three letters (GOV, MIL) and anonymous parties ("---") are not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from onrecord.annotate.extractor import Extractor
from onrecord.annotate.knowledge import country_of
from onrecord.annotate.text import parse_document
from onrecord.errors import ReadError
from onrecord.model.annotation import Event
from onrecord.model.span import Span
from onrecord.read.any import document_from_text

# CAMEO's roots in PLOVER's words; longer codes before the shorter ones they refine.
_TYPES = {
    "163": ("COERCE",), "02": ("REQUEST",), "03": ("AGREE",), "04": ("CONSULT",),
    "05": ("SUPPORT",), "06": ("COOPERATE",), "07": ("AID",), "08": ("CONCEDE", "RETREAT"),
    "09": ("ACCUSE",), "10": ("REQUEST",), "11": ("ACCUSE",), "12": ("REJECT",),
    "13": ("THREATEN",), "14": ("PROTEST",), "15": ("MOBILIZE",), "16": ("SANCTION",),
    "17": ("COERCE",), "18": ("ASSAULT",), "19": ("ASSAULT",), "20": ("ASSAULT",),
}  # fmt: skip
_NAME = re.compile(r"[A-Z][\w'’-]+")


@dataclass(frozen=True, slots=True)
class Coded:
    """An event that the coder must give.

    Attributes:
        source: Actor code of who acts, None where anyone will do.
        target: Actor code of the recipient, None likewise.
        code: CAMEO code.
    """

    source: str | None
    target: str | None
    code: str

    @property
    def types(self) -> tuple[str, ...]:
        """PLOVER types that the code may stand for; none for codes without one."""
        return _TYPES.get(self.code[:3]) or _TYPES.get(self.code[:2], ())


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A sentence or two with the events that must come out; none means there is none."""

    id: str
    text: str
    coded: tuple[Coded, ...]


def load(path: Path) -> list[UnitRecord]:
    """Return the records that expect events of a PLOVER type, or that expect none.

    Records that test the coder's own errors and codes without a PLOVER type are left out.

    Raises:
        ReadError: The file is no XML, or holds no sentences.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        tree = etree.parse(str(path), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(str(path), f"not XML ({error})", "Give the file of unit records.") from None
    records = []
    for sentence in tree.iterfind(".//Sentence"):
        codings = sentence.findall("EventCoding")
        if any(coding.get("error") for coding in codings):
            continue
        coded = tuple(
            Coded(_asked(c.get("sourcecode")), _asked(c.get("targetcode")), c.get("eventcode", ""))
            for c in codings
            if c.get("eventcode")
        )
        text = " ".join((sentence.findtext("Text") or "").split())
        if text and all(c.types for c in coded) and (coded or codings):
            records.append(UnitRecord(sentence.get("id", ""), text, coded))
    if not records:
        raise ReadError(str(path), "no unit records found", "Each is a <Sentence> with a <Text>.")
    return records


def _asked(code: str | None) -> str | None:
    country = (code or "")[:3]
    return country if country.isalpha() and country.isupper() else None


@dataclass(frozen=True, slots=True)
class Found:
    """Type and wording of an event; parties are "" where it has none."""

    type: str
    trigger: str
    source: str
    target: str


def predict(records: Iterable[UnitRecord], extractor: Extractor) -> list[list[Found]]:
    """Return what the extractor finds in each record."""
    predicted = []
    for record in records:
        parse = parse_document(document_from_text(record.text))
        events = extractor.annotate(parse).events
        predicted.append([_found(event, parse.document.text) for event in events])
    return predicted


def _found(event: Event, text: str) -> Found:
    def words(span: Span | None) -> str:
        return "" if span is None else span.text_in(text)

    return Found(event.type, words(event.trigger), words(event.source), words(event.target))


def score(
    records: Sequence[UnitRecord], predicted: Sequence[Sequence[Found]]
) -> dict[str, dict[str, float]]:
    """Return shares of records and of single codes that come out right.

    A record is right when each of its codes is; one that expects none, when none comes out.
    `codes.actors` asks for one event with both parties and leaves its type aside: many records
    give a verb an arbitrary code to test the coder's dictionaries.
    """
    pairs = list(zip(records, predicted, strict=True))
    with_codes = [(record.coded, found) for record, found in pairs if record.coded]
    codes = [(coded, found) for wanted, found in with_codes for coded in wanted]
    return {
        "records.type": _share(
            all(_typed(coded, found) for coded in wanted) for wanted, found in with_codes
        ),
        "records.type_and_actors": _share(
            all(_whole(coded, found) for coded in wanted) for wanted, found in with_codes
        ),
        "codes.actors": _share(any(_acted(coded, f) for f in found) for coded, found in codes),
        "codes.type": _share(_typed(coded, found) for coded, found in codes),
        "codes.type_and_actors": _share(_whole(coded, found) for coded, found in codes),
        "records.none_expected": _share(not found for record, found in pairs if not record.coded),
    }


def _share(right: Iterable[bool]) -> dict[str, float]:
    answers = list(right)
    hits = sum(answers)
    return {"accuracy": hits / len(answers) if answers else 0.0, "hits": hits, "of": len(answers)}


def _typed(coded: Coded, found: Sequence[Found]) -> bool:
    return any(f.type in coded.types for f in found)


def _whole(coded: Coded, found: Sequence[Found]) -> bool:
    return any(f.type in coded.types and _acted(coded, f) for f in found)


def _acted(coded: Coded, found: Found) -> bool:
    return names(found.source, coded.source) and names(found.target, coded.target)


def names(words: str, code: str | None) -> bool:
    """Whether `words` name the actor of a three-letter code; None is content with anyone."""
    if code is None:
        return True
    if country_of(words) == code:
        return True
    return any(_spells(name.upper(), code) for name in _NAME.findall(words))


def _spells(name: str, code: str) -> bool:
    at = 0
    for letter in code:
        at = name.find(letter, at) + 1
        if at == 0 or (letter is code[0] and name[0] != letter):
            return False
    return True
