"""One record with its words, on a terminal of 80 columns and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console
from telling import report, story, told, words

from accordingto import show
from accordingto.errors import NotFound
from accordingto.ledger import Ledger
from accordingto.records import Claim


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with told(tmp_path) as opened:
        yield opened


def shown(ledger: Ledger, id: str) -> str:
    out = io.StringIO()
    show.show(ledger, id, Console(file=out, width=80, highlight=False))
    return out.getvalue()


def ids(ledger: Ledger) -> list[str]:
    read = [*(one.id for one in ledger.reports()), *(one.id for one in ledger.claims())]
    return read + [one.id for one in ledger.questions()] + [one.id for one in ledger.discrepancies()]


def test_everything_fits_80_columns(ledger: Ledger) -> None:
    assert max(len(line) for id in ids(ledger) for line in shown(ledger, id).splitlines()) <= 80


def test_a_claim_shows_its_chain_from_the_outlet_to_the_origin(ledger: Ledger) -> None:
    page = shown(ledger, story()[0][1][1].id)
    assert page.index("Meridian Wire\n") < page.index("← Radio Korran") < page.index("← Ilse Tarvan (governor")
    assert "“told”" in page
    assert "[*19 bodies* had been recovered]." in " ".join(page.split())
    assert "relay-guessed" in page


def test_a_hedge_stands_with_its_link(ledger: Ledger) -> None:
    assert "hedged: reportedly" in shown(ledger, story()[1][1][1].id)


def test_a_claim_shows_only_its_own_paragraph(ledger: Ledger) -> None:
    assert "HALVENA" not in shown(ledger, story()[0][1][2].id)


def test_a_figure_is_shown_with_its_claim(ledger: Ledger) -> None:
    claim = story()[0][1][0]
    assert shown(ledger, claim.figures[1].id) == shown(ledger, claim.id)


def test_a_report_answers_to_its_name(ledger: Ledger) -> None:
    page = shown(ledger, "meridian-wire-2025-06-15.txt")
    assert "At least 12 dead in Halvena" in page
    assert "missing 40" in page


def test_a_question_shows_every_figure_oldest_first(ledger: Ledger) -> None:
    question = next(one for one in ledger.questions() if one.kind == "killed")
    page = shown(ledger, question.id)
    history = page[page.index("Every figure given") :]
    assert history.index("12 or more") < history.index("33") < history.index("18 June 2025: 24")


def test_a_discrepancy_shows_the_sentences_that_cause_it(ledger: Ledger) -> None:
    falls = next(one for one in ledger.discrepancies() if one.check == "total-falls")
    assert "Three bodies were counted twice" in shown(ledger, falls.id)


def test_reviews_are_shown_with_who_and_why(ledger: Ledger) -> None:
    claim = story()[0][1][0].id
    ledger.review(claim, "unsure", "R. Osk", note="which agency?")
    assert "unsure by R. Osk" in shown(ledger, claim)
    assert "which agency?" in shown(ledger, claim)


def test_what_is_not_there_is_said(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        shown(ledger, "ffffffffffffffff")


def test_every_record_is_json_too(ledger: Ledger) -> None:
    kinds = [json.loads(json.dumps(show.as_json(ledger, id)))["record"] for id in ids(ledger)]
    assert set(kinds) == {"report", "claim", "question", "discrepancy"}


def test_a_report_without_claims_says_so(tmp_path: Path) -> None:
    with told(tmp_path, [(report("Nothing.", None, None), [])]) as ledger:
        assert "No claims were read" in shown(ledger, next(ledger.reports()).id)


def test_words_of_others_cannot_steer_the_terminal(tmp_path: Path) -> None:
    held = report("It was \x1b[2Jcalm, 12 died.", "2025-06-15", "\x1b]0;x\x07Outlet", "\u202etitle")
    with told(tmp_path, [(held, [Claim(words(held, "12 died"))])]) as ledger:
        pages = "".join(shown(ledger, id) for id in ids(ledger))
    assert not {"\x1b", "\x07", "\u202e"} & set(pages)
