"""Statements of fictional reports, written as tests think of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from onrecord.model.claim import LinkView, PartyView, PlaceView, ReportView, StatementView

FRONT = PartyView("ac_front", "Harbour Front", "the Front", "armed_group")
ARMY = PartyView("ac_army", "Lethanian Army", "the army", "organisation", "LTH", "MIL")
LETHANIA = PartyView("ac_lethania", "Lethania", "Lethania", "country", "LTH", "GOV")
PORT = PlaceView("pl_port", "Port Selva", "town", "LTH", "West Littoral")
MINISTER = LinkView("Nadia Verhoen", "speaker", True, "ac_verhoen")
OFFICIAL = LinkView("a security official", "speaker", False)


def day(number: int, hour: int = 12) -> datetime:
    """Return an hour of a day in March 2025."""
    return datetime(2025, 3, number, hour, tzinfo=UTC)


def report(
    name: str, publisher: str = "", published: datetime | None = None, **more: Any
) -> ReportView:
    """Return a report of the bombing of Port Selva unless told otherwise."""
    values: dict[str, Any] = {
        "document_id": f"doc_{name}",
        "publisher": publisher or name.title(),
        "published": published or day(5),
        "copies": f"doc_{name}",
        "title": "Blast at Port Selva ferry terminal",
        "lead": "A bomb exploded at the ferry terminal of Port Selva on Tuesday.",
        "anchors": frozenset({"pl_port", "ac_front"}),
    }
    return ReportView(**{**values, **more})


def statement(name: str, of: ReportView, *speakers: LinkView, **more: Any) -> StatementView:
    """Return an attack by the Front on the army in `of`, unless told otherwise."""
    outlet = LinkView(of.publisher, "outlet", True)
    values: dict[str, Any] = {
        "statement_id": f"st_{name}",
        "report": of,
        "kind": "event",
        "type": "ASSAULT",
        "trigger": "attacked",
        "sentence": "The Harbour Front attacked the army at Port Selva.",
        "at": 18,
        "subject": FRONT,
        "object": ARMY,
        "chain": (outlet, *speakers),
    }
    return StatementView(**{**values, **more})


def toll(
    name: str, of: ReportView, value: float, *speakers: LinkView, **more: Any
) -> StatementView:
    """Return a number of dead in `of`."""
    values: dict[str, Any] = {
        "kind": "quantity", "type": "casualties", "trigger": f"{value:.0f} people",
        "sentence": f"The blast killed {value:.0f} people.", "at": 17, "subject": None,
        "object": None, "counted": "people", "low": value, "high": value, "unit": "count",
        "bound": "exact",
    }  # fmt: skip
    return statement(name, of, *speakers, **{**values, **more})


def on(number: int) -> dict[str, Any]:
    """Return the fields of a statement that gives a day of March 2025."""
    return {
        "date_from": day(number, 0), "date_to": day(number, 0) + timedelta(days=1),
        "precision": "day",
    }  # fmt: skip
