"""A report on the terminal: signs around what is read, chains beneath, colour never the only sign."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from telling import report, source, story, words

from accordingto import passages
from accordingto.mark import SIGNS, STYLES, Mark
from accordingto.records import Claim, Report

ROOT = Path(__file__).resolve().parents[1]
WIRE = ROOT / "examples" / "reports" / "meridian-wire-2024-10-23.txt"
SIGN = re.compile(r"\[\d*\||\|\d*\]|[{}<>*~@]")


def drawn(held: Report, claims: list[Claim], width: int = 80, **terminal: object) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, **terminal)  # type: ignore[arg-type]
    passages.show(held, claims, passages.of_claims(held, claims), console)
    return out.getvalue()


def nested() -> tuple[Report, list[Claim]]:
    """A quotation broken by its attribution, and words inside another's words."""
    text = "“We lost,” the governor said, “sixty houses.” Radio Korran reported that the mayor spoke of a fire."
    held = report(text, "2025-06-15", "Meridian Wire")
    first, last = words(held, "We lost,"), words(held, "sixty houses.")
    broken = Claim(
        words(held, text[first.start : last.end]),
        (source(held, "governor", "the governor", "said"),),
        parts=(first.span, last.span),
    )
    outer = source(held, "Radio Korran", "Radio Korran", "reported")
    inner = source(held, "mayor", "the mayor", "spoke")
    whole = Claim(words(held, "that the mayor spoke of a fire"), (outer,))
    return held, [broken, whole, Claim(words(held, "of a fire"), (outer, inner))]


def test_without_colours_every_mark_stands_between_signs() -> None:
    held, claims = story()[0]
    assert "*At least 12* people were killed" in drawn(held, claims, width=200)
    assert "{the national disaster agency} <said>" in drawn(held, claims, width=200)


def test_each_passage_is_followed_by_its_chains() -> None:
    held, claims = story()[0]
    page = drawn(held, claims, width=90)
    chain = page.index("2 Meridian Wire ← Radio Korran ← Ilse Tarvan (told) · killed 19 · relay-guessed")
    assert page.index("had been") < chain < page.index("The hill sat down")


def test_a_broken_quotation_keeps_one_number() -> None:
    page = drawn(*nested(), width=200)
    assert "“[1|We lost,|1]” {the governor} <said>, “[1|sixty houses.|1]”" in page


def test_words_inside_words_are_bracketed_inside_and_their_chain_is_longer() -> None:
    page = drawn(*nested(), width=200)
    assert "[2|that {the mayor} <spoke> [3|of a fire|3]|2]." in " ".join(page.split())
    assert "3 Meridian Wire ← Radio Korran (reported) ← mayor (spoke)" in page


def test_the_outlets_own_voice_is_called_so() -> None:
    held, claims = story()[1]
    assert "Marenia Today in its own voice · missing 31" in drawn(held, claims)


@pytest.mark.parametrize("width", [12, 24, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal_nor_than_a_page(width: int) -> None:
    page = drawn(*nested(), width=width)
    assert max(map(len, page.splitlines())) <= min(width, passages.WIDEST)
    assert "".join(SIGN.sub("", page).split()).startswith("“Welost,”thegovernorsaid,")


def test_on_a_colour_terminal_contents_keep_their_brackets_and_layers_their_styles() -> None:
    page = drawn(*nested(), width=200, force_terminal=True, color_system="truecolor")
    assert "\x1b[1m[1|" in page
    assert "{" not in page


def test_no_two_layers_share_a_style() -> None:
    plain = [frozenset(part for part in STYLES[layer].split() if part[0] != "#") for layer in SIGNS]
    assert len(set(plain)) == len(plain)


def test_a_long_paragraph_is_cut_so_that_chains_stand_near() -> None:
    held = report("The dam held through the night. " * 100, "2025-06-15", "Meridian Wire")
    assert drawn(held, [Claim(words(held, "The dam held"))]).index("1 Meridian Wire") < 2 * passages.LONG


letters = st.text(alphabet="abc .\n“”é", max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(letters)
    offsets = st.integers(0, len(text))
    spans = st.tuples(offsets, offsets, st.sampled_from(["content", *SIGNS])).filter(lambda one: one[0] < one[1])
    drawn = draw(st.lists(spans, max_size=8))
    bare = [one for one in drawn if text[one[0] : one[1]].strip()]
    return text, [{"layer": layer, "start": a, "end": b, "claim": str(n)} for n, (a, b, layer) in enumerate(bare)]


@given(marked())
def test_without_its_signs_the_page_is_the_text_and_every_sign_has_its_pair(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    held = report(text, None, None)
    numbers = {mark["claim"]: mark["claim"] for mark in marks}
    shown = passages.signed(text, marks, passages.cut(held), numbers, plain=True)
    page = "".join(part.plain for part in shown)
    assert "".join(SIGN.sub("", page).split()) == "".join(text.split())
    assert all(page.count(f"[{n}|") == page.count(f"|{n}]") for n in numbers)
    assert all(page.count(opening) == page.count(closing) for opening, closing in SIGNS.values())


def on_a_terminal(*command: str, **place: str) -> str:
    """What the command writes to a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    env |= {"COLUMNS": "80", "TERM": "xterm-256color", **place}
    program = str(Path(sys.executable).parent / "accordingto")
    with subprocess.Popen([program, *command], stdout=theirs, stderr=subprocess.DEVNULL, env=env):
        os.close(theirs)
        page = b""
        while chunk := _read(ours):
            page += chunk
    os.close(ours)
    return page.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_a_terminal_is_shown_colours_and_chains() -> None:
    page = on_a_terminal("mark", str(WIRE))
    assert "\x1b[1;4;38;5;" in page
    assert "← " in page
    assert "{" not in page


def test_a_terminal_that_wants_no_colour_is_shown_signs() -> None:
    page = on_a_terminal("mark", str(WIRE), NO_COLOR="1")
    assert "38;5;" not in page
    assert "*3,000 soldiers*" in re.sub(r"\x1b\[[\d;]*m", "", page)


def test_a_terminal_can_be_given_json() -> None:
    assert on_a_terminal("mark", "--json", str(WIRE)).startswith('{"report":')


def test_a_pipe_can_be_given_text() -> None:
    program = str(Path(sys.executable).parent / "accordingto")
    done = subprocess.run([program, "mark", "--text", str(WIRE)], capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout
    assert "*3,000 soldiers*" in done.stdout
    assert "National Intelligence Service (said)" in done.stdout
