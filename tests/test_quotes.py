"""One quotation in several reports, and what became of its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accordingto.quotes import edited
from accordingto.reconcile.quotes import Quotation, Quote, aligned, quotations, spoken

SAID = "We could hear voices under the roof, and nobody went home that night"


def quote(report: str, words: str, day: str = "2025-06-15", speaker: str | None = "Ana Lopes") -> Quote:
    return Quote(f"claim-{report}", report, report, None, day, (speaker,) if speaker else (), words)


def only(*quotes: Quote) -> Quotation:
    (one,) = quotations(quotes)
    return one


def test_the_same_words_in_two_reports_are_one_quotation_whatever_their_case_and_commas() -> None:
    one = only(quote("a", SAID), quote("b", SAID.lower().replace(",", "")))
    assert (one.reports, one.changed) == (2, False)


def test_changed_cut_and_added_words_are_told_apart() -> None:
    one = only(
        quote("a", SAID),
        quote("b", SAID.replace("voices", "cries"), "2025-06-16"),
        quote("c", SAID.partition(",")[0], "2025-06-16"),
        quote("d", f"{SAID} in April", "2025-06-17"),
    )
    assert {version.quote.report: version.change for version in one.versions} == {
        "a": "same", "b": "changed", "c": "cut", "d": "added",
    }  # fmt: skip


def test_the_earliest_wording_is_the_one_others_are_held_against() -> None:
    one = only(quote("late", SAID.replace("voices", "cries"), "2025-07-01"), quote("early", SAID, "2025-06-01"))
    assert one.versions[0].quote.report == "early"


def test_other_words_of_one_speaker_are_another_quotation() -> None:
    other = "The bridge will be open again before the schools are"
    assert len(quotations([quote("a", SAID), quote("b", other)])) == 2


def test_what_changed_comes_before_what_did_not() -> None:
    plain = [quote(report, "The bridge will be open again before the schools are") for report in "abc"]
    found = quotations([*plain, quote("d", SAID), quote("e", SAID.replace("voices", "cries"), "2025-06-16")])
    assert [one.changed for one in found] == [True, False]


def test_the_words_between_marks_are_the_quotation_and_too_few_are_none() -> None:
    content = "“We have carried 33 people out,” Lopes said. “I will not take one back.”"
    assert spoken(content) == "We have carried 33 people out … I will not take one back."
    assert spoken("a “humanitarian pause”") == ""


def test_cut_and_added_words_are_marked_without_colours() -> None:
    words = edited(aligned("They saw, he said, two cars", "they saw he said three cars there")).plain
    assert words == "they saw he said [-two-] {+three+} cars {+there+}"


@given(st.lists(st.sampled_from(["river", "house", "night", "mud", "voice"]), min_size=1), st.data())
def test_both_wordings_can_be_read_off_the_edits(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(words))
    edits = aligned(" ".join(words), " ".join(other))
    assert " ".join(filter(None, (edit.before for edit in edits))) == " ".join(words)
    assert " ".join(filter(None, (edit.after for edit in edits))) == " ".join(other)


@given(st.permutations(range(4)))
def test_the_order_of_reports_changes_nothing(order: list[int]) -> None:
    held = [
        quote("a", SAID), quote("b", SAID.replace("voices", "cries"), "2025-06-16"),
        quote("c", SAID.partition(",")[0], "2025-06-16"), quote("d", "The bridge will be open again before May"),
    ]  # fmt: skip
    assert quotations([held[number] for number in order]) == quotations(held)
