"""The review in a real browser: by keyboard alone, loaded again in the middle, by two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from serving import PASSWORD, app, served, team
from telling import story, told
from test_review_queue import again

from accordingto.ledger import Ledger

REVIEW = (
    *("/review", "/review/next", "/review/next?sample=pilot&work=code", "/review/done", "/review/lost"),
    *("/review/log", "/names", "/add"),
)
"""The pages of the review and of those who run it."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with told(tmp_path, story()) as ledger:
        ledger.reconcile()
        return ledger.path


@contextmanager
def window(browser: Any, width: int = 1000) -> Iterator[Any]:
    """A window with cookies of its own, in which nothing may be complained about."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def press(page: Any, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def sign_in(page: Any, base: str, name: str) -> None:
    page.goto(f"{base}/review")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    press(page, "Enter")


def verdicts(path: Path) -> list[tuple[str, str]]:
    with Ledger.open(path) as ledger:
        return [(one.reviewer, one.verdict) for one in ledger.reviews()]


def test_the_whole_queue_by_keyboard_alone_with_a_reload_in_the_middle(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        for key in "axu":
            press(page, key)
        here = page.url
        page.reload()
        assert page.url == here and "5 to decide, 3 decided" in page.inner_text("main")
        for key in "naxun":
            press(page, key)
        assert "Nothing is left to decide here" in page.inner_text("main")
    given = ["accept", "reject", "unsure", "insufficient", "accept", "reject", "unsure", "insufficient"]
    assert [verdict for _, verdict in verdicts(path)] == given


def test_what_was_written_is_still_there_after_a_reload_and_goes_with_the_decision(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        page.keyboard.press("e")
        page.keyboard.type("77")
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        page.keyboard.type("the ministry's own list")
        page.reload()
        assert page.input_value("[name=number]") == "77" and page.input_value("[name=note]").endswith("own list")
        page.focus("[name=number]")
        press(page, "Enter")
        assert "You decided: correct number 77" in page.inner_text(".told")
        press(page, "Backspace")
        assert page.input_value("[name=number]") != "77"
    with Ledger.open(path) as ledger:
        corrected, withdrawn = ledger.reviews()
    assert (corrected.correction, corrected.note) == ('{"number": "77"}', "the ministry's own list")
    assert withdrawn.verdict == "withdraw"


def test_space_skips_k_goes_back_a_search_narrows_and_a_question_mark_shows_the_keys(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        first = page.inner_text("h1")
        press(page, " ")
        second = page.inner_text("h1") + page.inner_text(".passage")
        press(page, "k")
        assert page.inner_text("h1") == first
        press(page, "j")
        assert page.inner_text("h1") + page.inner_text(".passage") == second
        page.keyboard.press("?")
        assert page.is_visible("text=not enough information to tell")
        page.keyboard.press("/")
        page.keyboard.type("bodies")
        press(page, "Enter")
        assert page.inner_text(".passage mark") == "19 bodies"
    assert verdicts(path) == []


def question(page: Any) -> str:
    """The question of the figure that is shown."""
    return str(page.get_attribute("dl.about a[href*='/questions/']", "href"))


def test_s_splits_a_figure_off_and_m_merges_it_again_and_backspace_takes_either_back(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        figure, whole = page.get_attribute(".card", "data-figure"), question(page)
        press(page, "s")
        assert page.get_attribute(".card", "data-figure") == figure and question(page) != whole
        assert "You decided: split" in page.inner_text(".told")
        page.goto(base + whole)
        rest = page.url.partition("/questions/")[2]
        page.goto(f"{base}/review/{figure}")
        page.keyboard.press("m")
        page.keyboard.type(f"{base}/questions/{rest}")
        press(page, "Enter")
        merged = question(page)
        page.goto(base + merged)
        assert page.inner_text("h1").startswith("People killed")
        page.goto(f"{base}/review/{figure}")
        press(page, "Backspace")
        press(page, "Backspace")
        assert question(page) == whole
        press(page, "a")
    given = [verdict for _, verdict in verdicts(path)]
    assert given == ["split", "merge", "withdraw", "withdraw", "accept"]


def test_a_merge_that_cannot_be_is_told_and_nothing_is_lost_on_going_back(browser: Any, path: Path) -> None:
    with served(app(path)) as base:
        page = browser.new_page()
        page.goto(f"{base}/review/next")
        page.keyboard.press("r")
        page.keyboard.type("one event")
        page.keyboard.press("Enter")
        page.keyboard.press("m")
        page.keyboard.type("nowhere")
        press(page, "Enter")
        assert "nowhere" in page.inner_text("main")
        page.go_back()
        press(page, "a")
        assert "You decided: accept" in page.inner_text(".told")
        page.close()
    assert [verdict for _, verdict in verdicts(path)] == ["accept"]


def test_e_corrects_kind_source_time_and_place_in_place_by_keyboard_alone(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        page.keyboard.press("e")
        assert page.evaluate("document.activeElement.name") == "number"
        page.keyboard.press("Tab")
        page.keyboard.type("wounded")
        for words in ("Harbour hospital", "2025-06-14", "Korran"):
            page.keyboard.press("Tab")
            page.keyboard.press("Control+A")
            page.keyboard.type(words)
        press(page, "Enter")
        told = page.inner_text(".told")
        assert "kind wounded, source Harbour hospital, time 2025-06-14, place Korran" in told
    with Ledger.open(path) as ledger:
        (made,) = ledger.reviews()
        assert made.correction is not None and "number" not in made.correction


def test_space_is_a_letter_where_somebody_writes_and_no_key_decides_there(browser: Any, path: Path) -> None:
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        page.keyboard.press("r")
        page.keyboard.type("a x u s m ?")
        assert page.input_value("[name=note]") == "a x u s m ?"
        page.keyboard.press("/")
        assert page.input_value("[name=note]").endswith("/")
        page.keyboard.press("Enter")
        press(page, "x")
        assert "a x u s m ?/" in page.inner_text(".told")
    assert [verdict for _, verdict in verdicts(path)] == ["reject"]


def test_a_question_is_split_merged_and_renamed_without_scripts(browser: Any, path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with served(app(path)) as base:
        page.goto(f"{base}/questions?kind=killed")
        page.click("table.results th a >> nth=0")
        page.click("text=Call it otherwise, merge it, split it")
        page.fill("[name=label]", "Dead of the slide")
        page.click("text=Rename")
        assert page.inner_text("h1") == "Dead of the slide"
        page.check("#history input[type=checkbox] >> nth=0")
        page.click("text=Call it otherwise, merge it, split it")
        page.click("text=Split the ticked off")
        assert "split by" in page.inner_text("#decided")
        page.click("text=Call it otherwise, merge it, split it")
        page.select_option("[name=other]", index=1)
        page.click("button >> text=Merge")
        assert "merge by" in page.inner_text("#decided")
    context.close()
    assert [verdict for _, verdict in verdicts(path)] == ["rename", "split", "merge"]


def test_two_coders_at_once_hear_of_each_other_and_nothing_is_lost(browser: Any, path: Path) -> None:
    team(path, Ada="coder", Bo="coder")
    with served(app(path)) as base, window(browser) as ada, window(browser) as bo:
        for page, name in ((ada, "Ada"), (bo, "Bo")):
            sign_in(page, base, name)
            page.goto(f"{base}/review/next")
        assert ada.url == bo.url
        press(ada, "x")
        press(bo, "a")
        assert "Meanwhile, before you: reject by Ada" in bo.inner_text(".told")
        press(ada, "u")
        press(bo, "Backspace")
        assert "to decide, 2 decided" in bo.inner_text(".counts")
    assert verdicts(path) == [("Ada", "reject"), ("Bo", "accept"), ("Ada", "unsure"), ("Bo", "withdraw")]


def test_keys_of_ones_own_work_in_the_browser(
    browser: Any, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('accept = "1"\n')
    monkeypatch.setenv("ACCORDINGTO_KEYS", str(file))
    with served(app(path)) as base, window(browser) as page:
        page.goto(f"{base}/review/next")
        page.keyboard.press("a")
        press(page, "1")
    assert [verdict for _, verdict in verdicts(path)] == ["accept"]


def test_without_scripts_the_buttons_decide(browser: Any, path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with served(app(path)) as base:
        page.goto(f"{base}/review/next")
        page.click("text=Not enough information")
        assert "You decided: insufficient" in page.inner_text(".told")
        page.click("text=Undo my last decision")
    context.close()
    assert [verdict for _, verdict in verdicts(path)] == ["insufficient", "withdraw"]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_review_is_wider_than_the_window_or_shuts_anybody_out(
    browser: Any, path: Path, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    team(path, Ada="owner")
    with Ledger.open(path) as ledger:
        ledger.decisions.draw("pilot", 3, "Ada")
        report, claims = story()[2]
        for row in ledger.entries():
            if row.report == report.id or row.exact == "19 bodies":
                ledger.review(row.figure, "reject", "Ada", note="counted twice")
        again(ledger, report, [replace(claim, figures=()) for claim in claims])
        question = f"/questions/{ledger.questions()[0].id}"
    with served(app(path)) as base, window(browser, width) as page:
        page.goto(f"{base}/sign-in")
        found = [Axe().run(page)]
        sign_in(page, base, "Ada")
        for address in (*REVIEW, question):
            page.goto(base + address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found.append(Axe().run(page))
    serious = [one for run in found for one in run.response["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in serious] == []
