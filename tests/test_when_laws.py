"""Laws of times: every string is EDTF, every span reproduces its words, no prose raises."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto import when
from accordingto.prose import Prose
from accordingto.records import Evidence, Figure, Report
from accordingto.when.rules import RULES

TABLE = tomllib.loads((files("accordingto") / "languages" / "en" / "times.toml").read_text("utf-8"))
FORMS = [form for entry in TABLE["forms"] for form in entry["forms"]]
FIGURES = ["3", "30", "31", "0", "99", "2023", "1987", "12:30", "10 p.m.", "2024-02-30", "31/12/2023", "'89", "0225"]


@st.composite
def phrases(draw: st.DrawFn) -> str:
    """Words of one form, right or wrong, in the order of the form."""
    words: list[str] = []
    for token in draw(st.sampled_from(FORMS)).split():
        plain = token.rstrip(",").rstrip("?")
        if token.rstrip(",").endswith("?") and draw(st.booleans()):
            continue
        slot = plain.strip("{}").split(":")[0]
        known = list(TABLE["slots"].get(slot, {})) + (FIGURES if slot in TABLE["shapes"] else [])
        choices = known if plain[0] == "{" else plain.split("|")
        words.append(draw(st.sampled_from(choices)))
        if token.endswith(",") and draw(st.booleans()):
            words[-1] += ","
    text = " ".join(words)
    return text.title() if draw(st.booleans()) else text


LINKS = ["They said", "since", "by", "from", "to", "and", "will come", "12 people were killed", ".", "\n", "so far"]
PROSE = st.lists(st.one_of(phrases(), st.sampled_from(LINKS)), max_size=12).map(" ".join)
ODD_DATES = ["0001-01-01", "9999-12-31", "0225", "soon", ""]
DATES = st.one_of(st.none(), st.dates().map(str), st.sampled_from(ODD_DATES))


def read(text: str, published: str | None) -> tuple[Report, Prose]:
    return Report("a", text, "0", published=published, language="en"), Prose(text, "en")


@settings(deadline=None, max_examples=100)
@given(PROSE, DATES)
def test_every_time_is_edtf_with_its_own_words(text: str, published: str | None) -> None:
    report, prose = read(text, published)
    previous = 0
    for time in when.times(report, prose):
        parse_edtf(time.edtf)
        assert time.evidence and text[time.evidence.start : time.evidence.end] == time.evidence.exact
        assert time.evidence.start >= previous
        previous = time.evidence.end


@settings(deadline=None, max_examples=100)
@given(PROSE, DATES, st.sampled_from(["killed", "missing", "other:word"]), st.sampled_from(["asserted", "planned"]))
def test_every_figure_gets_edtf_or_nothing(text: str, published: str | None, kind: str, stance: str) -> None:
    text = f"{text} 12 people {text}"
    report, prose = read(text, published)
    start = text.index("12 people")
    figure = Figure(Evidence.of(report, start, start + 9), 12, 12, kind, stance=stance)  # type: ignore[arg-type]
    found = when.of(figure, when.times(report, prose), report, prose)
    if found:
        parse_edtf(found.edtf)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200), DATES)
def test_odd_prose_never_raises(text: str, published: str | None) -> None:
    report, prose = read(text, published)
    when.times(report, prose)


@settings(deadline=None)
@given(st.dates())
def test_days_survive_a_round_trip(day: object) -> None:
    assert when.days(str(day)) == (day, day)


def test_every_form_has_a_rule() -> None:
    assert {entry["means"] for entry in TABLE["forms"]} == set(RULES)
