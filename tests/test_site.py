"""The static site: what it says, what it withholds, and that a browser takes it as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telling import hostile, story, told

from accordingto.errors import InputError
from accordingto.ledger import Ledger
from accordingto.publish import site, views

LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with told(tmp_path_factory.mktemp("ledger"), [*story(), hostile()]) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    site.write(ledger, folder)
    return folder


def html(pages: Path) -> list[Path]:
    return sorted(pages.rglob("*.html"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# what is written


def test_every_page_has_a_twin_in_json(pages: Path) -> None:
    kinds = ("questions", "checks", "sources", "reports")
    assert all(list((pages / kind).glob("*.html")) for kind in kinds) and len(html(pages)) > 20
    assert all(json.loads(page.with_suffix(".json").read_text("utf-8")) for page in html(pages))


def test_the_front_page_puts_contradictions_before_questions(pages: Path) -> None:
    page = (pages / "index.html").read_text("utf-8")
    assert page.index("What does not add up") < page.index("<h2>Questions</h2>")
    assert json.loads((pages / "index.json").read_text("utf-8"))["counts"]["reports"] == 4


def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger, pages: Path, tmp_path: Path) -> None:
    site.write(ledger, tmp_path / "again")
    assert files(tmp_path / "again") == files(pages)


def test_every_link_within_the_site_leads_somewhere(pages: Path) -> None:
    ids = {page: set(re.findall(r'id="([^"]+)"', page.read_text("utf-8"))) for page in html(pages)}
    broken = []
    for page in html(pages):
        for link in LINK.findall(page.read_text("utf-8")):
            path, _, anchor = link.partition("#")
            goal = (page.parent / path).resolve() if path else page
            inside = link.startswith("https://") or (goal.is_file() and (not anchor or anchor in ids[goal]))
            broken += [] if inside else [(page.name, link)]
    assert broken == []


def test_pages_hold_no_styles_no_outside_parts_and_no_script_but_the_search(pages: Path) -> None:
    for page in html(pages):
        words = page.read_text("utf-8")
        assert page.name == "search.html" or "<script" not in words
        assert "<style" not in words and " style=" not in words and "<img" not in words
        assert "default-src 'none'" in words
        assert not re.search(r'(src|href)="(javascript|data|file|//)', words)


def test_names_of_people_at_risk_are_in_no_file(pages: Path) -> None:
    assert [name for name, held in files(pages).items() if b"Elling" in held] == []


def test_the_owner_may_ask_for_the_names(ledger: Ledger, tmp_path: Path) -> None:
    site.write(ledger, tmp_path / "open", unmask=True)
    assert any(b"Marta Elling" in held for held in files(tmp_path / "open").values())


def test_characters_that_turn_the_line_are_not_shown(pages: Path) -> None:
    assert not any("\u202e" in page.read_text("utf-8") for page in html(pages))


def test_an_empty_ledger_is_a_site_too(tmp_path: Path) -> None:
    with told(tmp_path, []) as empty:
        site.write(empty, tmp_path / "site")
    assert "No figures have been read yet" in (tmp_path / "site" / "index.html").read_text("utf-8")


# where it is written


def test_a_folder_with_other_files_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match=r"not a site of ours \(thesis.txt\)"):
        site.write(ledger, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        site.write(ledger, tmp_path / "site")


def test_a_site_is_replaced_and_what_others_put_there_stays(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with told(tmp_path) as smaller:
        site.write(ledger, folder)
        before = set(files(folder))
        (folder / "CNAME").write_text("example.org")
        site.write(smaller, folder)
    after = set(files(folder))
    assert "CNAME" in after and after < before | {"CNAME"}
    assert not (folder / site.STAGE).exists()


def test_a_failure_leaves_the_old_site(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(ledger, tmp_path / "site")
    before = files(tmp_path / "site")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("accordingto.publish.table.rows", full)
    with pytest.raises(InputError, match="No space left"):
        site.write(ledger, tmp_path / "site")
    assert files(tmp_path / "site") == before


def test_a_list_of_files_never_reaches_outside_its_folder(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / site.OURS).write_text(json.dumps({"files": ["../precious.txt", "/etc/hostname"]}))
    site.write(ledger, tmp_path / "site")
    assert (tmp_path / "precious.txt").read_text() == "mine"


@pytest.mark.parametrize("id", ["../../etc", "a b", "", "x" * 300, "<i>", "."])
def test_no_id_becomes_an_unsafe_file_name(id: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", views.file(id))


def test_long_lists_go_on_another_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "LONG", 1)
    with told(tmp_path) as ledger:
        site.write(ledger, tmp_path / "site")
    assert (tmp_path / "site" / "reports-3.html").is_file()
    assert 'href="reports-3.html"' in (tmp_path / "site" / "reports.html").read_text("utf-8")
    assert (tmp_path / "site" / "questions-2.html").is_file()


# in a browser


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_no_page_is_wider_than_the_window(browser: Any, pages: Path, width: int) -> None:
    window = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    for page in html(pages):
        window.goto(page.as_uri())
        if window.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(page.name)
    window.close()
    assert wide == []


def test_a_browser_finds_nothing_to_complain_about(browser: Any, pages: Path) -> None:
    window = browser.new_page()
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    window.on("requestfailed", lambda request: said.append(request.url))
    for page in html(pages):
        window.goto(page.as_uri())
    styled = window.evaluate("getComputedStyle(document.querySelector('.masthead')).display")
    window.close()
    assert (said, styled) == ([], "flex")


def test_a_script_in_the_words_of_others_stays_words(browser: Any, pages: Path) -> None:
    window = browser.new_page()
    seen = 0
    for page in html(pages):
        window.goto(page.as_uri())
        assert window.title() != "taken"
        assert window.evaluate("document.querySelectorAll('script:not([src]), img, [onerror]').length") == 0
        seen += window.inner_text("body").count("<script>")
    window.close()
    assert seen > 5


def test_a_figure_leads_to_its_words_in_the_report(browser: Any, pages: Path) -> None:
    window = browser.new_page()
    window.goto((pages / "index.html").as_uri())
    window.click("table.results a >> nth=0")
    window.click("text=read it in the report >> nth=0")
    target = window.url.partition("#")[2]
    following = window.evaluate("id => document.getElementById(id).nextElementSibling.className", target)
    window.close()
    assert "figure" in following
