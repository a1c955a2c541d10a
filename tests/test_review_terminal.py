"""The queue on a terminal, by its keys, headless."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from telling import story, told
from textual.widgets import Static

from accordingto.ledger import Ledger
from accordingto.review.desk import Desk
from accordingto.review.terminal import Review


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with told(tmp_path, story()) as opened:
        yield opened


def pressed(desk: Desk, *keys: str) -> dict[str, str]:
    """What stands on the screen after these keys."""

    async def work() -> dict[str, str]:
        app = Review(desk)
        async with app.run_test(size=(80, 40)) as pilot:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            under = app.screen_stack[0]
            shown = {name: str(under.query_one(f"#{name}", Static).content) for name in ("where", "body", "said")}
            shown["screens"] = str(len(app.screen_stack))
        return shown

    return asyncio.run(work())


def verdicts(ledger: Ledger) -> list[str]:
    return [one.verdict for one in ledger.reviews()]


def test_one_key_decides_and_moves_on(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    first = desk.card(desk.after() or "").entry.exact
    shown = pressed(desk, "a")
    assert verdicts(ledger) == ["accept"]
    assert shown["where"] == "Ada: 7 to decide, 1 decided"
    assert first not in shown["body"].splitlines()[0]
    assert shown["said"].startswith("accept: ")


def test_the_whole_queue_is_worked_through_by_keys_alone(ledger: Ledger) -> None:
    shown = pressed(Desk(ledger, "Ada"), *"axunaxun")
    assert verdicts(ledger) == ["accept", "reject", "unsure", "insufficient"] * 2
    assert shown["body"] == "Nothing is left to decide here."


def test_space_leaves_a_figure_undecided_and_k_goes_back_to_it(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    first = pressed(desk)["body"]
    assert pressed(desk, "space")["body"] != first
    assert pressed(desk, "space", "k")["body"] == first and verdicts(ledger) == []


def test_backspace_takes_back_and_shows_what_was_taken_back(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    first = pressed(desk)["body"]
    shown = pressed(desk, "x", "backspace")
    assert shown["body"] == first and "withdrawn" in shown["said"]
    assert verdicts(ledger) == ["reject", "withdraw"]


def test_a_correction_is_written_in_a_line_and_a_wrong_one_told_there(ledger: Ledger) -> None:
    shown = pressed(Desk(ledger, "Ada"), "e", *"number", "equals_sign", *"x", "enter")
    assert "is none; give 120" in shown["said"] and verdicts(ledger) == []
    pressed(Desk(ledger, "Ada"), "e", *"number", "equals_sign", *"77", "enter")
    (made,) = ledger.reviews()
    assert (made.verdict, made.correction) == ("correct", '{"number": "77"}')


def test_a_reason_goes_with_the_next_decision_alone(ledger: Ledger) -> None:
    pressed(Desk(ledger, "Ada"), "r", *"old", "enter", "x", "a")
    assert [(one.verdict, one.note) for one in ledger.reviews()] == [("reject", "old"), ("accept", None)]


def test_a_search_narrows_the_queue_and_keys_in_the_line_decide_nothing(ledger: Ledger) -> None:
    shown = pressed(Desk(ledger, "Ada"), "slash", *"bodies", "enter")
    assert "19 killed" in shown["body"] and "search: bodies" in shown["where"] and verdicts(ledger) == []


def test_the_question_mark_shows_the_keys_and_any_key_closes_them(ledger: Ledger) -> None:
    assert pressed(Desk(ledger, "Ada"), "question_mark")["screens"] == "2"
    assert pressed(Desk(ledger, "Ada"), "question_mark", "a")["screens"] == "1"
    assert verdicts(ledger) == []


def test_s_gives_a_figure_a_question_of_its_own(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    figure = desk.after() or ""
    pressed(desk, "s")
    question = ledger.question_of(figure)
    assert question and question.figures == (figure,)


def test_keys_of_ones_own_work(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('accept = "1"\n')
    monkeypatch.setenv("ACCORDINGTO_KEYS", str(file))
    pressed(Desk(ledger, "Ada"), "a", "1")
    assert verdicts(ledger) == ["accept"]


def test_a_coder_works_through_a_sample_blind(ledger: Ledger) -> None:
    ledger.decisions.draw("pilot", 3, "Ada")
    shown = pressed(Desk(ledger, "Bo", "pilot", "code"), *"aax")
    assert shown["body"] == "Nothing is left to decide here." and ledger.reviews() == []
    assert [one.verdict for one in ledger.decisions.codings("pilot")] == ["accept", "accept", "reject"]
