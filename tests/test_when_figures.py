"""The time that belongs to a figure."""

from __future__ import annotations

from typing import Any

from accordingto import when
from accordingto.prose import Prose
from accordingto.records import Evidence, Figure, Report, When


def of(text: str, words: str, published: str | None = "2024-05-15", **fields: Any) -> When | None:
    report, prose = Report("a", text, "0", published=published, language="en"), Prose(text, "en")
    start = text.index(words)
    evidence = Evidence.of(report, start, start + len(words))
    figure = Figure(evidence, 12, 12, **({"kind": "killed"} | fields))
    return when.of(figure, when.times(report, prose), report, prose)


def test_the_day_of_saying_is_not_the_day_of_the_event() -> None:
    found = of("Police said on Monday that 12 people were killed on Friday.", "12 people")
    assert found and (found.edtf, found.as_of) == ("2024-05-10", "2024-05-13")


def test_a_day_of_saying_behind_the_figure_is_not_the_event() -> None:
    found = of("The mill burned on Sunday. It killed 12, police said on Tuesday.", "12")
    assert found and (found.edtf, found.as_of) == ("2024-05-12", "2024-05-14")


def test_an_event_told_before_is_carried_to_the_figure() -> None:
    found = of("A mill burned in Velm on Sunday. Nobody knows why. The fire killed 12 people.", "12 people")
    assert found and found.edtf == "2024-05-12"
    assert found.evidence and found.evidence.exact == "Sunday"


def test_the_main_event_may_be_dated_after_the_figure() -> None:
    found = of("The ministry on Wednesday lifted its count to 89.\n\nThe rockets came down on May 12.", "89")
    assert found and (found.edtf, found.as_of) == ("2024-05-12", "2024-05-15")


def test_since_reaches_to_the_day_of_telling() -> None:
    found = of("Fighting has killed 12 people since March 3.", "12 people")
    assert found and found.edtf == "2024-03-03/2024-05-15"


def test_since_an_event_that_a_day_dates_reaches_to_the_day_of_telling() -> None:
    for text in (
        "Shells have killed 12 people since the army attacked the town on May 3.",
        "Since the army attacked the town on May 3, 12 people have been killed.",
    ):
        found = of(text, "12 people")
        assert found and found.edtf == "2024-05-03/2024-05-15"


def test_what_is_told_of_the_day_behind_since_is_of_that_day() -> None:
    found = of("It was the first raid since an attack on May 3 that killed 12 people.", "12 people")
    assert found and found.edtf == "2024-05-03"
    found = of("It was the worst flood since 1953, when 12 people drowned.", "12 people")
    assert found and found.edtf == "1953"


def test_a_record_that_is_beaten_is_not_when_the_new_one_was_set() -> None:
    found = of("The flood on Sunday killed 31 people. Those 12 people died in the worst flood since 1953.", "12 people")
    assert found and found.edtf == "2024-05-12"


def test_a_running_total_without_an_event_is_open_at_its_start() -> None:
    found = of("So far 12 people have been killed, officials said on Tuesday.", "12 people")
    assert found and found.edtf == "../2024-05-14"


def test_a_running_total_of_an_event_runs_from_it() -> None:
    found = of("The dam broke on Saturday. So far 12 people have been killed.", "12 people")
    assert found and found.edtf == "2024-05-11/2024-05-15"


def test_the_missing_are_missing_on_the_day_of_telling() -> None:
    found = of("The dam broke on Saturday, and 12 people are still missing.", "12 people", kind="missing")
    assert found and found.edtf == "2024-05-15"


def test_a_plan_runs_from_the_day_of_telling_to_its_deadline() -> None:
    found = of("They plan to move 12 people by Friday.", "12 people", kind="evacuated", stance="planned")
    assert found and found.edtf == "2024-05-15/2024-05-17"


def test_a_plan_without_a_deadline_is_open_at_its_end() -> None:
    found = of("They plan to send 12 soldiers.", "12 soldiers", kind="deployed", stance="planned")
    assert found and found.edtf == "2024-05-15/.."


def test_an_undated_event_lies_a_day_before_the_report_or_on_it() -> None:
    found = of("A blast killed 12 people.", "12 people")
    assert found and (found.edtf, found.evidence, found.as_of) == ("2024-05-14/2024-05-15", None, "2024-05-15")


def test_an_earlier_disaster_keeps_its_own_year() -> None:
    found = of("The dam broke on Saturday. In the flood of 1987 it killed 12 people.", "12 people")
    assert found and found.edtf == "1987"


def test_nothing_known_is_none() -> None:
    assert of("A blast killed 12 people.", "12 people", None) is None


def test_a_verb_of_saying_behind_the_figure_dates_no_saying() -> None:
    found = of("In its May 7 raid the gang killed 12 people, according to officials there.", "12 people")
    assert found and found.edtf == "2024-05-07"


def test_a_day_before_a_verb_of_saying_is_when_it_was_said() -> None:
    found = of("The mill burned on May 11. A note by the army on Monday had mentioned 12 dead.", "12 dead")
    assert found and (found.edtf, found.as_of) == ("2024-05-11", "2024-05-13")


def test_a_count_given_earlier_is_of_the_day_before_at_the_latest() -> None:
    found = of("So far 12 are dead, said the governor, whose office earlier put the toll at 20.", "20")
    assert found and (found.edtf, found.as_of) == ("../2024-05-14", "2024-05-14")


def test_the_count_it_rose_from_is_older_than_the_new_one() -> None:
    text = "The death toll rose to 43 on Wednesday, up from 12."
    old, new = of(text, "12"), of(text, "43")
    assert old and new and old.as_of and new.as_of and old.as_of < new.as_of


def test_an_undated_event_lies_before_anyone_spoke_of_it() -> None:
    found = of("A blast killed 12 people. The army said on Monday that it was an accident.", "12 people")
    assert found and found.edtf == "2024-05-12/2024-05-15"


def test_a_war_that_nobody_dates_runs_to_the_day_of_telling() -> None:
    found = of("Some 12 people have been killed in the war.", "12 people")
    assert found and found.edtf == "../2024-05-15"


def test_the_perfect_of_one_happening_is_no_running_total() -> None:
    found = of("Some 12 people have been killed in a blast.", "12 people")
    assert found and found.edtf == "2024-05-14/2024-05-15"


def test_an_older_event_beside_a_figure_is_background() -> None:
    found = of("The dam broke on Monday. A flood on April 3 was worse. The army counted 12 dead.", "12 dead")
    assert found and found.edtf == "2024-05-13"


def test_the_day_a_list_reaches_to_is_no_event() -> None:
    found = of("Reports up to May 14.\n\nArmy: 12 people killed.\n\nThe raid was on May 12.", "12 people")
    assert found and found.edtf == "2024-05-12"


def test_a_deadline_before_the_report_leaves_the_plan_open() -> None:
    found = of("They plan to move 12 people by May 3.", "12 people", kind="evacuated", stance="planned")
    assert found and found.edtf == "2024-05-15/.."


def test_the_day_of_a_post_is_not_the_day_of_the_event() -> None:
    text = "The raid was on Sunday. A statement, posted on its channel on Monday, said 12 soldiers were killed."
    found = of(text, "12 soldiers")
    assert found and (found.edtf, found.as_of) == ("2024-05-12", "2024-05-13")


def test_a_war_counts_up_to_the_day_of_telling_whatever_is_told_beside_it() -> None:
    found = of("A shell fell on Monday. The war has claimed 12,000 lives.", "12,000 lives")
    assert found and found.edtf == "../2024-05-15"
    found = of("In the civil war, which has killed 12,000 people, nine died on Monday.", "12,000 people")
    assert found and found.edtf == "../2024-05-15"


def test_the_deadliest_day_of_a_war_is_a_day() -> None:
    found = of("It was the deadliest day of the war: 12 people were killed on Monday.", "12 people")
    assert found and found.edtf == "2024-05-13"


def test_two_days_joined_are_one_time() -> None:
    found = of("Shelling killed 12 people on Monday and Tuesday.", "12 people")
    assert found and found.edtf == "2024-05-13/2024-05-14"
    assert found.evidence and found.evidence.exact == "Monday and Tuesday"
    found = of("Nine died on Monday and 12 on Tuesday.", "12")
    assert found and found.edtf == "2024-05-14"


def test_since_something_happened_reaches_to_the_day_of_telling() -> None:
    found = of("Some 12 people have starved since the army closed the road in early 2024.", "12 people")
    assert found and found.edtf == "2024/2024-05-15"
    found = of("She was under pressure since 12 people died in a riot in March.", "12 people")
    assert found and found.edtf == "2024-03"
