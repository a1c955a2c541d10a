"""Asking in plain words, and reading the answer."""

from __future__ import annotations

import io
import json

from rich.console import Console
from rows import entry

from accordingto import ask, reconcile
from accordingto.records import Entry, Question, fingerprint


def question(label: str, kind: str, actor: str | None = None, place: str | None = None, figures: int = 1) -> Question:
    return Question(fingerprint(label), kind, label, actor, place, None, tuple(f"{label}{n}" for n in range(figures)))


KOREANS = question("North Korean soldiers killed, Kursk, to 2025-03", "killed", "North Korean soldiers", "Kursk", 5)
SENT = question("North Korean soldiers deployed, Russia, 2024-10", "deployed", "North Korean soldiers", "Russia", 9)
MAKIIVKA = question("Russians killed, Makiivka, 2023-01-01", "killed", "Russians", "Makiivka", 3)
FLOOD = question("people missing, Tarn, to 2024-05-14", "missing", "people", "Tarn", 2)
HOMES = question("homes destroyed, Tarn, to 2024-05-14", "other:destroyed", "homes", "Tarn", 2)
ALL = [KOREANS, SENT, MAKIIVKA, FLOOD, HOMES]


def test_plain_words_find_kind_actor_and_place() -> None:
    assert ask.find("north korean soldiers killed", ALL)[0] == KOREANS
    assert ask.find("how many were sent from North Korea", ALL)[0] == SENT


def test_dead_means_killed() -> None:
    assert ask.find("dead in Makiivka", ALL) == [MAKIIVKA]


def test_troops_finds_soldiers() -> None:
    assert ask.find("north korean troops dead", ALL)[0] == KOREANS


def test_another_spelling_of_a_place_is_found() -> None:
    assert ask.find("killed in Makiyivka", ALL) == [MAKIIVKA]


def test_a_kind_alone_finds_all_its_questions_most_figures_first() -> None:
    assert ask.find("killed", ALL) == [KOREANS, MAKIIVKA]


def test_a_kind_of_ones_own_is_found_by_its_word() -> None:
    assert ask.find("homes destroyed", ALL) == [HOMES]


def test_the_beginning_of_an_id_finds_its_question() -> None:
    assert ask.find(FLOOD.id[:8], ALL) == [FLOOD]


def test_what_nobody_counted_is_not_found() -> None:
    assert ask.find("penguins released in Patagonia", ALL) == []


def rows() -> list[Entry]:
    told = {"place": "Tarn", "edtf": "2024-05-11", "chain": ("Civil Protection Service of the Valley of Tarn",)}
    return [
        entry("a", 9, high=None, qualifier="at least", **told),
        entry(
            "b",
            31,
            published="2024-05-14",
            sentence="The toll stood at 31, " + "the service said, " * 30 + "no more.",
            **told,
        ),
        entry("c", 28, published="2024-05-14", place="Tarn", edtf="2024-05-11", qualifier="about"),
    ]


def shown(width: int) -> str:
    held = rows()
    (one,) = reconcile.questions(held, {})
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    console.print(ask.table(reconcile.answer(one, held, {}), held, width=width))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_table_fits_eighty_columns() -> None:
    assert max(len(line) for line in shown(80).splitlines()) <= 80


def test_the_table_names_rule_reports_origins_chain_and_history() -> None:
    text = shown(80)
    before = "before: at least 9 (2024-05-12)"
    for words in ("rule: latest", "3 reports, 2 origins", "best 28", "about 28", "←", before, "“"):
        assert words in text


def test_json_holds_every_figure_with_its_sentence_and_span() -> None:
    held = rows()
    (one,) = reconcile.questions(held, {})
    value = json.loads(json.dumps(ask.as_json(reconcile.answer(one, held, {}), held)))
    assert (value["low"], value["best"], value["high"], value["reports"]) == (28, 28, 31, 3)
    assert {figure["start"] for figure in value["figures"]} == {row.start for row in held}
    assert all(figure["sentence"] and figure["report"] for figure in value["figures"])


def test_an_answer_nobody_gave_yet_says_so() -> None:
    held = rows()
    (one,) = reconcile.questions(held, {})
    answer = reconcile.answer(one, held, {}, as_of="2024-01-01")
    assert "nothing said by 2024-01-01" in "\n".join(str(line) for line in ask.table(answer, held).renderables)
