"""The ledger written out: claims.jsonl, CSV, and what is withheld from both."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import figure, report, source, story, told, words

from accordingto import intake
from accordingto.ledger import Ledger
from accordingto.publish import chart, jsonl, marked, spark, table, wording
from accordingto.publish.masking import BLOCK, Mask
from accordingto.records import Claim, Report

NOT_KNOWN = {"byline": None, "fetched": None, "medium": None}


def lines(ledger: Ledger) -> list[dict[str, Any]]:
    out = io.StringIO()
    jsonl.write(ledger, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def cells(ledger: Ledger) -> list[dict[str, str]]:
    out = io.StringIO()
    table.write(ledger, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def masked(text: str, *others: str, title: str | None = None) -> str:
    """A report's text as it leaves the ledger, where the ledger holds others too."""
    held = [report(one, "2025-06-15", "Wire", title, name=f"{n}.txt") for n, one in enumerate((text, *others))]
    return Mask.over(lambda: held, lambda report: ()).text(text, held[0].id)


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    with told(tmp_path) as opened:
        yield opened


# claims.jsonl


def test_a_claim_a_line_with_the_fields_of_the_format(ledger: Ledger) -> None:
    rows = lines(ledger)
    assert len(rows) == 7
    first = rows[0]
    assert list(first)[:9] == ["id", "report", "content", "manner", "stance", "chain", "figures", "times", "places"]
    assert {"id", "name", "url", "title", "publisher", "published", "language", "sha256"} <= first["report"].keys()
    assert {"start", "end", "exact", "prefix", "suffix"} <= first["content"].keys()
    link = {"name", "kind", "role", "affiliation", "country", "hedge", "mention", "cue"}
    assert link == first["chain"][0].keys()
    said = {"id", "start", "end", "exact", "low", "high", "qualifier", "kind", "mode", "stance", "part_of"}
    assert said | {"counted", "doer", "weapon", "when", "where", "question"} == first["figures"][0].keys()
    assert {"edtf", "exact", "as_of"} <= first["figures"][0]["when"].keys()
    assert {"name", "geonames", "country", "lat", "lon", "precision", "exact"} <= first["figures"][0]["where"].keys()


def test_what_is_unknown_is_null(ledger: Ledger) -> None:
    first = lines(ledger)[0]
    assert NOT_KNOWN.items() <= first["report"].items()
    assert first["figures"][0]["high"] is None
    assert first["figures"][0]["where"]["geonames"] is None
    assert first["review"] is None


def test_every_offset_of_a_line_leads_to_its_words(ledger: Ledger) -> None:
    text = ""
    for row in lines(ledger):
        text = row["report"].get("text", text)
        anchors = [row["content"], *row["figures"]]
        anchors += [link[key] for link in row["chain"] for key in ("mention", "cue") if link[key]]
        assert all(text[one["start"] : one["end"]] == one["exact"] for one in anchors)


def test_the_text_of_a_report_stands_on_its_first_line_only(ledger: Ledger) -> None:
    assert [row["content"]["start"] for row in lines(ledger) if "text" in row["report"]] == [41, 0, 33]


def test_an_export_is_read_back_as_the_same_reports(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    with path.open("w", encoding="utf-8") as out:
        jsonl.write(ledger, out, unmask=True)
    back = [one for one in intake.reports([path]) if isinstance(one, Report)]
    assert [(one.id, one.text) for one in back] == [(one.id, one.text) for one in ledger.reports()]


def test_the_chain_runs_from_the_outlet_to_the_origin(ledger: Ledger) -> None:
    assert [link["name"] for link in lines(ledger)[1]["chain"]] == ["Radio Korran", "Ilse Tarvan"]


def test_a_figure_names_the_question_it_answers(ledger: Ledger) -> None:
    asked = {question.id for question in ledger.questions()}
    assert lines(ledger)[0]["figures"][0]["question"] in asked


def test_the_last_review_goes_with_the_claim(ledger: Ledger) -> None:
    claim = lines(ledger)[0]["id"]
    ledger.review(claim, "unsure", "R. Osk")
    ledger.review(claim, "accept", "R. Osk", note="heard the tape")
    assert lines(ledger)[0]["review"] | {"time": None} == {
        "verdict": "accept", "reviewer": "R. Osk", "time": None, "note": "heard the tape", "correction": None
    }  # fmt: skip


def test_a_broken_quotation_keeps_its_parts() -> None:
    held = report("“We dig,” she said, “and we find.”", "2025-06-15", "Wire")
    claim = Claim(words(held, "We dig,” she said, “and we find."), parts=((1, 8), (20, 32)))
    assert jsonl.claim(claim, held)["content"]["parts"] == [[1, 8], [20, 32]]


# CSV


def test_a_figure_a_row_under_documented_columns(ledger: Ledger) -> None:
    rows = cells(ledger)
    assert len(rows) == 8
    assert list(rows[0]) == list(table.COLUMNS)
    assert (rows[0]["low"], rows[0]["high"], rows[0]["origin"]) == ("12", "", "national disaster agency")
    assert rows[2]["chain"] == "Radio Korran ← Ilse Tarvan"


@pytest.mark.parametrize("words", ["=1+2", "+49", "-4", "@sum", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(words: str) -> None:
    assert table.cell(words) == "'" + words


@pytest.mark.parametrize("value", ["400", "about =1", 400, -4, None])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert table.cell(value) == value


# people at risk


def test_a_witness_leaves_the_ledger_without_a_name(ledger: Ledger) -> None:
    out = io.StringIO()
    jsonl.write(ledger, out)
    table.write(ledger, out)
    assert "Elling" not in out.getvalue()
    assert lines(ledger)[2]["chain"][0]["name"] == "[name withheld: testimony]"
    assert lines(ledger)[2]["chain"][0]["mention"]["exact"] == BLOCK * 12


def test_the_owner_may_ask_for_the_names(ledger: Ledger) -> None:
    out = io.StringIO()
    jsonl.write(ledger, out, unmask=True)
    assert "Marta Elling" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("“It fell,” said Marta Elling, a local witness. Elling wept.", ["Marta", "Elling"]),
        ("Eyewitnesses Omar Dahl and Bo Lind saw it.", ["Omar", "Dahl", "Bo", "Lind"]),
        ("A prisoner of war, Sergeant Tam Orlu, was shown.", ["Tam", "Orlu"]),
        ("One of the two prisoners of war, Tam Orlu, was shown.", ["Tam", "Orlu"]),
        ("The captured North Korean soldier Tam Orlu was shown.", ["Tam", "Orlu"]),
        ("The prisoner of war Tam Orlu was shown. Orlu is 26.", ["Tam", "Orlu"]),
        ("Tam Orlu, who was captured in May, spoke.", ["Tam", "Orlu"]),
        ("Jonas Pell, 9, died beside Mira Pell, aged 11.", ["Jonas", "Mira", "Pell"]),
        ("Nine-year-old Jonas was found.", ["Jonas"]),
        ("The 9-year-old boy Jonas Pell was found.", ["Jonas", "Pell"]),
        ("Lena Varr, a 15-year-old girl from Halvena, is missing.", ["Lena", "Varr"]),
        ("Rape survivor Ana Ruth spoke to us.", ["Ana", "Ruth"]),
        ("Asylum seeker Ana Ruth spoke to us.", ["Ana", "Ruth"]),
        ("A witness who gave her name as Ana spoke.", ["Ana"]),
    ],
)
def test_a_name_beside_such_words_is_withheld(text: str, hidden: list[str]) -> None:
    shown = masked(text)
    assert [name for name in hidden if name in shown] == []
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Davit Oruma, head of the children's hospital, counted nine children.",
        "Including nine children, Davit Oruma said.",
        "Child psychologist Eva Marn spoke of two prisoners of war.",
        "Davit Oruma, 52, a lawmaker, interviewed a prisoner of war.",
        "Witnesses told Reuters on Monday. On May 4, 12 people were found.",
        "Twenty-five-year-old Robert Pell is no child.",
        "The Refugee Agency Fund and the Girl Scouts Club spoke of refugees President Holm wants.",
        "North Koreans who surrendered were fed; a 16-year-old Palestinian was shot.",
    ],
)
def test_officials_and_nations_keep_their_names(text: str) -> None:
    assert masked(text) == text


def test_a_name_withheld_in_one_report_is_withheld_in_all() -> None:
    assert "Elling" not in masked(
        "Marta Elling owns the mill. Elling sold it.", "A witness, said Marta Elling, a witness."
    )


def test_a_relative_of_a_hostage_is_not_said_to_be_one() -> None:
    held = report("Marta Elling, whose son was taken hostage in May, has not slept since.", "2025-06-15", "Wire")
    shown = Mask.over(lambda: [held], lambda report: ()).name("Marta Elling", held.id)
    assert shown == "[name withheld: captivity]"


def test_a_shared_surname_stays_where_the_whole_name_is_not() -> None:
    assert masked("Mayor Jon Elling spoke.", "So said Marta Elling, a witness.") == "Mayor Jon Elling spoke."


def test_an_address_that_spells_the_name_is_left_out() -> None:
    held = report("So said Marta Elling, a witness.", "2025-06-15", "Wire", url="https://w.example/marta-elling-speaks")
    mask = Mask.over(lambda: [held], lambda report: ())
    assert mask.report(held).url is None
    assert mask.address("https://w.example/landslide") == "https://w.example/landslide"


def test_the_role_of_a_source_is_enough() -> None:
    held = report("She is hiding. Ana Ruth said that 12 died.", "2025-06-15", "Wire")
    claim = Claim(
        words(held, "12 died"), (source(held, "Ana Ruth", "Ana Ruth", "said", kind="person", role="a rape survivor"),)
    )
    assert "Ana" not in Mask.over(lambda: [held], lambda report: [claim]).text(held.text, held.id)


@given(st.text(alphabet="ab AB,.9\n-é█ÀЖ", max_size=60))
def test_masking_never_moves_a_character(text: str) -> None:
    mask = Mask({("ab", "ba"): "witness"}, {"x": {"ab": "witness"}})
    shown = mask.text(text, "x")
    assert len(shown) == len(text)
    assert all(new in (old, BLOCK) for old, new in zip(text, shown, strict=True))


# wording, marked text, charts


@pytest.mark.parametrize(
    ("edtf", "spoken"),
    [
        ("2025-03-05", "5 March 2025"),
        ("2024-10", "October 2024"),
        ("../2025-03-05", "up to 5 March 2025"),
        ("2025-01/2025-02", "January 2025 to February 2025"),
        ("2025-06-14/2025-06-15", "14–15 June 2025"),
        ("2025-06-30/2025-07-01", "30 June 2025 to 1 July 2025"),
        ("2025-03~/2025-04", "about March 2025 to April 2025"),
        ("2025-03~", "about March 2025"),
        ("2025-06/..", "since June 2025"),
        ("2025-21", "2025"),
        ("odd", "odd"),
        (None, ""),
    ],
)
def test_times_are_written_for_people(edtf: str | None, spoken: str) -> None:
    assert wording.time(edtf) == spoken


@given(st.text(alphabet="ab \n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_cutting_a_text_into_marked_pieces_loses_no_letter(text: str, spans: list[tuple[int, int]]) -> None:
    kept = [(a, b) for a, b in spans if a < b <= len(text)]
    rows: list[dict[str, Any]] = [
        {"id": str(n), "content": {"start": a, "end": b}, "chain": [], "figures": [], "times": [], "places": []}
        for n, (a, b) in enumerate(kept)
    ]
    pieces = [one for paragraph in marked.paragraphs(text, rows) for one in paragraph]
    assert "".join(one.words for one in pieces).replace(" ", "") == "".join(text.split())
    marked_letters = sum(len(one.words.replace(" ", "")) for one in pieces if one.layers)
    assert marked_letters == len({n for a, b in kept for n in range(a, b) if not text[n].isspace()})


def test_overlapping_marks_share_their_words() -> None:
    held, claims = story()[0]
    rows = [jsonl.claim(claim, held) for claim in claims]
    pieces = [one for paragraph in marked.paragraphs(held.text, rows) for one in paragraph]
    figures = [one for one in pieces if one.words == "At least 12"]
    assert figures[0].layers == ("content", "figure")
    assert len(figures[0].anchors) == 2


def test_a_chart_is_well_formed_and_says_its_figures_in_words() -> None:
    from datetime import date

    points = [
        chart.Point("A", "agency <1>", date(2025, 6, 15), 12, None),
        chart.Point("A", "agency <1>", date(2025, 6, 16), 27, 27),
        chart.Point("B", "governor & co", date(2025, 6, 15), None, 19),
    ]
    drawn = chart.history(points, (12, 27, None), 340, 240)
    titles = [one.text for one in ElementTree.fromstring(drawn).iter("title")]
    assert "A, agency <1>, 15 June 2025: 12 or more" in titles
    assert drawn == chart.history(points, (12, 27, None), 340, 240)


@pytest.mark.parametrize("answer", [(None, None, None), (0, 0, 0), (5, 5, 5), (None, 7, 9), (3, 4, None)])
def test_a_strip_stays_inside_its_picture(answer: tuple[int | None, int | None, int | None]) -> None:
    drawn = spark.strip(*answer)
    marks = ElementTree.fromstring(drawn).iter() if drawn else []
    assert all(0 <= float(mark.attrib["cx"]) <= 120 for mark in marks if "cx" in mark.attrib)


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("killed, to 2025-03-05", "killed, to 5 March 2025"),
        ("killed, 2025-06-14/2025-06-15", "killed, 14–15 June 2025"),
        ("killed, 2025-01/2025-02.", "killed, January 2025 to February 2025."),
        ("wire-2025-03-05.txt gives 12", "wire-2025-03-05.txt gives 12"),
        ("in 2025, 12-13 of 5000", "in 2025, 12-13 of 5000"),
    ],
)
def test_dates_within_words_are_written_out(words: str, spoken: str) -> None:
    assert wording.dated(words) == spoken


def test_figures_without_a_date_are_left_out_of_the_table_of_days() -> None:
    assert wording.day(None) == "no date"
    assert wording.bounds(None, None) == "unknown"


def test_a_report_without_a_publisher_is_exported(tmp_path: Path) -> None:
    held = Report("x.txt", "In all 12 people died.", "0" * 64, language="en")
    claim = Claim(words(held, held.text), figures=(figure(held, "12 people", 12, 12, "killed", when="2025"),))
    with told(tmp_path, [(held, [claim])]) as ledger:
        assert lines(ledger)[0]["report"]["publisher"] is None
        assert cells(ledger)[0]["publisher"] == ""
