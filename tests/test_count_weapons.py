"""With what: the weapon, kept beside the doer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from counting import told

from accordingto.cli import main


def weapons(text: str) -> list[str | None]:
    """The words that name the weapon of every figure."""
    return [one.weapon.exact if one.weapon else None for one in told(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A car bomb killed 12 people in the market.", "car bomb"),
        ("Twelve people were killed by a roadside bomb.", "roadside bomb"),
        ("An air strike by the coalition killed 12 people.", "air strike"),
        ("Twelve farmers were hacked to death with machetes.", "machetes"),
        ("Four villagers were blown up by a landmine as they gathered wood.", "landmine"),
        ("Some 40,000 people were displaced by the bombardment.", "bombardment"),
        ("Police used tear gas, and 30 people were hurt.", "tear gas"),
        ("At least 80 people died of exposure to sarin.", "sarin"),
        ("Nine sailors were killed when a Shahed drone hit their boat.", "Shahed drone"),
    ],
)
def test_the_weapon_is_kept_in_its_own_words(text: str, words: str) -> None:
    assert weapons(text)[0] == words


def test_the_doer_stands_beside_the_weapon() -> None:
    (figure,) = told("An air strike by the Saudi-led coalition killed 12 people.")
    assert figure.doer is not None and figure.weapon is not None
    assert (figure.doer.name, figure.weapon.exact) == ("Saudi-led coalition", "air strike")


def test_killed_and_wounded_share_a_weapon() -> None:
    assert weapons("Shelling of the town left 8 dead and 14 injured.") == ["Shelling", "Shelling"]


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people died in a bus crash.",
        "The minister said 12 were killed. A bomb was found later.",
        "It was not a missile that killed the 12, he said.",
        "Air defences shot down 14 missiles.",
        "The army destroyed six howitzers.",
    ],
)
def test_what_harmed_nobody_is_no_weapon(text: str) -> None:
    assert set(weapons(text)) == {None}


def test_weapons_that_were_hit_did_no_harm() -> None:
    assert weapons("Two rockets were destroyed and 5 soldiers killed.") == [None, None]


def test_the_export_holds_the_weapon(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A car bomb killed 12 people, the mayor of Orsk said.", "utf-8")
    run = CliRunner().invoke
    ledger = ["--ledger", str(tmp_path / "a.accordingto")]
    assert run(main, ["read", str(tmp_path / "a.txt"), *ledger]).exit_code == 0
    (claim,) = map(json.loads, run(main, ["export", "-f", "jsonl", *ledger]).stdout.splitlines())
    assert claim["figures"][0]["weapon"] == {"start": 2, "end": 10, "exact": "car bomb"}
