"""Asking in plain words, and reading the answer."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console
from rows import entry

from accordingto import reconcile
from accordingto.ask import asked, chart, finding, view
from accordingto.ask import out as data
from accordingto.records import Entry, Question, fingerprint


def question(label: str, kind: str, actor: str | None = None, place: str | None = None, figures: int = 1) -> Question:
    return Question(fingerprint(label), kind, label, actor, place, None, tuple(f"{label}{n}" for n in range(figures)))


KOREANS = question("North Korean soldiers killed, Kursk, to 2025-03", "killed", "North Korean soldiers", "Kursk", 5)
SENT = question("North Korean soldiers deployed, Russia, 2024-10", "deployed", "North Korean soldiers", "Russia", 9)
MAKIIVKA = question("Russians killed, Makiivka, 2023-01-01", "killed", "Russians", "Makiivka", 3)
FLOOD = question("people missing, Tarn, to 2024-05-14", "missing", "people", "Tarn", 2)
HOMES = question("homes destroyed, Tarn, to 2024-05-14", "other:destroyed", "homes", "Tarn", 2)
ALL = [KOREANS, SENT, MAKIIVKA, FLOOD, HOMES]


def found(words: str) -> list[Question]:
    return [one.question for one in finding.find(words, ALL)]


def test_plain_words_find_kind_actor_and_place() -> None:
    assert found("north korean soldiers killed")[0] == KOREANS
    assert found("how many were sent from North Korea")[0] == SENT


def test_dead_means_killed() -> None:
    assert found("dead in Makiivka") == [MAKIIVKA]


def test_troops_finds_soldiers() -> None:
    assert found("north korean troops dead")[0] == KOREANS


def test_another_spelling_of_a_place_is_found() -> None:
    assert found("killed in Makiyivka") == [MAKIIVKA]


def test_a_kind_alone_finds_all_its_questions_most_figures_first() -> None:
    assert found("killed") == [KOREANS, MAKIIVKA]


def test_a_kind_of_ones_own_is_found_by_its_word() -> None:
    assert found("homes destroyed") == [HOMES]


def test_the_beginning_of_an_id_finds_its_question() -> None:
    assert found(FLOOD.id[:8]) == [FLOOD]


def test_what_nobody_counted_is_not_found() -> None:
    assert found("penguins released in Patagonia") == []


def test_of_questions_that_fit_alike_none_is_taken_for_the_one_asked() -> None:
    assert finding.clear(finding.find("north korean soldiers killed", ALL))
    assert not finding.clear(finding.find("killed", ALL))


def test_killed_or_wounded_asks_for_both_together() -> None:
    assert asked.understand("killed or wounded").wanted >= {"killed", "wounded", "casualties"}


def test_a_country_after_in_is_a_place_and_no_people() -> None:
    (term,) = asked.understand("soldiers killed in Russia").terms[-1:]
    assert term.codes == {"placeru"}
    (other,) = asked.understand("Russian losses").terms
    assert other.codes == {"placeru", "peopleru"}


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
    console.print(view.table(reconcile.answer(one, held, {}), held, width=width))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_table_fits_eighty_columns() -> None:
    assert max(len(line) for line in shown(80).splitlines()) <= 80


def test_the_table_names_rule_reports_origins_chain_and_history() -> None:
    text = shown(80)
    before = "before: at least 9 (2024-05-12)"
    for words in ("rule: latest", "3 reports, 2 origins", "best 28", "about 28", "←", before, "“"):
        assert words in text


def test_the_table_says_why_two_reports_are_one_witness() -> None:
    service = "Civil Protection Service of the Valley of Tarn"
    assert f"b: same origin as a: both go back to {service}" in " ".join(shown(80).split())


def test_json_holds_every_figure_with_its_sentence_and_span() -> None:
    held = rows()
    (one,) = reconcile.questions(held, {})
    value = json.loads(json.dumps(data.as_json(reconcile.answer(one, held, {}), held)))
    assert (value["low"], value["best"], value["high"], value["reports"]) == (28, 28, 31, 3)
    assert {figure["start"] for figure in value["figures"]} == {row.start for row in held}
    assert all(figure["sentence"] and figure["report"] for figure in value["figures"])


def test_an_answer_nobody_gave_yet_says_so() -> None:
    held = rows()
    (one,) = reconcile.questions(held, {})
    answer = reconcile.answer(one, held, {}, as_of="2024-01-01")
    assert "nothing said by 2024-01-01" in "\n".join(str(line) for line in view.table(answer, held).renderables)


def drawn(width: int) -> list[str]:
    held = rows()
    (one,) = reconcile.questions(held, {})
    return [line.plain for line in chart.draw(reconcile.answer(one, held, {}), held, {}, width)]


@pytest.mark.parametrize("width", [40, 80])
def test_the_chart_fits_its_columns_and_names_days_origins_and_marks(width: int) -> None:
    lines = drawn(width)
    assert max(map(len, lines[:-1])) <= width
    assert "12 May 2024" in lines[-2] and "14 May 2024" in lines[-2]
    assert "A Civil Protection Service" in lines[-1] or "B Civil Protection Service" in lines[-1]


def test_the_chart_of_one_day_is_none() -> None:
    held = rows()[1:]
    (one,) = reconcile.questions(held, {})
    assert list(chart.draw(reconcile.answer(one, held, {}), held, {}, 80)) == []


def test_a_question_whose_figures_were_all_rejected_says_so() -> None:
    held = [replace(row, verdict="reject") for row in rows()]
    (one,) = reconcile.questions(rows(), {})
    lines = [str(line) for line in view.table(reconcile.answer(one, held, {}), held).renderables]
    assert any("every figure was rejected (3)" in line for line in lines)


def test_csv_has_a_row_for_every_figure_and_marks_what_the_origins_stand_by() -> None:
    held = rows()
    (one,) = reconcile.questions(held, {})
    out = io.StringIO()
    data.as_csv([(reconcile.answer(one, held, {}), held)], out)
    lines = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [(line["origin_low"], line["stands"]) for line in lines] == [("9", "0"), ("31", "1"), ("28", "1")]
