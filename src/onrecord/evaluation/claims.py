"""Score claims over sets of reports with gold claims: pairing, status, independent sources.

A set is a folder with `reports.jsonl` and `gold.json`; `stories/README.md`
says what is in them. Statements stand for gold members whose words they
overlap. Pairs of members that share a claim are scored twice: over all gold
members, and over those that a statement was found for, which tells errors of
pairing from statements that were never read.

    python -m onrecord.evaluation.claims evaluation/stories
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import select

from onrecord.annotate.extractor import Extractor
from onrecord.errors import ReadError
from onrecord.evaluation.matching import Tally
from onrecord.model.claim import StatementView
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.pipeline import read_into
from onrecord.read.any import document_from_text
from onrecord.record import schema as s
from onrecord.record.comparable import load_reports, load_statements
from onrecord.record.store import Store

Member = tuple[str, int]
"""Gold claim and position among its members."""


@dataclass(frozen=True, slots=True)
class GoldMember:
    """A statement that a reader finds: report by index, span in the document's text."""

    report: int
    span: Span
    stance: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that a reader draws from a set; fields as in `stories/README.md`."""

    id: str
    kind: str
    status: str
    sources: int
    against: int
    members: tuple[GoldMember, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one set.

    Attributes:
        pairs: Pairs of members, over all gold members.
        pairs_found: Pairs among the members that a statement was found for.
        members: Gold members, and for how many a statement was found.
        claims: Gold claims; `claims_found` of them have a member that was found.
        status: Claims with the right status.
        exact: Claims with the right number of sources; `close` within one.
        stances: Members found whose stance is right (sides of figures exchangeable).
        rows: A line for each gold claim, for reading.
    """

    pairs: Tally
    pairs_found: Tally
    members: int
    members_found: int
    claims: int
    claims_found: int
    status: int
    exact: int
    close: int
    stances: int
    rows: tuple[str, ...]


def score(path: str | Path, extractor: Extractor | None = None) -> dict[str, Any]:
    """Score the claims made of story sets.

    Args:
        path: A set, or a folder of sets.
        extractor: Finds the annotations; the rules by default.

    Returns:
        Figures by name: `pairing` and `pairing_found` (precision, recall, f1 and counts),
        `status`, `sources_exact`, `sources_within_one` (shares of all gold claims),
        the same with `_found` over claims of which a member was found, and `sets`.

    Raises:
        ReadError: There is no set, or a member is not in its report.
    """
    if extractor is None:
        from onrecord.annotate.rules import RuleExtractor

        extractor = RuleExtractor()
    outcomes = {folder.name: score_set(folder, extractor) for folder in _sets(Path(path))}
    total = list(outcomes.values())
    return {
        **_figures(total),
        "sets": {name: _figures([outcome]) for name, outcome in outcomes.items()},
        "rows": [row for outcome in total for row in outcome.rows],
    }


def score_set(folder: Path, extractor: Extractor) -> Outcome:
    """Score one set of reports.

    Args:
        folder: Holds `reports.jsonl` and `gold.json`.
        extractor: Finds the annotations.
    """
    documents = list(_reports(folder / "reports.jsonl"))
    gold = _gold(folder / "gold.json", documents)
    with Store.open(":memory:") as store:
        read_into(store, documents, extractor)
        return _compare(store, documents, gold, folder.name)


def paired_statements(
    path: str | Path, extractor: Extractor
) -> Iterator[tuple[str, list[tuple[StatementView, frozenset[str]]]]]:
    """Yield for each set its statements that stand for gold members, with their gold claims.

    Args:
        path: A set, or a folder of sets.
        extractor: Finds the annotations.
    """
    for folder in _sets(Path(path)):
        documents = list(_reports(folder / "reports.jsonl"))
        of: dict[str, set[str]] = defaultdict(set)
        with Store.open(":memory:") as store:
            read_into(store, documents, extractor)
            with store.reading() as connection:
                reports = load_reports(connection, [d.document_id for d in documents])
                views = load_statements(connection, reports)
                rows = connection.execute(select(s.statements)).all()
        for claim in _gold(folder / "gold.json", documents):
            for member in claim.members:
                for row in rows:
                    if (row.document_id, row.kind) == (
                        documents[member.report].document_id,
                        claim.kind,
                    ) and Span(row.trigger_start, row.trigger_end).overlaps(member.span):
                        of[row.statement_id].add(claim.id)  # fmt: skip
        yield (
            folder.name,
            [(v, frozenset(of[v.statement_id])) for v in views if v.statement_id in of],
        )


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    def share(count: int, of: int) -> float:
        return round(count / of, 4) if of else 0.0

    def total(name: str) -> int:
        return sum(getattr(outcome, name) for outcome in outcomes)

    return {
        "pairing": sum((outcome.pairs for outcome in outcomes), Tally()).row(),
        "pairing_found": sum((outcome.pairs_found for outcome in outcomes), Tally()).row(),
        "members_found": share(total("members_found"), total("members")),
        "stances_found": share(total("stances"), total("members_found")),
        "claims": total("claims"),
        "status": share(total("status"), total("claims")),
        "status_found": share(total("status"), total("claims_found")),
        "sources_exact": share(total("exact"), total("claims")),
        "sources_exact_found": share(total("exact"), total("claims_found")),
        "sources_within_one": share(total("close"), total("claims")),
    }


def _compare(
    store: Store, documents: Sequence[Document], gold: Sequence[GoldClaim], name: str
) -> Outcome:
    members: dict[Member, GoldMember] = {
        (claim.id, number): member for claim in gold for number, member in enumerate(claim.members)
    }
    kinds = {claim.id: claim.kind for claim in gold}
    claims_of, stances, claims = _found(store, documents, members, kinds)
    found = {member for member, ids in claims_of.items() if ids}
    pairs = [
        (a, b, a[0] == b[0], bool(claims_of[a] & claims_of[b]))
        for a, b in combinations(sorted(members), 2)
    ]
    seen = [pair for pair in pairs if pair[0] in found and pair[1] in found]
    best = {claim.id: _best(claim, claims_of, claims) for claim in gold}
    judged = [(claim, claims[best[claim.id]]) for claim in gold if best[claim.id] is not None]  # type: ignore[index]
    right_status = [claim.id for claim, row in judged if claim.status == row["status"]]
    offs = {claim.id: _off(claim, row) for claim, row in judged}
    return Outcome(
        pairs=_tally(pairs),
        pairs_found=_tally(seen),
        members=len(members),
        members_found=len(found),
        claims=len(gold),
        claims_found=len(judged),
        status=len(right_status),
        exact=sum(off == 0 for off in offs.values()),
        close=sum(off <= 1 for off in offs.values()),
        stances=sum(_right_stance(members[m], stances[m], kinds[m[0]]) for m in found),
        rows=tuple(_row(name, claim, best[claim.id], claims, claims_of, stances) for claim in gold),
    )


def _found(
    store: Store,
    documents: Sequence[Document],
    members: Mapping[Member, GoldMember],
    kinds: Mapping[str, str],
) -> tuple[dict[Member, set[str]], dict[Member, set[str]], dict[str, dict[str, Any]]]:
    """Return claims and stances of the statements that stand for each member, and all claims."""
    with store.reading() as connection:
        rows = connection.execute(
            select(
                s.statements.c.document_id, s.statements.c.kind, s.statements.c.trigger_start,
                s.statements.c.trigger_end, s.claim_statements.c.claim_id,
                s.claim_statements.c.stance,
            ).join(
                s.claim_statements,
                s.claim_statements.c.statement_id == s.statements.c.statement_id,
            )
        ).all()  # fmt: skip
        against = defaultdict(set)
        for row in connection.execute(select(s.claim_statements)):
            if row.stance != "supports":
                against[row.claim_id].add(row.origin)
        claims = {
            row.claim_id: {
                "status": row.status, "n_sources": row.n_sources, "reason": row.reason,
                "against": len(against[row.claim_id]), "n_statements": row.n_statements,
            }
            for row in connection.execute(select(s.claims))
        }  # fmt: skip
    claims_of: dict[Member, set[str]] = {member: set() for member in members}
    stances: dict[Member, set[str]] = {member: set() for member in members}
    for member, expected in members.items():
        document_id = documents[expected.report].document_id
        for row in rows:
            if row.document_id != document_id or row.kind != kinds[member[0]]:
                continue
            if Span(row.trigger_start, row.trigger_end).overlaps(expected.span):
                claims_of[member].add(row.claim_id)
                stances[member].add(row.stance)
    return claims_of, stances, claims


def _tally(pairs: Sequence[tuple[Member, Member, bool, bool]]) -> Tally:
    return Tally(
        hits=sum(gold and made for _, _, gold, made in pairs),
        expected=sum(gold for _, _, gold, _ in pairs),
        found=sum(made for _, _, _, made in pairs),
    )


def _best(
    claim: GoldClaim, claims_of: Mapping[Member, set[str]], claims: Mapping[str, Any]
) -> str | None:
    """Return the claim that holds most members of a gold claim, None when none does."""
    held: dict[str, int] = defaultdict(int)
    for number in range(len(claim.members)):
        for claim_id in claims_of[claim.id, number]:
            held[claim_id] += 1
    return min(
        held, key=lambda name: (-held[name], claims[name]["n_statements"], name), default=None
    )


def _off(claim: GoldClaim, row: Mapping[str, Any]) -> int:
    """Return by how many the number of sources is wrong; sides of a dispute may be swapped."""
    straight: int = abs(row["n_sources"] - claim.sources)
    if not (claim.against and row["against"]):
        return straight
    turned: int = max(abs(row["n_sources"] - claim.against), abs(row["against"] - claim.sources))
    return min(straight, turned)


def _right_stance(member: GoldMember, stances: set[str], kind: str) -> bool:
    if member.stance in stances:
        return True
    return kind == "quantity" and {member.stance, *stances} <= {"supports", "differs"}


def _row(
    name: str,
    claim: GoldClaim,
    best: str | None,
    claims: Mapping[str, Any],
    claims_of: Mapping[Member, set[str]],
    stances: Mapping[Member, set[str]],
) -> str:
    row = claims[best] if best is not None else {}
    found = [
        f"{number}:{'+' if best in claims_of[claim.id, number] else '-'}"
        f"{'/'.join(sorted(stances[claim.id, number])) or 'unread'}"
        for number in range(len(claim.members))
    ]
    return (
        f"{name}/{claim.id}: {claim.status} by {claim.sources} against {claim.against}; made"
        f" {row.get('status', 'nothing')} by {row.get('n_sources', 0)} against"
        f" {row.get('against', 0)} [{' '.join(found)}] {row.get('reason', '')}"
    )


def _sets(path: Path) -> list[Path]:
    if (path / "gold.json").is_file():
        return [path]
    found = sorted(folder for folder in path.iterdir() if (folder / "gold.json").is_file()) if (
        path.is_dir()
    ) else []  # fmt: skip
    if not found:
        raise ReadError(str(path), "no story set (reports.jsonl and gold.json)", "Name a set.")
    return found


def _reports(path: Path) -> Iterator[Document]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.strip():
            row = json.loads(line)
            yield document_from_text(
                row["text"],
                uri=row.get("url") or f"{path}#{number}",
                title=row.get("title", ""),
                publisher=row.get("publisher", ""),
                published=datetime.fromisoformat(row["published"].replace("Z", "+00:00")),
            )


def _gold(path: Path, documents: Sequence[Document]) -> list[GoldClaim]:
    rows = json.loads(path.read_text(encoding="utf-8"))["claims"]
    return [
        GoldClaim(
            id=row["id"],
            kind=row["kind"],
            status=row["status"],
            sources=row["sources"],
            against=row["against"],
            members=tuple(_member(member, documents, path) for member in row["members"]),
        )
        for row in rows
    ]


def _member(row: Mapping[str, Any], documents: Sequence[Document], path: Path) -> GoldMember:
    document = documents[row["report"]]
    # Canonical text may begin with the title, whose words do not count.
    start = document.text.find("\n") if document.title and document.text.startswith(
        document.title
    ) else -1  # fmt: skip
    for _ in range(row["occurrence"]):
        start = document.text.find(row["text"], start + 1)
        if start < 0:
            raise ReadError(str(path), f"report {row['report']} lacks {row['text']!r}", "")
    return GoldMember(row["report"], Span(start, start + len(row["text"])), row["stance"])


def main(arguments: Sequence[str]) -> int:
    """Print the figures of the sets named."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m onrecord.evaluation.claims PATH\n")
        return 2
    result = score(arguments[0])
    rows = result.pop("rows")
    sys.stdout.write("\n".join(rows) + "\n" + json.dumps(result, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
