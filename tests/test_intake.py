"""Bytes to reports: every ugly file of tests/reports becomes a report with its doubts, or one clear line."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto import intake
from accordingto.intake import Failure, dates, decoding, format, language
from accordingto.records import Report

UGLY = Path(__file__).parent / "reports"


def one(name: str) -> Report:
    (found,) = intake.reports([UGLY / name])
    assert isinstance(found, Report), found
    return found


def failure(given: str | Path) -> Failure:
    (found,) = intake.reports([given])
    assert isinstance(found, Failure), found
    assert "\n" not in found.message
    return found


def written(folder: Path, name: str, words: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


# plain text


def test_plain_text_is_taken_exactly_line_ends_included() -> None:
    report = one("windows-line-ends.txt")
    assert report.text.encode() == (UGLY / "windows-line-ends.txt").read_bytes()
    assert report.text.count("\r\n") == 2


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert one("byte-order-mark.txt").text.startswith("The river")
    assert one("utf-16.txt").text.startswith("The river")
    assert "encoding-guessed" not in one("utf-16.txt").doubts


def test_an_encoding_that_had_to_be_guessed_is_a_doubt() -> None:
    report = one("windows-1252.txt")
    assert "Orléans said on Monday that “at least 12 people”" in report.text
    assert "encoding-guessed" in report.doubts


def test_a_text_without_a_date_says_so() -> None:
    report = one("no-date.txt")
    assert report.published is None
    assert "no-date" in report.doubts


def test_a_date_in_the_name_of_a_file_is_its_date() -> None:
    report = one("2024-05-03-date-in-name.txt")
    assert report.published == "2024-05-03"
    assert report.doubts == ("date-from-name",)


@pytest.mark.parametrize("name", ["heading.txt", "fenced-heading.md"])
def test_a_heading_says_what_a_text_is_and_stays_in_it(name: str) -> None:
    report = one(name)
    assert (report.title, report.published, report.doubts) == ("Flood kills twelve", "2024-05-03", ())
    assert report.text.encode() == (UGLY / name).read_bytes()


def test_a_first_line_with_a_colon_is_not_a_heading(tmp_path: Path) -> None:
    text = "Title: a word that begins this report.\n\nDate: another one."
    (report,) = intake.reports([written(tmp_path, "a.txt", text)])
    assert isinstance(report, Report)
    assert report.title is None


def test_odd_quotation_marks_are_no_reason_to_refuse() -> None:
    assert one("unclosed-quote.txt").text.startswith("“We counted")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("empty.txt", "empty"),
        ("only-blanks.txt", "empty"),
        ("binary-named.txt", "not a text"),
        ("pdf-named.txt", "a PDF"),
        ("page-without-a-report.html", "no report found"),
        ("nowhere.txt", "no such file"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_reason(name: str, says: str) -> None:
    found = failure(UGLY / name)
    assert found.name == str(UGLY / name)
    assert says in found.message


def test_a_text_longer_than_any_report_is_refused_not_cut(tmp_path: Path) -> None:
    assert (
        "characters are too long" in failure(written(tmp_path, "long.txt", "a " * (format.CHARACTERS // 2 + 1))).message
    )


def test_fifty_megabytes_of_one_line_are_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "one-line.txt"
    with path.open("wb") as out:
        for _ in range(50):
            out.write(b"x" * 1_000_000)
    assert "too long for one report" in failure(path).message
    (found, report) = intake.reports([path.rename(tmp_path / "one-line.jsonl"), UGLY / "no-date.txt"])
    assert isinstance(found, Failure) and found.name.endswith("one-line.jsonl:1")
    assert isinstance(report, Report)


# language


def test_a_language_that_cannot_be_read_is_kept_and_said() -> None:
    for name, code in (("french.txt", "fr"), ("korean.txt", "ko")):
        report = one(name)
        assert report.language == code
        assert "unsupported-language" in report.doubts


def test_a_text_too_short_to_tell_has_no_language_and_says_so() -> None:
    report = one("too-short-to-tell.txt")
    assert report.language is None
    assert "language-unknown" in report.doubts


def test_english_is_recognised_in_capitals_and_without_a_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise AssertionError("the classifier was asked")

    monkeypatch.setattr(language, "_classifier", fail)
    assert language.code_of("THE ARMY SAID THAT TWELVE OF THE SOLDIERS WERE KILLED IN THE NORTH OF THE COUNTRY") == "en"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "de",
            "Der Minister sagte am Montag in Berlin, dass bei dem Angriff mindestens zwölf Menschen getötet wurden.",
        ),
        (
            "es",
            "El ministro dijo el lunes que al menos doce personas murieron y cuarenta resultaron heridas en la zona.",
        ),
        ("nl", "De minister zei maandag dat er minstens twaalf mensen om het leven zijn gekomen bij de overstroming."),
        ("uk", "Міністерство повідомило в понеділок, що внаслідок повені загинули щонайменше дванадцять людей."),
    ],
)
def test_other_languages_are_not_taken_for_english(code: str, text: str) -> None:
    assert language.code_of(text) == code


# pages


def test_a_page_keeps_captions_tables_and_lists_and_leaves_readers_out() -> None:
    text = one("page-with-comments.html").text
    for words in ("At least 12 people", "Some 40 houses", "North bank | 7", "3 bridges lost", "140 people"):
        assert words in text
    assert "900" not in text
    assert "Copyright" not in text
    assert text.count("Flood kills 12 in Orlava") == 1


def test_a_page_knows_its_title_date_author_outlet_and_address() -> None:
    report = one("page-with-comments.html")
    assert (report.title, report.published, report.byline) == ("Flood kills 12 in Orlava", "2024-05-03", "Jan Novak")
    assert (report.publisher, report.url) == ("The Valley Post", "https://valley.example/2024/flood")
    assert report.medium == "webpage"


def test_a_title_the_text_lacks_becomes_its_first_paragraph() -> None:
    text = one("title-only-in-head.html").text
    assert text.startswith("Flood kills 12 in Orlava\nThe river burst")


def test_a_page_is_decoded_as_it_declares() -> None:
    report = one("declared-latin-1.html")
    assert "The mayor of Orléans" in report.text
    assert report.doubts == ()


def test_the_same_page_gives_the_same_report() -> None:
    assert one("page-with-comments.html") == one("page-with-comments.html")


# JSON lines


def test_a_bad_line_is_named_and_the_others_go_on() -> None:
    found = list(intake.reports([UGLY / "bad-lines.jsonl"]))
    assert [r.name for r in found if isinstance(r, Report)] == ["one", "seven", "nine"]
    assert [f.name.rsplit(":")[-1] for f in found if isinstance(f, Failure)] == ["2", "4", "5", "6", "8"]


def test_a_json_line_brings_its_fields_under_any_of_their_names() -> None:
    first, second, third = (r for r in intake.reports([UGLY / "bad-lines.jsonl"]) if isinstance(r, Report))
    assert (first.name, first.title, first.publisher, first.published) == (
        "one",
        "Flood",
        "The Valley Post",
        "2024-05-03",
    )
    assert (second.publisher, second.published) == ("valley.example", "2024-05-03T10:30:00")
    assert third.published is None and "no-date" in third.doubts, "03/04/2024 is two dates"


def test_half_a_character_is_replaced_and_doubted() -> None:
    report = one("half-a-character.jsonl")
    assert report.text.encode().startswith("The \N{REPLACEMENT CHARACTER} ministry".encode())
    assert "broken-characters" in report.doubts


def test_a_json_file_may_hold_one_object_or_a_list() -> None:
    assert one("one-object.json").publisher == "valley.example"
    found = list(intake.reports([UGLY / "list-of-objects.json"]))
    assert [type(item) for item in found] == [Report, Report, Failure]


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jsonl"
    os.mkfifo(path)
    line = json.dumps({"id": "a", "text": "The ministry said that 12 people were killed."}).encode() + b"\n"
    keeper = os.open(path, os.O_RDWR)
    try:
        os.write(keeper, line)
        found = next(iter(intake.reports([path])))  # would wait for ever if the whole stream were read
    finally:
        os.close(keeper)
    assert isinstance(found, Report) and found.name == "a"


# the ledger's own export


def exported(**more: object) -> str:
    report = Report("a.txt", "The ministry said 12 people were killed.", "00", published="2024-05-03", language="en")
    told = {"id": report.id, "name": "a.txt", "sha256": "00", "published": "2024-05-03", "language": "en", **more}
    return json.dumps({"id": "c", "report": told, "content": {"start": 0, "end": 3, "exact": "The"}, "figures": []})


def test_an_exported_claim_with_its_text_gives_its_report_back_once(tmp_path: Path) -> None:
    lines = "\n".join([exported(text="The ministry said 12 people were killed."), exported(), exported()])
    (report,) = intake.reports([written(tmp_path, "claims.jsonl", lines)])
    assert report == Report(
        "a.txt", "The ministry said 12 people were killed.", "00", published="2024-05-03", language="en"
    )


def test_an_exported_claim_without_its_text_is_refused_once(tmp_path: Path) -> None:
    path = written(tmp_path, "claims.jsonl", exported() + "\n" + exported())
    assert "without the report's text" in failure(path).message


def test_an_exported_report_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "claims.jsonl", exported(text="The ministry said 12.", published="2023-05-03"))
    assert "changed since it was exported" in failure(path).message


def test_an_exported_report_with_fields_that_are_no_text_is_refused(tmp_path: Path) -> None:
    for odd in ({"published": 5}, {"title": {"a": 1}}, {"doubts": [1]}, {"byline": "\ud83d"}):
        path = written(tmp_path, "claims.jsonl", exported(text="The ministry said 12.", **odd))
        assert "no text" in failure(path).message


# inputs


@pytest.mark.skipif(sys.platform != "linux", reason="needs names made of any bytes")
def test_a_name_that_is_no_text_becomes_one(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    Path(os.fsdecode(path)).write_text("The ministry said that 12 of them were killed.")
    (report,) = intake.reports(tmp_path)
    assert report.name == "caf\N{REPLACEMENT CHARACTER}.txt"


def test_a_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".hidden.txt", ".git/e.txt"):
        written(tmp_path, name, "The ministry said that 12 of them were killed.")
    names = [r.name for r in intake.reports([tmp_path]) if isinstance(r, Report)]
    assert names == ["a.txt", "d.txt", "c.txt"]


def test_files_no_format_reads_are_counted_in_one_line(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.xyz"):
        written(tmp_path, name, b"\xff\xd8\xff")
    assert "2 .jpg, 1 .xyz" in failure(tmp_path).message


def test_a_link_that_loops_is_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    written(tmp_path, "z.txt", "The ministry said that 12 of them were killed.")
    found = list(intake.reports([tmp_path]))
    assert [type(item) for item in found] == [Failure, Failure, Report]


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "read").mkdir()
    written(tmp_path / "real", "a.txt", "The ministry said that 12 of them were killed.")
    (tmp_path / "read" / "link").symlink_to(tmp_path / "real")
    (report,) = intake.reports([tmp_path / "read"])
    assert report.name == "a.txt"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "words")
    path.chmod(0)
    assert "may not be read" in failure(path).message


@pytest.mark.parametrize("address", ["https://valley.example/flood", "http://a", "www.valley.example"])
def test_an_address_is_never_fetched(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", fail)
    assert "save the page" in failure(address).message


@pytest.mark.parametrize(
    ("words", "medium"),
    [
        (b"The ministry said that 12 of them were killed.", "text"),
        (b'{"id": "a", "text": "The ministry said that 12 of them were killed."}', "jsonl"),
        ((UGLY / "page-with-comments.html").read_bytes(), "webpage"),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(words: bytes, medium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(words))))
    (report,) = intake.reports(["-"])
    assert isinstance(report, Report)
    assert report.medium == medium


def test_whatever_goes_wrong_inside_a_format_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from accordingto.intake import webpage

    def broken(page: str) -> None:
        raise RuntimeError("a tree\nfell")

    monkeypatch.setattr(webpage, "_extract", broken)
    found = list(intake.reports([UGLY / "declared-latin-1.html", UGLY / "no-date.txt"]))
    assert isinstance(found[0], Failure) and "a tree fell" in found[0].message
    assert isinstance(found[1], Report)


# dates and encodings


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-03-05", "2025-03-05"),
        ("2025-03-05T10:30:00Z", "2025-03-05T10:30:00+00:00"),
        ("2025-03-05 10:30:00", "2025-03-05T10:30:00"),
        ("20250305", "2025-03-05"),
        (20250305, "2025-03-05"),
        (1741170600, "2025-03-05T10:30:00+00:00"),
        ("Wed, 05 Mar 2025 10:30:00 GMT", "2025-03-05T10:30:00+00:00"),
        ("March 5, 2025", "2025-03-05"),
        ("Wednesday, 5th March 2025", "2025-03-05"),
        ("5 Sept. 2025", "2025-09-05"),
        ("25/03/2025", "2025-03-25"),
        ("03/25/2025", "2025-03-25"),
        ("03/04/2025", None),
        ("2025", None),
        ("2025-03", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        (["2025-03-05"], None),
    ],
)
def test_a_date_is_read_when_there_is_one_way_to_read_it(value: object, iso: str | None) -> None:
    assert dates.iso(value) == iso


@given(st.text())
def test_no_words_break_the_reading_of_dates(words: str) -> None:
    dates.iso(words)
    dates.in_name(words)


@given(st.text(min_size=1))
def test_utf_8_survives_decoding(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if decoding.binary(data) is None and not text.startswith("\ufeff"):
        assert decoding.decode(data) == (data.decode(), ())


@given(st.binary(max_size=400))
def test_any_bytes_become_a_report_or_one_line(data: bytes) -> None:
    for form in intake.formats():
        for item in form.read(io.BufferedReader(io.BytesIO(data)), "a.x"):
            assert isinstance(item, Failure) or item.report.text.strip()


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    page = (UGLY / "page-with-comments.html").read_text("utf-8")
    (report,) = intake.reports([written(tmp_path, "page.txt", page)])
    assert isinstance(report, Report)
    assert "<" not in report.text


@pytest.mark.parametrize(
    "head",
    [
        "KYIV, 5 March 2025 (Wire) — Twelve people were killed on Monday.",
        "KYIV, Ukraine, March 5, 2025 (WIRE) - Twelve people were killed.",
        "A strike kills twelve\n\n5 March 2025\n\nTwelve people were killed.",
        "A strike kills twelve\nWednesday, March 5, 2025\nTwelve people were killed.",
        "OUAGADOUGOU, 2025-03-05 — Twelve people were killed.",
    ],
)
def test_the_date_of_a_dateline_is_the_date_of_a_text_without_another(tmp_path: Path, head: str) -> None:
    (path := tmp_path / "a.txt").write_text(head, "utf-8")
    (report,) = intake.reports([path])
    assert isinstance(report, Report)
    assert report.published == "2025-03-05"
    assert "date-from-dateline" in report.doubts


@pytest.mark.parametrize(
    "head",
    [
        "On 5 March 2025 a strike killed twelve people, the mayor said - and left.",
        "The war began on 24 February 2022 - and goes on.",
        "KYIV, 30 February 2025 (Wire) — Twelve people were killed.",
        "KYIV, 5 March 0225 (Wire) — Twelve people were killed.",
    ],
)
def test_a_date_in_a_sentence_and_one_that_cannot_be_are_no_datelines(tmp_path: Path, head: str) -> None:
    (path := tmp_path / "a.txt").write_text(head, "utf-8")
    (report,) = intake.reports([path])
    assert isinstance(report, Report)
    assert report.published is None
