"""The queue: what comes first, what a decision does, what is undone, what survives a new reading, and blind coding."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from telling import story, told
from test_cli import run

from accordingto.errors import InputError, NotFound
from accordingto.ledger import Ledger
from accordingto.records import Claim, Evidence, Report
from accordingto.review import corrections, keys
from accordingto.review.agreement import agreement, alpha, settle
from accordingto.review.desk import Desk
from accordingto.review.weights import BEST, NOTHING
from accordingto.store import rows


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with told(tmp_path, story()) as opened:
        yield opened


def queue(desk: Desk, words: str = "") -> list[str]:
    """The words of the figures in the order they come."""
    found, figure = list[str](), desk.after(None, words)
    while figure:
        found.append(desk.card(figure).entry.exact)
        figure = desk.after(figure, words)
    return found


def named(ledger: Ledger, exact: str) -> str:
    return next(entry.figure for entry in ledger.entries() if entry.exact == exact)


def decided(ledger: Ledger, exact: str) -> tuple[int | None, str | None]:
    (entry,) = ledger.entries([named(ledger, exact)])
    return entry.low, entry.verdict


# the order


def test_figures_that_move_an_answer_come_before_those_that_move_none(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    cards = [desk.card(named(ledger, exact)) for exact in queue(desk)]
    moves = [card.weight.moves for card in cards if card.weight]
    assert len(moves) == 8
    assert moves == sorted(moves, reverse=True)
    assert moves[0] == BEST and moves[-1] == NOTHING


def test_a_figure_its_origin_took_back_moves_nothing(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    desk.open()
    weights = {exact: desk.card(named(ledger, exact)).weight for exact in ("At least 12", "24 people", "33")}
    assert {exact: weight.moves for exact, weight in weights.items() if weight} == {
        "At least 12": NOTHING, "24 people": BEST, "33": BEST
    }  # fmt: skip


def test_of_figures_that_move_as_much_the_doubted_one_comes_first(ledger: Ledger) -> None:
    unmoved = [exact for exact in queue(Desk(ledger, "Ada")) if exact in ("At least 12", "19 bodies", "27")]
    assert unmoved[0] == "19 bodies"


def test_standing_in_a_contradiction_is_a_doubt(ledger: Ledger) -> None:
    desk, figure = Desk(ledger, "Ada"), named(ledger, "24 people")
    desk.open()
    before = desk.card(figure).weight
    assert any(figure in found.figures for found in ledger.check())
    after = desk.card(figure).weight
    assert before and after and after.doubts == before.doubts + 1


def test_words_narrow_the_queue(ledger: Ledger) -> None:
    assert queue(Desk(ledger, "Ada"), "bodies recov") == ["19 bodies"]


# deciding


def test_what_is_decided_leaves_the_queue_and_comes_back_when_it_is_undone(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    whole = queue(desk)
    desk.decide(named(ledger, whole[0]), "insufficient")
    assert queue(desk) == whole[1:] and desk.counts() == (7, 1)
    taken = desk.undo()
    assert taken and taken.verdict == "insufficient"
    assert queue(desk) == whole and desk.counts() == (8, 0)


def test_an_undo_adds_a_withdrawal_and_overwrites_nothing(ledger: Ledger) -> None:
    desk, figure = Desk(ledger, "Ada"), named(ledger, "33")
    desk.decide(figure, "accept", note="heard it")
    desk.decide(figure, "reject")
    desk.undo()
    assert [one.verdict for one in ledger.reviews(figure)] == ["accept", "reject", "withdraw"]
    assert decided(ledger, "33") == (33, "accept")


def test_only_ones_own_decisions_are_undone(ledger: Ledger) -> None:
    figure = named(ledger, "33")
    Desk(ledger, "Ada").decide(figure, "reject")
    assert Desk(ledger, "Bo").undo() is None
    assert decided(ledger, "33") == (33, "reject")


def test_rejecting_a_figure_makes_its_question_be_weighed_anew(ledger: Ledger) -> None:
    desk = Desk(ledger, "Ada")
    desk.open()
    desk.decide(named(ledger, "24 people"), "reject")
    weight = desk.card(named(ledger, "27")).weight
    assert weight and weight.moves == BEST


def test_who_decides_second_is_told_what_the_first_said(ledger: Ledger) -> None:
    ada, bo = Desk(ledger, "Ada"), Desk(ledger, "Bo")
    figure = named(ledger, "33")
    seen = bo.card(figure).seen
    ada.decide(figure, "reject", note="own list", seen=ada.card(figure).seen)
    meanwhile = bo.decide(figure, "accept", seen=seen).meanwhile
    assert [(one.reviewer, one.verdict, one.note) for one in meanwhile] == [("Ada", "reject", "own list")]
    assert [one.verdict for one in ledger.reviews(figure)] == ["reject", "accept"]


# correcting


def test_a_corrected_number_and_source_stand_in_the_answers_until_they_are_withdrawn(ledger: Ledger) -> None:
    desk, figure = Desk(ledger, "Ada"), named(ledger, "33")
    desk.decide(figure, "correct", correction="number=38 source=Mayor Odo Lind")
    (answer,) = (one for one in ledger.ask("people killed") if figure in one.question.figures)
    assert answer.high == 38 and any(stand.origin.name.endswith("Odo Lind") for stand in answer.stands)
    Desk(ledger, "Bo").decide(figure, "accept")
    assert decided(ledger, "33") == (38, "accept"), "accepting means the figure as it was shown"
    desk.undo()
    assert decided(ledger, "33") == (33, "accept")


def test_corrections_of_two_fields_by_two_people_add_up(ledger: Ledger) -> None:
    figure = named(ledger, "33")
    ledger.review(figure, "correct", "Ada", correction={"number": "38"})
    ledger.review(figure, "correct", "Bo", correction={"kind": "wounded"})
    (entry,) = ledger.entries([figure])
    assert (entry.low, entry.kind) == (38, "wounded")


def test_a_figure_corrected_to_another_kind_answers_another_question(ledger: Ledger) -> None:
    figure = named(ledger, "33")
    before = ledger.question_of(figure)
    ledger.review(figure, "correct", "Ada", correction={"kind": "wounded"})
    after = ledger.question_of(figure)
    assert before and after and (before.kind, after.kind) == ("killed", "wounded")


def test_a_corrected_place_brings_its_point(ledger: Ledger) -> None:
    figure = named(ledger, "33")
    ledger.review(figure, "correct", "Ada", correction={"place": "Kursk"})
    (entry,) = ledger.entries([figure])
    assert (entry.place, entry.place_country, round(entry.lat or 0)) == ("Kursk", "RU", 52)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("120", "names no field"),
        ("number=many", "give 120, 100-120"),
        ("number=120-100", "ends before it begins"),
        ("kind=sad", "the kind 'sad' is not known"),
        ("time=yesterday", "give 2025-03-05"),
        ("colour=red", "names no field"),
    ],
)
def test_a_correction_that_means_nothing_is_refused(ledger: Ledger, given: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        ledger.review(named(ledger, "33"), "correct", "Ada", correction=given)
    assert ledger.reviews() == []


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [("1,200", 1200, 1200), ("100-120", 100, 120), ("100 – 120", 100, 120), ("100-", 100, None), ("-300", None, 300)],
)
def test_numbers_are_written_as_people_write_bounds(ledger: Ledger, given: str, low: int, high: int) -> None:
    (entry,) = ledger.entries([named(ledger, "33")])
    corrected = corrections.applied(entry, [corrections.checked({"number": given})])
    assert (corrected.low, corrected.high) == (low, high)


# a new reading


def again(ledger: Ledger, report: Report, claims: list[Claim]) -> None:
    ledger._store.save([rows.rows(report, claims, "a better reader")], again=True)


def wider(report: Report, claim: Claim) -> Claim:
    """The claim as a reader finds it that ends figures a word later."""
    figures = tuple(
        replace(one, evidence=Evidence.of(report, one.evidence.start, one.evidence.end + 1)) for one in claim.figures
    )
    return replace(claim, figures=figures)


def test_a_decision_follows_its_words_to_what_a_better_reader_found(ledger: Ledger) -> None:
    report, claims = story()[2]
    ledger.review(named(ledger, "24 people"), "reject", "Ada", note="a misprint")
    again(ledger, report, [wider(report, claim) for claim in claims])
    (carried,) = ledger.reviews(named(ledger, "24 people "))
    assert (carried.verdict, carried.reviewer, carried.note, carried.refers) == ("reject", "Ada", "a misprint", 1)
    assert decided(ledger, "24 people ") == (24, "reject") and ledger.decisions.lost() == []


def test_a_correction_follows_too_and_the_question_with_it(ledger: Ledger) -> None:
    report, claims = story()[2]
    ledger.review(named(ledger, "24 people"), "correct", "Ada", correction={"kind": "wounded", "number": "25"})
    again(ledger, report, [wider(report, claim) for claim in claims])
    question = ledger.question_of(named(ledger, "24 people "))
    assert question and question.kind == "wounded" and decided(ledger, "24 people ") == (25, "correct")


def test_a_split_follows_its_figures(ledger: Ledger) -> None:
    report, claims = story()[2]
    ledger.review(named(ledger, "33"), "split", "Ada", correction=named(ledger, "24 people"))
    again(ledger, report, [wider(report, claim) for claim in claims])
    question = ledger.question_of(named(ledger, "33"))
    assert question and set(question.figures) == {named(ledger, "33"), named(ledger, "24 people ")}


def test_a_decision_goes_with_its_sentence_to_a_newer_version_of_the_page(ledger: Ledger) -> None:
    report, claims = story()[0]
    ledger.review(named(ledger, "about 40"), "unsure", "Ada")
    lead = "Correction: an earlier headline was wrong.\n\n"
    newer = replace(report, text=lead + report.text, sha256="newer")
    shifted = claims[0]
    content = Evidence.of(newer, shifted.content.start + len(lead), shifted.content.end + len(lead))
    figures = tuple(
        replace(one, evidence=Evidence.of(newer, one.evidence.start + len(lead), one.evidence.end + len(lead)))
        for one in shifted.figures
    )
    ledger.add(newer, [replace(shifted, content=content, chain=(), figures=figures)])
    found = {entry.verdict for entry in ledger.entries() if entry.exact == "about 40"}
    assert found == {"unsure"}


def test_a_decision_whose_figure_is_no_longer_read_is_listed_with_its_words(ledger: Ledger) -> None:
    report, claims = story()[2]
    ledger.review(named(ledger, "24 people"), "reject", "Ada")
    again(ledger, report, [replace(claim, figures=()) for claim in claims])
    (lost,) = ledger.decisions.lost()
    assert (lost[0].reviewer, lost[1]) == ("Ada", "24 people")
    again(ledger, report, claims)
    assert ledger.decisions.lost() == []


def test_a_ledger_of_before_has_its_verdicts_anchored(ledger: Ledger, tmp_path: Path) -> None:
    ledger.review(named(ledger, "24 people"), "reject", "Ada")
    path = ledger.path
    ledger.close()
    with sqlite3.connect(path) as file:
        for table in ("anchors", "queue", "unweighed", "sample_figures", "samples", "audit"):
            file.execute(f"DROP TABLE {table}")
        file.execute("DROP VIEW verdicts")
        file.execute("CREATE VIEW verdicts AS SELECT * FROM reviews")
        for index in ("reviews_by_refers", "reviews_by_reviewer", "reviews_by_sample"):
            file.execute(f"DROP INDEX {index}")
        for column in ("refers", "sample"):
            file.execute(f"ALTER TABLE reviews DROP COLUMN {column}")
        file.execute("PRAGMA user_version = 3")
    file.close()
    report, claims = story()[2]
    with Ledger.open(path) as newer:
        again(newer, report, [wider(report, claim) for claim in claims])
        assert decided(newer, "24 people ") == (24, "reject")
        assert len(queue(Desk(newer, "Ada"))) == 7


# coding blind


@pytest.fixture
def sampled(ledger: Ledger) -> Ledger:
    ledger.decisions.draw("pilot", 8, "Ada")
    return ledger


def test_a_sample_is_the_same_whoever_draws_it(sampled: Ledger, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with told(tmp_path / "other", story()) as other:
        assert other.decisions.draw("pilot", 8, "Bo") == sampled.decisions.sampled("pilot")


def test_a_coder_sees_neither_the_others_nor_what_was_decided(sampled: Ledger) -> None:
    figure = named(sampled, "33")
    sampled.review(figure, "correct", "Eve", correction={"number": "38"})
    Desk(sampled, "Ada", "pilot", "code").decide(figure, "reject")
    card = Desk(sampled, "Bo", "pilot", "code").card(figure)
    assert (card.entry.low, card.entry.verdict, card.reviews, card.codings) == (33, None, (), ())


def test_coding_blind_changes_no_answer_and_no_queue(sampled: Ledger) -> None:
    before = sampled.ask("people killed"), queue(Desk(sampled, "Ada"))
    Desk(sampled, "Ada", "pilot", "code").decide(named(sampled, "24 people"), "reject")
    assert (sampled.ask("people killed"), queue(Desk(sampled, "Ada"))) == before
    assert sampled.reviews() == []


def test_each_coder_has_the_whole_sample_to_do(sampled: Ledger) -> None:
    ada, bo = (Desk(sampled, name, "pilot", "code") for name in ("Ada", "Bo"))
    first = ada.after()
    assert first is not None
    ada.decide(first, "accept")
    assert ada.counts() == (7, 1) and bo.counts() == (8, 0) and bo.after() == first
    ada.undo()
    assert ada.counts() == (8, 0)


def code(ledger: Ledger, coder: str, *verdicts: str) -> None:
    for figure, verdict in zip(ledger.decisions.sampled("pilot"), verdicts, strict=False):
        name, _, given = verdict.partition(" ")
        Desk(ledger, coder, "pilot", "code").decide(figure, name, correction=given or None)


def alphas(ledger: Ledger) -> dict[str, float | None]:
    read = {entry.figure: entry for entry in ledger._store.entries(as_read=True)}
    found = agreement(read, ledger.decisions.codings("pilot"))
    return {one.field: one.alpha and round(one.alpha, 3) for one in found}


def test_alpha_is_the_one_krippendorff_gives_for_his_own_example() -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units."""
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]
    assert round(alpha(units) or 0, 3) == 0.743


def test_coders_who_say_the_same_agree_in_full_and_what_nobody_varies_has_no_alpha(sampled: Ledger) -> None:
    both = ["accept"] * 6, ["reject"] * 2
    for coder in ("Ada", "Bo"):
        code(sampled, coder, *both[0], *both[1])
    found = alphas(sampled)
    assert found["verdict"] == found["number"] == 1.0 and found["place"] is None


def test_a_correction_disagrees_in_its_field_alone(sampled: Ledger) -> None:
    code(sampled, "Ada", *["accept"] * 8)
    code(sampled, "Bo", "correct kind=wounded", *["accept"] * 7)
    found = alphas(sampled)
    assert found["verdict"] is None and found["number"] == 1.0
    assert found["kind"] is not None and found["kind"] < 1


def test_the_adjudicator_gets_what_the_coders_dispute_and_decides_it(sampled: Ledger) -> None:
    code(sampled, "Ada", *["accept"] * 8)
    code(sampled, "Bo", "reject", *["accept"] * 7)
    desk = Desk(sampled, "Cy", "pilot", "adjudicate")
    figure = desk.after()
    assert figure == sampled.decisions.sampled("pilot")[0]
    assert {(one.reviewer, one.verdict) for one in desk.card(figure).codings} == {("Ada", "accept"), ("Bo", "reject")}
    desk.decide(figure, "reject", note="Bo is right")
    assert desk.after() is None
    assert [one.verdict for one in sampled.reviews(figure)] == ["reject"]
    assert settle(sampled, "pilot", "Cy") == 7
    assert {entry.verdict for entry in sampled.entries()} == {"accept", "reject"}


def test_work_on_a_sample_nobody_drew_is_refused(ledger: Ledger) -> None:
    with pytest.raises(NotFound, match="no sample is called 'x'"):
        Desk(ledger, "Ada", "x", "code")


# keys


def test_keys_of_ones_own_take_the_place_of_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.toml"
    file.write_text('accept = "1"\nskip = "enter"\n')
    monkeypatch.setenv("ACCORDINGTO_KEYS", str(file))
    found = {one.act: one.key for one in keys.in_use()}
    assert (found["accept"], found["skip"], found["reject"]) == ("1", "enter", "x")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('accept = "x"', "have one key, 'x'"),
        ('accpet = "1"', "nothing is called 'accpet'"),
        ('accept = "shift+1"', "is no key"),
        ("accept = ", "expected lines like"),
    ],
)
def test_a_file_of_keys_that_is_wrong_is_told(
    written: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(written)
    monkeypatch.setenv("ACCORDINGTO_KEYS", str(file))
    with pytest.raises(InputError, match=says):
        keys.in_use()


# through the shell


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    with told(tmp_path, story()) as opened:
        opened.reconcile()
        return opened.path


def test_in_a_pipe_the_queue_is_listed_and_told_how_to_decide(shelf: Path) -> None:
    done = run("review", "--most", "2", ledger=shelf)
    assert done.returncode == 0 and done.stdout.endswith("8 to decide, 0 decided\n")
    assert "[moves the best figure" in done.stdout and done.stdout.count("“") == 2
    assert "accordingto review ID accept|reject" in done.stderr


def test_a_decision_and_its_undo_through_the_shell(shelf: Path) -> None:
    first = json.loads(run("review", "--json", "--most", "1", ledger=shelf).stdout)["figures"][0]["figure"]["figure"]
    words = ("review", first, "correct", "number=25", "source=Mayor Odo Lind", "--reviewer", "Ada", "--note", "typo")
    assert run(*words, ledger=shelf).returncode == 0
    log = run("review", "log", ledger=shelf).stdout
    assert "correct number 25, source Mayor Odo Lind" in log and "by Ada" in log and "(typo)" in log
    assert run("review", "undo", "--reviewer", "Ada", ledger=shelf).returncode == 0
    assert "withdraws 1" in run("review", "log", ledger=shelf).stdout
    assert run("review", "undo", "--reviewer", "Ada", ledger=shelf).returncode == 1


def test_options_before_the_verb_hold_for_it(shelf: Path) -> None:
    first = json.loads(run("review", "--json", "--most", "1", ledger=shelf).stdout)["figures"][0]["figure"]["figure"]
    assert run("review", "--ledger", str(shelf), "--reviewer", "Ada", first, "accept").returncode == 0
    assert "by Ada" in run("review", "log", ledger=shelf).stdout


def test_two_coders_an_agreement_and_an_adjudicator_through_the_shell(shelf: Path) -> None:
    assert run("review", "agreement", ledger=shelf).returncode == 1
    assert run("review", "sample", "2", "--name", "pilot", ledger=shelf).stdout == "pilot\n"
    listed = run("review", "--sample", "pilot", "--reviewer", "Ada", "--json", ledger=shelf)
    one, other = (found["figure"]["figure"] for found in json.loads(listed.stdout)["figures"])
    for coder, figure, verdict in (("Ada", one, "accept"), ("Ada", other, "accept"), ("Bo", one, "reject")):
        assert run("review", figure, verdict, "--sample", "pilot", "--reviewer", coder, ledger=shelf).returncode == 0
    assert run("review", other, "accept", "--sample", "pilot", "--reviewer", "Bo", ledger=shelf).returncode == 0
    said = run("review", "agreement", ledger=shelf).stdout
    assert said.startswith("pilot: 2 figures, coded by Ada, Bo\n") and "0.00" in said
    disputed = run("review", "adjudicate", "--agreed", "--reviewer", "Cy", ledger=shelf)
    assert "1 figure decided as all coders said" in disputed.stderr
    assert one[:8] in disputed.stdout and other[:8] not in disputed.stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("review", "ffffffffffffffff", "accept"), 1, "no report, claim"),
        (("review", "ffff", "frown"), 2, "'frown' is not one of"),
        (("review", "undo", "--reviewer", "Nobody"), 1, "Nobody has decided nothing"),
        (("review", "--sample", "pilot"), 1, "no sample is called 'pilot'"),
        (("review", "sample", "0"), 2, "0 is not in the range"),
        (("review", "adjudicate"), 1, "no sample was drawn yet"),
        (("review", "log"), 1, "nothing was decided yet"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(shelf: Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = run(*words, ledger=shelf)
    assert done.returncode == code and says in done.stderr and "Traceback" not in done.stderr
