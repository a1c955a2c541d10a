#!/usr/bin/env python3
"""Run the sessions shown in README.md and docs/*.md and compare, or with --write renew, their output.

A session is a fenced block that begins with ```console; lines that start with `$ ` are commands, run in
order by bash in one folder that holds a copy of examples/; what follows up to the next command is the
output. A block may begin with a comment `# long` line: its output is shown up to a line that reads `…`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def steps(block: str) -> Iterator[tuple[str, list[str]]]:
    """Commands of a session with the output lines shown."""
    command, shown = None, []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command is not None:
        yield command, shown


def run(command: str, folder: Path) -> list[str]:
    """Output of a command as a person at an 80-column terminal without colours would see it."""
    place = {
        **os.environ,
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=place, capture_output=True, text=True, check=False)
    return [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]


def renewed(page: str, folder: Path) -> str:
    """The page with the real output of its sessions; where the page cuts with `…`, the output is cut there too."""

    def session(match: re.Match[str]) -> str:
        lines = []
        for command, shown in steps(match[1]):
            output = run(command, folder)
            if "…" in shown:
                output = [*output[: shown.index("…")], "…"]
            lines += [f"$ {command}", *output]
        return "```console\n" + "\n".join(lines) + "\n```"

    return BLOCK.sub(session, page)


def main(write: bool) -> int:
    stale = []
    for path in pages():
        with tempfile.TemporaryDirectory() as name:
            shutil.copytree(ROOT / "examples", Path(name) / "examples")
            old = path.read_text("utf-8")
            new = renewed(old, Path(name))
        if new != old:
            stale.append(path.relative_to(ROOT).as_posix())
            if write:
                path.write_text(new, "utf-8")
    if stale:
        print(("renewed: " if write else "sessions that no longer come out as shown: ") + ", ".join(stale))
    return bool(stale) and not write


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
