"""What does not add up, and what only seems not to."""

from __future__ import annotations

from typing import Any

import pytest
from rows import entry

from accordingto import check, reconcile
from accordingto.records import Discrepancy, Entry


def slide(report: str, low: int | None, **said: Any) -> Entry:
    return entry(report, low, **({"place": "Tarn", "edtf": "2024-05-11", "place_precision": 1} | said))


def found(*rows: Entry, copies: dict[str, str] | None = None) -> list[Discrepancy]:
    return check.discrepancies(reconcile.questions(rows, copies or {}), rows, copies or {})


def checks(*rows: Entry) -> list[str]:
    return [discrepancy.check for discrepancy in found(*rows)]


def test_two_origins_with_no_common_number_disagree() -> None:
    (one,) = found(slide("a", 63, chain=("Weiss",)), slide("b", 400, chain=("Berg",)))
    assert one.check == "origins-disagree"
    assert one.amount == 337
    assert all(
        word in one.sentence
        for word in ("Weiss", "Berg", "63", "400", "“In all 63 were counted.”", "“In all 400 were counted.”")
    )


@pytest.mark.parametrize(
    ("low", "high", "qualifier"),
    [(100, None, "at least"), (None, 300, "up to"), (310, 310, "about"), (200, 999, None)],
)
def test_bounds_that_leave_room_do_not_contradict(low: int | None, high: int | None, qualifier: str | None) -> None:
    vague = slide("b", low, high=high, qualifier=qualifier, chain=("Berg",), exact="hundreds")
    assert found(slide("a", 300, chain=("Weiss",)), vague) == []


def test_growth_over_days_is_no_contradiction() -> None:
    assert found(slide("a", 9, chain=("Weiss",)), slide("b", 31, chain=("Berg",), published="2024-05-14")) == []


def test_two_outlets_with_one_source_do_not_disagree_with_each_other() -> None:
    assert found(slide("a", 31, chain=("Weiss",)), slide("b", 31, chain=("Reuters", "Weiss"))) == []


def test_one_origin_with_two_figures_in_one_report_is_found() -> None:
    rows = slide("a", 63, chain=("Weiss",)), slide("a", 89, chain=("Weiss",), sentence="It is 89, Weiss said.")
    assert checks(*rows) == ["origin-differs"]


def test_a_revision_told_as_one_is_no_contradiction() -> None:
    told = "The ministry raised the toll to 89 from 63."
    assert found(slide("a", 63, chain=("Weiss",), sentence=told), slide("a", 89, chain=("Weiss",), sentence=told)) == []


def test_a_total_that_falls_is_found() -> None:
    (one,) = found(slide("a", 31, chain=("Weiss",)), slide("b", 28, chain=("Weiss",), published="2024-05-15"))
    assert (one.check, one.amount) == ("total-falls", 3)


def test_the_missing_may_become_fewer() -> None:
    before = slide("a", 212, kind="missing", chain=("Weiss",))
    assert found(before, slide("b", 57, kind="missing", chain=("Weiss",), published="2024-05-15")) == []


def test_a_part_larger_than_its_whole_is_found() -> None:
    told = "2,900 sleep in the halls; 3,100 of them are women and children."
    rows = [
        slide("a", low, mode=mode, sentence=told, chain=("Weiss",)) for low, mode in ((2900, "total"), (3100, "part"))
    ]
    assert checks(*rows) == ["part-exceeds-whole"]


def test_parts_that_make_more_than_their_whole_are_found() -> None:
    told = "Dead: 31, namely 17 in Velm, 9 in Brast and 8 in Drav."
    numbers = ((31, "total"), (17, "part"), (9, "part"), (8, "part"))
    rows = [slide("a", low, mode=mode, sentence=told, chain=("Weiss",)) for low, mode in numbers]
    (one,) = found(*rows)
    assert (one.check, one.amount) == ("parts-do-not-sum", 3)


def test_parts_that_leave_some_over_are_fine_unless_said_to_be_all() -> None:
    told = "Of 31 dead, 17 were found in Velm and 9 in Brast."
    numbers = ((31, "total"), (17, "part"), (9, "part"))
    assert found(*(slide("a", low, mode=mode, sentence=told) for low, mode in numbers)) == []


def test_a_qualifier_lost_between_copies_is_found() -> None:
    rows = [
        slide("a", None, high=200, qualifier="up to", chain=("Weiss",), exact="200"),
        slide("b", 200, chain=("Weiss",)),
    ]
    assert [one.check for one in found(*rows, copies={"a": "a", "b": "a"})] == ["qualifier-changed"]


def test_a_figure_of_days_after_its_report_is_found() -> None:
    assert checks(slide("a", 9, edtf="2024-05-20")) == ["dated-after-report"]


def test_a_plan_may_lie_ahead() -> None:
    assert found(slide("a", 9, edtf="2024-05-20", stance="planned")) == []


def test_the_report_with_the_wrong_year_comes_first() -> None:
    sent = {"kind": "deployed", "counted": "North Korean soldiers", "counted_country": "KP", "counted_sector": "MIL"}
    rows = [
        entry("a", 11000, edtf="2024-10", published="2025-03-05", chain=("Budanov",), **sent),
        entry("b", 11000, edtf="2024-10", published="2025-03-06", chain=("Budanov",), **sent),
        entry("c", 11000, edtf="2023-10", published="2025-03-07", chain=("Budanov",), **sent),
    ]
    first = found(*rows)[0]
    assert first.check == "year-differs"
    assert first.sentence.startswith("c says 11,000 in October 2023, 2 reports say October 2024")


def test_rejected_and_denied_figures_contradict_nobody() -> None:
    rejected = slide("b", 400, chain=("Berg",), verdict="reject")
    denied = slide("c", 70, chain=("Holm",), stance="denied")
    assert found(slide("a", 63, chain=("Weiss",)), rejected, denied) == []


def test_a_crowded_question_gives_few_lines() -> None:
    rows = [slide(f"r{n}", 10 + 7 * n, chain=(f"Witness {chr(65 + n % 26)}{n}",)) for n in range(150)]
    assert 1 <= len(found(*rows)) <= 10


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [
        slide(f"r{n}", 10 + 7 * n, chain=(name,)) for n, name in enumerate(("Weiss", "Berg", "Holm", "Lund", "Moor"))
    ]
    assert found(*rows) == found(*reversed(rows))


def test_a_fall_its_report_tells_as_a_revision_is_a_mere_note() -> None:
    told = "The agency lowered the toll to 24 from 27."
    rows = [slide("a", low, chain=("Weiss",), sentence=told) for low in (24, 27)]
    (one,) = found(*rows)
    assert (one.check, one.severity, one.sentence.count("“")) == ("total-falls", 1, 1)


def test_the_injured_still_in_hospital_do_not_contradict_the_injured() -> None:
    told = "Of the 46 injured, 39 are still in hospital."
    rows = [slide("a", low, kind="wounded", chain=("Weiss",), sentence=told) for low in (46, 39)]
    assert found(*rows) == []


def test_a_plain_number_beside_at_least_is_a_change_between_copies_only() -> None:
    rows = slide("a", 58, chain=("Weiss",)), slide("b", 58, high=None, qualifier="at least", chain=("Weiss",))
    assert found(*rows) == []
    assert [one.check for one in found(*rows, copies={"a": "a", "b": "a"})] == ["qualifier-changed"]


def test_two_years_of_different_numbers_are_two_things() -> None:
    sent = {"kind": "deployed", "counted": "North Korean soldiers", "counted_country": "KP"}
    rows = [
        entry("a", 11000, edtf="2024-10", published="2025-03-05", **sent),
        entry("b", 10000, edtf="2023-10", published="2025-03-06", **sent),
    ]
    assert "year-differs" not in checks(*rows)
