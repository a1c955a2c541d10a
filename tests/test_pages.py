"""The pages in a browser: every one of them readable at every width, without scripts, in the dark, by screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import served
from telling import hostile, story, told

from accordingto.ledger import Ledger
from accordingto.publish import site
from accordingto.serve.app import create

SERIOUS = ("serious", "critical")
KINDS = ("questions", "checks", "sources", "reports", "places")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with told(tmp_path_factory.mktemp("ledger"), [*story(), hostile()]) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(ledger: Ledger) -> Iterator[str]:
    with served(create(ledger.path)) as found:
        yield found


@pytest.fixture(scope="module")
def pages(browser: Any, address: str) -> list[str]:
    """The lists, the form with a find, an error, and two records of each kind."""
    window = browser.new_page()
    found = ["/", "/questions", "/checks", "/map", "/sources", "/reports", "/changes", "/search?q=people", "/nowhere"]
    for name in list(found[1:6]):
        window.goto(address + name)
        links = window.eval_on_selector_all("main a", "all => all.map(one => one.getAttribute('href'))")
        records = [link.partition("#")[0] for link in links if link.startswith(tuple(f"/{kind}/" for kind in KINDS))]
        found += list(dict.fromkeys(records))[:2]
    window.close()
    return list(dict.fromkeys(found))


def test_every_kind_of_page_is_looked_at(pages: list[str]) -> None:
    assert {page.split("/")[1] for page in pages if page.count("/") == 2} >= {
        "questions",
        "checks",
        "sources",
        "reports",
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_the_window(browser: Any, address: str, pages: list[str], width: int) -> None:
    window = browser.new_page(viewport={"width": width, "height": 800})
    wide = []
    for page in pages:
        window.goto(address + page)
        if window.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(page)
    window.close()
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, address: str, pages: list[str], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window = browser.new_page(color_scheme=scheme, bypass_csp=True)
    found = []
    for page in pages:
        window.goto(address + page)
        seen = Axe().run(window).response
        assert len(seen["passes"]) > 5
        for one in seen["violations"]:
            if one["impact"] in SERIOUS:
                found.append((page, one["id"], one["nodes"][0]["html"][:200]))
    window.close()
    assert found == []


def test_a_browser_finds_nothing_to_complain_about(browser: Any, address: str, pages: list[str]) -> None:
    window = browser.new_page()
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    for page in pages:
        if page != "/nowhere":
            window.goto(address + page)
    window.close()
    assert said == []


def test_pages_are_read_without_scripts(browser: Any, address: str, pages: list[str]) -> None:
    window = browser.new_page(java_script_enabled=False)
    for page in pages:
        window.goto(address + page)
        assert len(window.inner_text("main")) > 40, page
    window.close()


def test_words_of_others_take_nothing_over(browser: Any, address: str, pages: list[str]) -> None:
    window = browser.new_page()
    for page in pages:
        window.goto(address + page)
        assert window.title() != "taken"
        assert window.evaluate("document.querySelectorAll('main script, main img, [onerror]').length") == 0
    window.close()


def test_the_keyboard_leads_from_the_front_page_to_the_words_of_a_figure(browser: Any, address: str) -> None:
    window = browser.new_page()
    window.goto(address)
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    assert window.url.endswith("#main")
    window.focus("table.results a >> nth=0")
    window.keyboard.press("Enter")
    window.wait_for_url("**/questions/*")
    window.focus("svg.chart >> visible=true >> a >> nth=0")
    window.keyboard.press("Enter")
    window.wait_for_url("**/reports/*")
    following = window.evaluate("document.querySelector(':target').nextElementSibling.className")
    window.close()
    assert "figure" in following


def test_a_question_is_asked_as_of_a_day_with_the_form(browser: Any, address: str) -> None:
    window = browser.new_page()
    window.goto(address)
    window.click("table.results a >> nth=0")
    window.fill("input[name=as_of]", "2025-06-15")
    window.select_option("select[name=rule]", "conservative")
    window.click("form.asked button")
    shown = window.inner_text(".answer")
    window.close()
    assert "Only what was said up to 15 June 2025" in shown and "conservative" in shown


def test_a_search_is_made_with_the_form(browser: Any, address: str) -> None:
    window = browser.new_page()
    window.goto(f"{address}/search")
    window.fill("input[name=q]", "killed")
    window.keyboard.press("Enter")
    window.wait_for_url("**/search?*q=killed*")
    window.click("ol.found a >> nth=0")
    assert "/reports/" in window.url
    window.close()


def test_the_search_of_a_static_site_works_from_a_folder(browser: Any, ledger: Ledger, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    site.write(ledger, tmp_path / "site")
    window = browser.new_page(bypass_csp=True)
    window.goto((tmp_path / "site" / "search.html").as_uri())
    window.fill("input[name=q]", "BODIES recovered")
    assert window.inner_text("#found") == "1 found."
    assert [one["id"] for one in Axe().run(window).response["violations"] if one["impact"] in SERIOUS] == []
    window.click("#results a")
    assert "/reports/" in window.url
    window.goto((tmp_path / "site" / "search.html").as_uri() + "?q=Elling")
    assert window.inner_text("#found") == "0 found."
    window.close()


def test_a_page_prints_as_a_table_without_its_navigation_and_forms(browser: Any, address: str) -> None:
    window = browser.new_page()
    window.goto(address)
    window.click("table.results a >> nth=0")
    window.emulate_media(media="print")
    window.set_viewport_size({"width": 680, "height": 900})
    shown = [window.is_visible(one) for one in (".masthead nav", "form.asked", ".answer", "table.stands thead")]
    wide = window.evaluate("document.documentElement.scrollWidth")
    window.close()
    assert shown == [False, False, True, True] and wide <= 680
