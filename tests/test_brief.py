"""One page on a question, checked by the words a reader would check."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from telling import ATTACK, figure, hostile, report, source, story, told, words

from accordingto import Claim, InputError, Ledger, NotFound

NUMBER = re.compile(r"\[\^(\d+)\](?!:)")


def witness() -> tuple[object, list[Claim]]:
    """A witness who counts: her name must not leave the ledger."""
    held = report("Two bodies lay there, said Marta Elling, a witness.", "2025-06-19", "Coastal Courier")
    link = source(held, "Marta Elling", "Marta Elling", "said", kind="person", role="a witness")
    return held, [
        Claim(words(held, "Two bodies lay there"), (link,), figures=(figure(held, "Two bodies", 2, 2, "killed"),))
    ]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with told(tmp_path_factory.mktemp("brief"), [*story(), witness(), hostile()]) as opened:  # type: ignore[list-item]
        yield opened


def written(ledger: Ledger, format: str = "md", question: str = "killed", **options: object) -> str:
    (wanted, *_) = ledger.find(question)
    out = io.StringIO()
    ledger.brief(wanted.question.id, out, format, **options)  # type: ignore[arg-type]
    return out.getvalue()


def test_every_sentence_row_and_contradiction_has_a_footnote(ledger: Ledger) -> None:
    page = written(ledger)
    head, _, _ = page.partition("\n[^1]:")
    told_ = [line for line in head.splitlines() if line.endswith((".", "|")) or line.startswith("- ")]
    bare = [line for line in head.splitlines() if line[:1].isalpha() and not NUMBER.search(line)]
    assert not bare
    rows = [line for line in told_ if line.startswith("|") and "---" not in line and "| Origin |" not in line]
    assert rows and all(NUMBER.search(row) for row in rows)


def test_every_footnote_called_is_there_with_its_words_and_archive_hash(ledger: Ledger) -> None:
    page = written(ledger)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", page, re.MULTILINE))
    assert set(NUMBER.findall(page)) == set(notes)
    hashes = {held.sha256 for held in ledger.reports()}
    for note in notes.values():
        assert set(re.findall(r"`([0-9a-f]{64})`", note)) <= hashes and "sha256" in note


def test_a_witness_is_not_named_unless_the_owner_asks(ledger: Ledger) -> None:
    asked = [found.question.id for found in ledger.find()]
    for format in ("md", "html"):
        assert not any("Elling" in written(ledger, format, one) for one in asked)
        assert any("Elling" in written(ledger, format, one, unmask=True) for one in asked)


def test_what_others_wrote_cannot_write_into_the_page(ledger: Ledger) -> None:
    pages = [written(ledger, "html", found.question.id) for found in ledger.find()]
    assert any("onerror" in page for page in pages)
    for page in pages:
        assert "<script" not in page
        assert ATTACK not in page
        assert "javascript:" not in page


def test_the_html_page_needs_nothing_beside_it(ledger: Ledger) -> None:
    page = written(ledger, "html")
    assert '<svg class="chart"' in page
    assert not re.search(r"<link|<img|<script|@import", page)
    called = set(re.findall(r'href="#(note-\d+)"', page))
    assert called and called <= set(re.findall(r'id="(note-\d+)"', page))


def test_nothing_said_by_a_day_is_said_so(ledger: Ledger) -> None:
    assert "Nothing was said." in written(ledger, as_of="2020-01-01")


def test_words_that_several_questions_fit_are_refused_with_their_ids(ledger: Ledger) -> None:
    found = ledger.find()
    with pytest.raises(InputError, match=found[0].question.id[:8]):
        ledger.brief("", io.StringIO())
    with pytest.raises(NotFound):
        ledger.brief("zeppelins", io.StringIO())


def test_a_format_that_is_none_is_refused_with_those_there_are(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="md, html"):
        written(ledger, "docx")
