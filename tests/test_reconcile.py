"""Figures laid side by side: copies, questions, origins, answers."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import entry

from accordingto import reconcile
from accordingto.errors import InputError
from accordingto.reconcile import rules
from accordingto.reconcile.days import days
from accordingto.reconcile.naming import same
from accordingto.records import Answer, Entry, Question, Report

DISPATCH = (
    "Rescue teams in the valley of Tarn worked through a second night after the hillside above the village came down. "
    "The mayor said that twelve people had been found dead and that nobody knew how many were under the mud. "
    "Two bridges are gone, and the road to the coast will stay shut until engineers have looked at it."
)


def report(name: str, text: str, published: str = "2024-05-12") -> Report:
    return Report(name=name, text=text, sha256=name, published=published, publisher=name)


def only(rows: list[Entry]) -> Question:
    (question,) = reconcile.questions(rows, {})
    return question


def answered(rows: list[Entry], as_of: str | None = None, rule: str = "latest") -> Answer:
    return reconcile.answer(only(rows), rows, {}, as_of, rule)


def slide(report: str, low: int, **said: Any) -> Entry:
    """A figure of one landslide."""
    told = {"place": "Tarn", "edtf": "2024-05-11", "place_precision": 1} | said
    return entry(report, low, **told)


# copies


def test_a_reprint_with_a_new_first_line_is_a_copy() -> None:
    first, second = report("a", DISPATCH), report("b", "TARN, May 12. " + DISPATCH.replace("twelve", "12"))
    assert set(reconcile.copies([first, second])) == {first.id, second.id}


def test_two_texts_on_one_story_are_no_copies() -> None:
    other = "A landslide has killed twelve people in Tarn, its mayor said on Sunday. " * 3
    assert reconcile.copies([report("a", DISPATCH), report("b", other)]) == {}


def test_the_same_text_a_month_later_is_no_wire_copy() -> None:
    assert reconcile.copies([report("a", DISPATCH), report("b", DISPATCH, "2024-06-20")]) == {}


def test_a_dispatch_printed_by_fifty_papers_is_one_group() -> None:
    printed = [report(f"p{n}", DISPATCH + f" Paper {n}.") for n in range(50)]
    groups = reconcile.copies(printed)
    assert len(groups) == 50
    assert set(groups.values()) == {min(one.id for one in printed)}


def test_empty_and_tiny_texts_are_nobodys_copies() -> None:
    assert reconcile.copies([report("a", ""), report("b", "Twelve dead."), report("c", "Twelve dead.")]) == {}


# questions


def test_figures_of_one_place_and_day_answer_one_question() -> None:
    assert len(only([slide("a", 9), slide("b", 12)]).figures) == 2


def test_killed_and_wounded_are_two_questions() -> None:
    assert len(reconcile.questions([slide("a", 9), slide("a", 30, kind="wounded")], {})) == 2


def test_two_attacks_a_week_apart_in_one_town_stay_apart() -> None:
    rows = [
        slide("a", 9, sentence="A rocket hit the market of Tarn, killing 9."),
        slide("b", 9, sentence="Nine died when a rocket hit the market of Tarn."),
        slide("c", 4, edtf="2024-05-18", published="2024-05-19", sentence="Four died as a drone hit a bus in Tarn."),
    ]
    assert sorted(len(question.figures) for question in reconcile.questions(rows, {})) == [1, 2]


def test_an_incident_stays_apart_from_the_campaign_around_it() -> None:
    war: dict[str, Any] = {"edtf": "2024-03-07/2024-05-12", "place": "Tarnland", "place_precision": 4}
    rows = [
        slide("a", 471, sentence="The strike on the clinic killed 471 people."),
        slide("b", 471, sentence="In the clinic 471 people were killed."),
        slide("a", 3478, **war, sentence="Since March the war has killed 3,478."),
        slide("b", 3500, **war, sentence="The war has killed 3,500 so far."),
    ]  # fmt: skip
    assert sorted(len(question.figures) for question in reconcile.questions(rows, {})) == [2, 2]


def test_a_bakery_and_a_school_hit_on_one_day_in_one_town_are_two_questions() -> None:
    rows = [
        slide("a", 22, sentence="Bombs hit a bakery in Tarn, killing 22 people."),
        slide("a", 9, sentence="A strike on a school killed 9."),
        slide("b", 26, sentence="It counted 26 dead in the bread queue of Tarn."),
        slide("c", 11, sentence="The attack on the school cost 11 lives, doctors said."),
    ]
    held = {row.figure: row.low for row in rows}
    asked = [{held[figure] for figure in question.figures} for question in reconcile.questions(rows, {})]
    assert sorted(asked, key=min) == [{9, 11}, {22, 26}]


def test_a_hospital_that_speaks_or_cares_for_the_hurt_is_no_other_incident() -> None:
    rows = [
        slide("a", 9, sentence="The bus left the road near Tarn and 9 passengers died."),
        slide("b", 10, sentence="The hospital said 10 had died."),
        slide("c", 11, sentence="Of those taken to the clinic another died, which makes 11."),
    ]
    assert len(only(rows).figures) == 3


def test_a_count_of_the_whole_siege_is_no_count_of_the_market_hit_on_the_day() -> None:
    rows = [
        slide("a", 27, sentence="Shells struck the market of Tarn and killed 27."),
        slide("a", 40, sentence="The whole siege has cost 40 lives."),
        slide("b", 27, sentence="The market of Tarn, where 27 were killed, was empty."),
        slide("b", 41, sentence="In a month of siege 41 people have died."),
    ]
    assert sorted(len(question.figures) for question in reconcile.questions(rows, {})) == [2, 2]


def test_an_accident_named_in_the_clause_before_is_that_of_the_figure_behind_it() -> None:
    rows = [
        slide("a", 14, sentence="The mayor put the number of dead on the bridge of Tarn at 14."),
        slide(
            "a", 4, sentence="The coach accident has claimed another life, the hospital said; 4 people have now died."
        ),
        slide("b", 15, sentence="The bridge that fell at Tarn has killed 15."),
        slide("b", 5, sentence="In all 5 passengers of the coach that crashed have died."),
    ]
    assert sorted(len(question.figures) for question in reconcile.questions(rows, {})) == [2, 2]


def test_a_running_toll_of_a_region_is_no_toll_of_a_hospital_hit_in_it() -> None:
    region: dict[str, Any] = {"place": "Tarnland", "place_precision": 4, "time_said": False}
    rows = [
        slide("a", 471, sentence="The strike on the hospital of Tarn killed 471 people."),
        slide("a", 900, **region, sentence="In Tarnland 900 people have been killed, including those in the hospital."),
        slide("b", 471, sentence="471 people died when the hospital of Tarn was hit."),
        slide("b", 930, **region, sentence="Officials said 930 people had been killed in Tarnland."),
    ]
    assert sorted(len(question.figures) for question in reconcile.questions(rows, {})) == [2, 2]


def test_a_figure_without_place_or_time_joins_the_story_of_its_report() -> None:
    rows = [
        slide("a", 9, sentence="The landslide in Tarn killed 9 people."),
        entry("a", 9, sentence="The landslide killed 9 people, the ministry said."),
    ]
    assert len(only(rows).figures) == 2


def test_soldiers_of_two_countries_are_two_questions() -> None:
    rows = [slide("a", 9, counted_country="KP"), slide("a", 12, counted_country="RU")]
    assert len(reconcile.questions(rows, {})) == 2


def test_boats_and_soldiers_are_two_questions() -> None:
    rows = [
        slide("a", 34, kind="deployed", counted="boats", counted_sector=None),
        slide("a", 1800, kind="deployed", counted="soldiers", counted_sector="MIL"),
    ]
    assert len(reconcile.questions(rows, {})) == 2


def test_a_label_says_who_what_where_and_when() -> None:
    rows = [
        slide(
            "a", 400, counted="North Korean soldiers", counted_country="KP", place="Kursk Oblast", edtf="../2025-03-05"
        )
    ]
    assert only(rows).label == "North Korean soldiers killed, Kursk Oblast, to 5 March 2025"


def test_two_tolls_that_one_source_gives_in_one_report_are_two_questions() -> None:
    rows = [
        slide("a", 27, chain=("Doctors' Union",)),
        slide("b", 27, published="2024-05-13", chain=("Doctors' Union",)),
        slide("b", 388, published="2024-05-13", chain=("Doctors' Union",)),
        slide("c", 431, published="2024-05-14", chain=("Doctors' Union",)),
    ]
    assert sorted(len(question.figures) for question in reconcile.answered(rows)) == [2, 2]


# origins


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian Defence Ministry", "Russia's defense ministry"),
        ("Kyrylo Budanov", "Budanov"),
        ("Sergey Lavrentyev", "General Sergei Lavrentiev"),
        ("Tarnish Press Agency", "TPA"),
        ("Civil Protection", "Civil Protection Service"),
        ("Anna Weiss, Tarn Health Board", "Tarn Health Board"),
        ("Russian Defence Ministry", "Russia's military department"),
        ("Pavlo Hryhorenko", "Pavel Grigorenko"),
        ("Ilena Marrovic's services", "Ilyena Marrovich"),
        ("Coast Guard", "Tarnish Coast Guard"),
    ],
)
def test_two_spellings_are_one_source(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian Defence Ministry", "Ukrainian Defence Ministry"),
        ("Defence Ministry", "Health Ministry"),
        ("officials", "officials"),
        ("Tarnish Press Agency", "Tarnish Interior Ministry"),
        ("Anna Weiss", "Anna Berg"),
        ("Hasan Karimi", "Husein Karimi"),
        ("Russia's services", "Russia's military department"),
    ],
)
def test_names_that_only_look_alike_are_two_sources(one: str, other: str) -> None:
    assert not same(one, other)


def test_two_outlets_quoting_one_ministry_are_one_witness() -> None:
    rows = [slide("a", 9, chain=("Tarn's health ministry",)), slide("b", 9, chain=("Reuters", "Health Ministry"))]
    assert len(reconcile.origins(rows, {})) == 1


def test_unnamed_officials_of_two_reports_are_two_witnesses() -> None:
    rows = [slide("a", 9, chain=("officials",)), slide("b", 9, chain=("officials",))]
    assert len(reconcile.origins(rows, {})) == 2


def test_copies_speak_with_one_voice() -> None:
    rows = [slide("a", 9), slide("b", 9)]
    assert len(reconcile.origins(rows, {})) == 2
    assert len(reconcile.origins(rows, {"a": "a", "b": "a"})) == 1


def test_a_figure_taken_from_a_report_in_the_ledger_goes_back_to_its_source() -> None:
    rows = [slide("a", 9, publisher="Valley Radio", chain=("Anna Weiss",)), slide("b", 9, chain=("Valley Radio",))]
    (origin,) = reconcile.origins(rows, {})
    assert origin.name in ("Anna Weiss", "Valley Radio")
    assert set(origin.reports) == {"a", "b"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Moscow",), ("Russian Defence Ministry",)),
        (("monitoring group",), ("Tarnish Observatory for Human Rights",)),
        (("Russian side",), ("Russian defense ministry",)),
    ],
)
def test_a_role_or_a_capital_is_the_one_body_it_can_mean(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert len(reconcile.origins([slide("a", 9, chain=one), slide("b", 9, chain=other)], {})) == 1


def test_a_capital_with_two_bodies_of_equal_weight_stays_apart() -> None:
    bodies = [slide("a", 9, chain=(f"Russian {body}",)) for body in ("Defence Ministry", "Health Ministry")]
    assert len(reconcile.origins([*bodies, slide("b", 9, chain=("Moscow",))], {})) == 3


def test_a_spokesman_is_the_body_he_speaks_for() -> None:
    rows = [
        slide("a", 9, chain=("Anna Weiss",), speaks_for="Tarn Health Board Service"),
        slide("b", 9, chain=("Ida Holm",)),
    ]
    rows.append(slide("c", 9, chain=("Tarn Health Board Service",)))
    assert sorted(len(origin.figures) for origin in reconcile.origins(rows, {})) == [1, 2]


def test_a_monitor_and_doctors_are_the_monitor_these_words_fit() -> None:
    rows = [
        slide("a", 9, chain=("Tarn Observatory for Human Rights",)),
        slide("b", 9, chain=("war monitor and doctors in the valley",)),
    ]
    assert len(reconcile.origins(rows, {})) == 1


def test_two_bodies_that_speak_together_are_neither_of_them() -> None:
    rows = [
        slide("a", 9, chain=("Tarn Health Service",)),
        slide("b", 9, chain=("Tarn Health Service and Russian officials",)),
    ]
    assert len(reconcile.origins(rows, {})) == 2


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"chain": ("Anna Weiss",)}, {"chain": ("Radio", "Anna Weiss")}, "both go back to Anna Weiss (12 May 2024)"),
        ({"chain": ("Kyrylo Budanov",)}, {"chain": ("Budanov",)}, "Budanov is Kyrylo Budanov (12 May 2024)"),
        ({"publisher": "Tarn Post"}, {"publisher": "Tarn Post"}, "both speak in the voice of Tarn Post"),
        ({"publisher": "Tarn Post"}, {"chain": ("Tarn Post",)}, "it cites Tarn Post, whose report is here"),
    ],
)
def test_why_two_reports_are_one_witness_is_told_in_words(first: Any, second: Any, words: str) -> None:
    (tie,) = reconcile.ties([slide("a", 9, **first), slide("b", 9, **second)], {})
    assert tie.words == f"same origin as a: {words}"


def test_a_copy_is_told_as_one() -> None:
    (tie,) = reconcile.ties([slide("a", 9), slide("b", 9)], {"a": "a", "b": "a"})
    assert tie.words == "same origin as a: the two reports carry one text"


# answers


def test_the_newest_figure_of_an_origin_stands() -> None:
    rows = [
        slide("a", 9, chain=("Anna Weiss",)),
        slide("b", 14, chain=("Anna Weiss",), published="2024-05-14"),
    ]
    (stand,) = answered(rows).stands
    assert (stand.low, stand.as_of, len(stand.history)) == (14, "2024-05-14", 2)


def test_what_was_said_later_is_unknown_before() -> None:
    rows = [
        slide("a", 9, chain=("Anna Weiss",)),
        slide("b", 14, chain=("Anna Weiss",), published="2024-05-14"),
    ]
    assert answered(rows, "2024-05-13").best == 9


def test_a_number_its_report_calls_earlier_does_not_stand() -> None:
    told = "The ministry raised the toll to 89 from 63."
    rows = [
        slide("a", 89, chain=("Weiss",), sentence=told),
        slide("a", 63, chain=("Weiss",), sentence=told),
    ]
    assert answered(rows).best == 89


def test_nobody_among_some_people_is_no_toll_of_none() -> None:
    rows = [
        slide("a", 31, chain=("Weiss",)),
        slide("b", 0, chain=("Berg",), exact="Nobody", sentence="Nobody on my teams is dead, Berg said."),
    ]
    assert [stand.low for stand in answered(rows).stands] == [31]


def test_parts_denials_and_increases_are_no_answer() -> None:
    rows = [
        slide("a", 31, chain=("Weiss",)),
        slide("a", 11, chain=("Weiss",), mode="part", counted="children"),
        slide("b", 70, chain=("Berg",), stance="denied"),
        slide("c", 15, chain=("Holm",), mode="added"),
    ]
    assert [stand.low for stand in answered(rows).stands] == [31]


def test_rules_choose_a_number_that_was_said() -> None:
    rows = [
        slide(name, low, chain=(name,))
        for name, low in (("Weiss", 10), ("Berg", 10), ("Holm", 40), ("Lund", 60), ("Moor", 90))
    ]
    best = {rule: answered(rows, rule=rule).best for rule in reconcile.RULES}
    assert best == {"latest": 40, "conservative": 10, "majority": 10}


def test_low_and_high_span_every_origin_and_open_ends_stay_open() -> None:
    rows = [slide("a", 63, chain=("Weiss",)), slide("b", 400, high=None, qualifier="at least", chain=("Berg",))]
    assert (answered(rows).low, answered(rows).high) == (63, None)


def test_an_unknown_rule_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="latest, conservative, majority"):
        answered([slide("a", 9)], rule="average")


def test_a_wrong_date_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="2025-03-10"):
        answered([slide("a", 9)], as_of="yesterday")


def test_a_user_can_register_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reconcile.RULES, "highest", lambda stands: max(stand.low or 0 for stand in stands))
    assert answered([slide("a", 9, chain=("Weiss",)), slide("b", 14, chain=("Berg",))], rule="highest").best == 14


def test_a_rule_that_raises_leaves_best_open_and_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reconcile.RULES, "broken", lambda stands: len(stands) // 0)
    answer = answered([slide("a", 9, chain=("Weiss",)), slide("b", 14, chain=("Berg",))], rule="broken")
    assert (answer.low, answer.best, answer.high, len(answer.stands)) == (9, None, 14, 2)
    assert answer.trouble is not None and "\n" not in answer.trouble
    assert "'broken' failed with ZeroDivisionError" in answer.trouble


def test_a_rule_that_gives_no_whole_number_leaves_best_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reconcile.RULES, "mean", lambda stands: sum(stand.low or 0 for stand in stands) / len(stands))
    answer = answered([slide("a", 9, chain=("Weiss",)), slide("b", 14, chain=("Berg",))], rule="mean")
    assert answer.best is None
    assert "gave 11.5" in (answer.trouble or "")


def test_a_rule_of_another_package_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    def points(group: str) -> list[EntryPoint]:
        return [EntryPoint("first", "operator:not_there", group), EntryPoint("largest", "builtins:len", group)]

    monkeypatch.setattr(rules, "entry_points", points)
    monkeypatch.setattr(rules, "RULES", dict(rules.RULES))
    assert rules.rule("largest") is len
    with pytest.raises(InputError, match="cannot be loaded"):
        rules.rule("first")


def test_a_source_is_known_by_part_of_its_name_and_so_is_an_outlet() -> None:
    row = slide("a", 9, chain=("Radio Tarn", "Anna Weiss"), publisher="Tarn Post")
    assert all(reconcile.told_by(row, name) for name in ("weiss", "Anna Weiss", "radio tarn", "tarn post"))
    assert not reconcile.told_by(row, "Berg")


# times


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-05-11", "2024-05-11", "2024-05-11"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("../2024-05-14", None, "2024-05-14"),
        ("2024-05~/..", "2024-05-01", None),
        ("2024-22", "2024-06-01", "2024-08-31"),
    ],
)
def test_edtf_becomes_days(edtf: str, first: str | None, last: str | None) -> None:
    from accordingto.reconcile.days import day

    assert days(edtf) == (day(first), day(last))


@pytest.mark.parametrize("edtf", [None, "", "next week", "2024-13-40", "2024-05-14/2024-05-01", "../.."])
def test_what_is_no_time_is_none(edtf: str | None) -> None:
    assert days(edtf) is None


# laws

NAMES = st.sampled_from([(), ("Anna Weiss",), ("Interior Ministry",), ("officials",), ("Reuters", "Weiss")])
TIMES = st.sampled_from([None, "2024-05-11", "../2024-05-13", "2024-03-01/2024-05-12", "2024-05", "2023-05-11"])


SENTENCES = st.sampled_from(
    ["In all {} were counted.", "A strike on the school killed {}.", "The whole siege took {}.", "A flood took {}."]
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Small ledgers of all shapes."""
    rows = []
    for number in range(draw(st.integers(1, 12))):
        low = draw(st.sampled_from([0, 1, 9, 12, 31, 400, 3500]))
        low_, high = draw(st.sampled_from([(low, low), (low, None), (None, low), (low, low + 5)]))
        row = entry(
            f"r{draw(st.integers(1, 4))}", low_, start=number * 10, exact=str(low), high=high,
            kind=draw(st.sampled_from(["killed", "wounded", "other:destroyed"])), chain=draw(NAMES), edtf=draw(TIMES),
            mode=draw(st.sampled_from(["total", "total", "part", "added"])),
            place=draw(st.sampled_from([None, "Tarn", "Velm"])), sentence=draw(SENTENCES).format(low),
            verdict=draw(st.sampled_from([None, None, "accept", "reject"])),
        )  # fmt: skip
        rows.append(replace(row, published=f"2024-05-{12 + int(row.report[1])}"))
    return rows


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_changes_questions_or_answers(rows: list[Entry], chance: Any) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    questions = reconcile.questions(rows, {})
    assert reconcile.questions(mixed, {}) == questions
    for question in questions:
        assert reconcile.answer(question, mixed, {}) == reconcile.answer(question, rows, {})


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_every_figure_is_in_exactly_one_question(rows: list[Entry]) -> None:
    held = [figure for question in reconcile.questions(rows, {}) for figure in question.figures]
    assert sorted(held) == sorted(row.figure for row in rows)


@settings(max_examples=60, deadline=None)
@given(ledgers(), st.sampled_from(sorted(reconcile.RULES)))
def test_low_is_never_above_best_nor_best_above_high(rows: list[Entry], rule: str) -> None:
    for question in reconcile.questions(rows, {}):
        answer = reconcile.answer(question, rows, {}, rule=rule)
        known = [bound for bound in (answer.low, answer.best, answer.high) if bound is not None]
        assert known == sorted(known)


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_a_rejected_figure_never_moves_an_answer(rows: list[Entry]) -> None:
    for question in reconcile.questions(rows, {}):
        moved = [replace(row, low=9999, high=9999) if row.verdict == "reject" else row for row in rows]
        one, other = reconcile.answer(question, rows, {}), reconcile.answer(question, moved, {})
        assert (one.low, one.best, one.high) == (other.low, other.best, other.high)
        assert all(
            figure not in stand.history
            for row in rows
            if row.verdict == "reject"
            for figure in [row.figure]
            for stand in one.stands
        )


def test_the_flood_of_another_year_is_another_question() -> None:
    rows = [
        slide("a", 31, edtf="../2024-05-12", sentence="The flood at Tarn has killed 31."),
        slide("a", 118, edtf="1987", sentence="The flood of 1987 at Tarn killed 118."),
    ]
    assert len(reconcile.questions(rows, {})) == 2


def test_a_toll_of_the_war_is_no_toll_of_the_incident() -> None:
    rows = [slide(f"{n}{low}", low, chain=("Weiss",)) for n in "ab" for low in (471, 3478)]
    assert sorted(len(question.figures) for question in reconcile.questions(rows, {})) == [2, 2]


def test_a_label_never_takes_an_odd_one_for_all() -> None:
    rows = [slide("a", 12), slide("b", 12), slide("c", 12, counted="rescuers", counted_sector="MED")]
    assert only(rows).label == "people killed, Tarn, 11 May 2024"
