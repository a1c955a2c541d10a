"""The documentation: every command has its page, every session shown comes out as shown, every link leads somewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import pytest

from accordingto.cli import main

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import docs  # noqa: E402


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_command_has_a_page_that_names_its_options(verb: str) -> None:
    page, command = (ROOT / "docs" / f"{verb}.md").read_text("utf-8"), main.commands[verb]
    parts = command.commands if isinstance(command, click.Group) else {}
    for name in parts:
        assert re.search(rf"[` ]{name}[` ]", page), f"docs/{verb}.md does not tell of {name}"
    parameters = [parameter for one in (command, *parts.values()) for parameter in one.params]
    for option in (name for parameter in parameters for name in parameter.opts if name.startswith("--")):
        assert option in page, f"docs/{verb}.md does not tell of {option}"


WITH_SESSIONS = [path for path in docs.pages() if docs.BLOCK.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", WITH_SESSIONS, ids=lambda path: path.name)
def test_every_session_comes_out_as_shown(path: Path, tmp_path: Path) -> None:
    page = path.read_text("utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert docs.renewed(page, tmp_path) == page


@pytest.mark.parametrize("path", [*docs.pages(), ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), f"{path.name} links to {target}"
