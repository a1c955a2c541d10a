"""The package: what importing it costs, what it offers, what it keeps out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import accordingto

SOURCES = sorted(Path(accordingto.__file__).parent.rglob("*.py"))


def loaded_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_loads_no_model_and_no_heavy_library() -> None:
    assert not loaded_after("import accordingto") & {
        "numpy",
        "onnxruntime",
        "sqlalchemy",
        "trafilatura",
        "rich",
        "accordingto.attribute",
    }


def test_help_loads_no_heavy_library() -> None:
    assert not loaded_after("import accordingto.cli") & {"numpy", "onnxruntime", "sqlalchemy", "trafilatura", "rich"}


def test_every_public_name_is_there() -> None:
    assert all(getattr(accordingto, name) is not None for name in accordingto.__all__)


def test_nothing_is_ever_unpickled_or_fetched() -> None:
    forbidden = (
        "import pickle",
        "import marshal",
        "import shelve",
        "allow_pickle=True",
        "urllib.request",
        "import requests",
        "eval(",
    )
    found = [(path.name, word) for path in SOURCES for word in forbidden if word in path.read_text("utf-8")]
    assert not found


def test_no_code_asks_which_language_it_reads() -> None:
    assert not [path.name for path in SOURCES if "language ==" in path.read_text("utf-8")]


def test_what_the_commands_do_python_does(tmp_path: Path) -> None:
    report = tmp_path / "2024-05-12-velmora.txt"
    report.write_text("Nine people were killed in the flood, the mayor of Velmora said on Sunday.\n", "utf-8")
    ledger = accordingto.read([report], ledger=tmp_path / "l.accordingto")
    (answer,) = ledger.ask("killed")
    assert (answer.low, answer.best, answer.high, answer.rule) == (9, 9, 9, "latest")
    assert ledger.check() == []
