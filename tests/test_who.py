"""Who is meant by words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto import who
from accordingto.records import Evidence, Report


def test_number_words_are_not_part_of_an_actors_name() -> None:
    assert who.actor("some 3,500 more North Korean soldiers").name == "North Korean soldiers"


@pytest.mark.parametrize(
    "words", ["North Korea's soldiers", "soldiers from North Korea", "a North Korean soldier", "NORTH KOREAN SOLDIERS"]
)
def test_one_actor_has_one_name_however_it_is_said(words: str) -> None:
    actor = who.actor(words)
    assert (actor.name, actor.country, actor.sector) == ("North Korean soldiers", "KP", "MIL")


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("two policemen", "COP"),
        ("children under five", "CVL"),
        ("militants", "REB"),
        ("nurses", "MED"),
        ("refugees", "REF"),
        ("reporters", "JRN"),
        ("government officials", "GOV"),
        ("conscripts", "MIL"),
        ("villagers", "CVL"),
    ],
)
def test_nouns_of_people_tell_the_sector(words: str, sector: str) -> None:
    assert who.actor(words).sector == sector


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Seoul's spy agency", "KR"),
        ("Ukrainian military", "UA"),
        ("the U.K. government", "GB"),
        ("Gazan doctors", "PS"),
        ("Hezbollah", "LB"),
        ("Côte d'Ivoire", "CI"),
        ("an Iraqi Kurd", "IQ"),
    ],
)
def test_a_country_is_read_from_names_nationalities_capitals_regions_and_bodies(words: str, code: str) -> None:
    assert who.country_of(words) == code


@pytest.mark.parametrize(
    "words", ["Russian-backed separatists", "the US-led coalition", "polish the table", "they sent us home", "nobody"]
)
def test_backers_and_plain_words_are_no_nationality(words: str) -> None:
    assert who.country_of(words) is None


def test_a_body_is_an_actor_of_its_own() -> None:
    assert (who.actor("Hamas").kind, who.actor("Hamas").sector) == ("body", "REB")


def test_members_of_a_body_belong_to_its_sector() -> None:
    actor = who.actor("members of Hamas")
    assert (actor.name, actor.country, actor.sector) == ("Hamas members", "PS", "REB")


def test_a_ministry_is_not_made_plural() -> None:
    assert who.actor("the British Ministry of Defence").name == "British Ministry of Defence"


def test_things_have_no_sector() -> None:
    assert (who.actor("four missiles").sector, who.actor("four missiles").kind) == (None, "materiel")


def test_an_actor_keeps_the_evidence_it_is_given() -> None:
    report = Report(name="x", text="Nine soldiers fell.", sha256="0")
    evidence = Evidence.of(report, 5, 13)
    assert who.actor("soldiers", evidence).evidence == evidence


def test_nationality_words_of_a_text_are_listed_by_country() -> None:
    assert list(who.nations("Kenyan and South Sudanese troops met a Somali envoy.")) == ["KE", "SS", "SO"]


@given(st.text(max_size=80))
def test_any_words_make_an_actor(words: str) -> None:
    actor = who.actor(words)
    assert actor.country is None or len(actor.country) == 2
