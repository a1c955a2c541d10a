"""Why this source, in words: the reasons the reader itself went by."""

from __future__ import annotations

import json
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from telling import report

from accordingto import pipeline, why
from accordingto.attribute.reasons import Rule
from accordingto.records import Claim, Report, Source

TEXT = (
    "Governor Oleh Maren told Radio Korran that 19 bodies had been recovered. He said that 40 people were missing.\n\n"
    "South Korea's spy agency said on Wednesday that the North had sent 3,000 soldiers. "
    "The agency added that 1,500 more would follow.\n\n"
    "The rescue ministry said that 300 houses were under mud. “We could not reach 12 villages,” Maren said.\n\n"
    "A flood in 1953 killed 300 people."
)
FIELDS = {"about", "by", "where", "off", "cited", "word", "name"}


@pytest.fixture(scope="module")
def held() -> Report:
    return report(TEXT, "2025-06-15", "Meridian Wire")


@pytest.fixture(scope="module")
def claims(held: Report) -> tuple[Claim, ...]:
    return pipeline.claims(held)


def told(held: Report, claims: tuple[Claim, ...], words: str) -> str:
    """The reasons of the claim with these words, as they are shown."""
    claim = next(one for one in claims if words in one.content.exact)
    return "\n".join(one.words for one in why.of(claim, held) or ())


def test_every_rule_has_words_and_no_words_lack_a_rule() -> None:
    assert set(why.WORDS) == set(get_args(Rule))
    assert {field for words in why.WORDS.values() for _, field, _, _ in string.Formatter().parse(words)} <= {
        *FIELDS,
        None,
    }


def test_a_pronoun_is_explained_by_the_words_that_name_its_speaker(held: Report, claims: tuple[Claim, ...]) -> None:
    assert "“he” is Oleh Maren, the nearest source before it that the word fits: “Governor Oleh Maren”" in told(
        held, claims, "40 people"
    )


def test_a_relay_is_called_so(held: Report, claims: tuple[Claim, ...]) -> None:
    assert "relayed: “Radio Korran” stands between" in told(held, claims, "19 bodies")


def test_a_body_known_by_another_name_is_traced_to_the_list(held: Report, claims: tuple[Claim, ...]) -> None:
    page = told(held, claims, "3,000")
    assert "is a name of National Intelligence Service in the list of bodies and outlets (bodies.toml)" in page


def test_a_short_form_is_followed_back_to_the_list(held: Report, claims: tuple[Claim, ...]) -> None:
    page = told(held, claims, "1,500")
    assert "“The agency” is National Intelligence Service, the last source called “agency”" in page
    assert "“South Korea's spy agency” is a name of" in page


def test_a_surname_goes_back_to_the_full_name(held: Report, claims: tuple[Claim, ...]) -> None:
    assert "“Maren” shares the name of Oleh Maren" in told(held, claims, "12 villages")


def test_the_outlets_own_voice_says_that_nobody_is_cited(held: Report, claims: tuple[Claim, ...]) -> None:
    assert "the outlet's own voice" in told(held, claims, "300 people")


@pytest.mark.parametrize(
    ("sentence", "rule", "words"),
    [
        ("Nine of them were children.", "of-them", "it counts out of the statement “40 dead”"),
        ("The town has 2 schools, and 5 people are missing.", "no-saying", "the outlet's own voice"),
    ],
)
def test_a_figure_without_words_of_saying_says_why_it_goes_where_it_goes(sentence: str, rule: str, words: str) -> None:
    held = report(f"The rescue ministry confirmed 40 dead. {sentence}", "2025-06-15", "Meridian Wire")
    reasons = [one for claim in pipeline.claims(held) for one in why.of(claim, held) or ()]
    assert any(one.rule == rule and words in one.words for one in reasons)


def test_every_reason_quotes_the_report(held: Report, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        for one in why.as_json(why.of(claim, held), held) or ():
            for evidence in filter(None, (one["about"], one["by"])):
                assert TEXT[evidence["start"] : evidence["end"]] == evidence["exact"]
            assert not re.search(r"None|\{|\}", one["words"])


def test_a_claim_that_is_read_otherwise_today_has_no_reasons(held: Report, claims: tuple[Claim, ...]) -> None:
    first = claims[0]
    other = replace(first, chain=(replace(first.chain[0], source=Source("Somebody else")),))
    assert why.of(other, held) is None


def test_a_report_in_another_language_has_no_reasons(claims: tuple[Claim, ...]) -> None:
    assert why.of(claims[0], report("Ein Satz.", None, None, language="xx")) is None


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("why")
    (folder / "flood.txt").write_text(TEXT, encoding="utf-8")
    run("read", "flood.txt", cwd=folder)
    yield folder


def run(*words: str, cwd: Path) -> str:
    program = str(Path(sys.executable).parent / "accordingto")
    return subprocess.run([program, *words], cwd=cwd, capture_output=True, text=True, check=True).stdout


def test_show_says_why(ledger: Path) -> None:
    rows = map(json.loads, run("export", "-f", "jsonl", cwd=ledger).splitlines())
    claim = next(row["id"] for row in rows if "40 people" in row["content"]["exact"])
    page = " ".join(run("show", claim, cwd=ledger).split())
    assert "why · “said” attributes it" in page
    assert "“he” is Oleh Maren" in page
    reasons = json.loads(run("show", claim, "--json", cwd=ledger))["why"]
    assert {"said", "speaks", "inside"} <= {reason["rule"] for reason in reasons}
