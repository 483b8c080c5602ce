"""Whom a collective stands for is told wherever actors are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import onrecord
from onrecord.show.cli.main import cli
from onrecord.show.web.app import create_app

TEXT = "Kenya met Uganda in May. The two countries signed a pact. Both countries praised the deal."


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collective")
    report = folder / "pact.txt"
    report.write_text(TEXT, "utf-8")
    with onrecord.open(folder / "news.db") as record:
        record.read(str(report), publisher="Selva Courier", extractor="rules", progress=False)
    return folder / "news.db"


def test_rows_name_the_members_of_a_collective(path: Path) -> None:
    with onrecord.open(path) as record:
        rows = {row.name: row for row in record.actors(named=None)}
    both = rows["The two countries"]
    assert both.members == ("Kenya", "Uganda")
    assert both.member_ids == (rows["Kenya"].actor_id, rows["Uganda"].actor_id)
    assert rows["Kenya"].members == ()


def test_show_and_the_list_print_them(path: Path) -> None:
    with onrecord.open(path) as record:
        actor_id = next(r.actor_id for r in record.actors(named=None) if r.members)
    shown = CliRunner().invoke(cli, ["show", actor_id, "--record", str(path)])
    assert "members" in shown.output
    assert "Kenya" in shown.output
    listed = CliRunner().invoke(cli, ["actors", "--unnamed", "--json", "--record", str(path)])
    assert ["Kenya", "Uganda"] in [row["members"] for row in json.loads(listed.stdout)]


@pytest.mark.parametrize("name", ["jsonl", "rdf"])
def test_exports_keep_them(path: Path, tmp_path: Path, name: str) -> None:
    with onrecord.open(path) as record:
        kenya = next(r.actor_id for r in record.actors() if r.name == "Kenya")
        table = "actors" if name == "jsonl" else ""
        record.export(name, tmp_path / "out", table=table)
    written = (tmp_path / "out").read_text("utf-8")
    assert any(kenya in line and "member" in line for line in written.splitlines())


def test_the_page_of_a_collective_leads_to_its_members(path: Path) -> None:
    with onrecord.open(path) as record:
        both = next(r for r in record.actors(named=None) if r.members)
    page = TestClient(create_app(str(path), reviewer="Tester"), base_url="http://127.0.0.1:8520")
    found = page.get(f"/actor/{both.actor_id}").text
    assert all(f'href="/actor/{member}"' in found for member in both.member_ids)
