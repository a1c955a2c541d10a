"""Places told from their namesakes by what is said beside them: kinds, holders, lists, rivers, people of the name."""

from __future__ import annotations

import pytest
from test_where import named, only, place_of, words


def test_a_place_the_gazetteer_lacks_is_put_into_the_division_that_holds_it() -> None:
    place = named("Rain fell in Velmoranda, Unity State, on Friday.")[0]
    assert (place.name, place.country, place.precision, place.geonames) == ("Velmoranda", "SS", 4, None)


def test_a_large_town_of_another_country_is_not_taken_for_a_place_of_a_division() -> None:
    assert named("Aid reached Peking, Unity State, by boat.")[0].country == "SS"


def test_a_district_the_gazetteer_lacks_is_near_its_town() -> None:
    place = named("A bomb went off in the Velmo district of Mogadishu.")[0]
    assert (place.name, place.country, place.precision) == ("Velmo", "SO", 2)


def test_a_village_named_with_what_holds_it_is_there() -> None:
    place = named("Jets bombed Velmo Gyi, a farming village in Sagaing, on Monday.")[0]
    assert (place.name, place.country) == ("Velmo Gyi", "MM")


def test_the_last_of_a_list_of_places_is_one() -> None:
    assert words("The storm hit Blantyre, Zomba and Velmoranda.") == ["Blantyre", "Zomba", "Velmoranda"]


@pytest.mark.parametrize("said", ["Zamzam camp", "the Zamzam displacement camp", "Zamzam refugee camp"])
def test_a_camp_is_known_beside_any_word_for_a_camp(said: str) -> None:
    assert [(place.country, place.precision) for place in named(f"Shells fell on {said} at noon.")] == [("SD", 1)]


def test_a_state_said_to_be_one_is_not_its_town() -> None:
    assert named("Mud covered roads in the Mexican state of Veracruz.")[-1].precision == 4


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Boats sank on the Senegal River.", "Senegal River", 5),
        ("The body was found in the Marikina River.", "Marikina River", 5),
        ("A dinghy sank in the Strait of Gibraltar.", "Strait of Gibraltar", 7),
    ],
)
def test_a_river_is_not_the_town_or_country_of_its_name(text: str, name: str, precision: int) -> None:
    place = only(text)
    assert (place.name, place.precision) == (name, precision)


@pytest.mark.parametrize(
    "text", ["Jordan Henderson left early.", "Mrs. Jordan and Mr. Lima spoke first.", "Chad Wolf was not hurt."]
)
def test_persons_named_like_countries_and_capitals_are_no_places(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("text", ["Police shot a man in Nice on Sunday.", "A storm tore roofs off in Reading."])
def test_a_town_whose_name_is_a_word_is_a_place_where_something_is_put_there(text: str) -> None:
    assert len(words(text)) == 1


def test_one_who_leaves_for_a_place_names_both() -> None:
    assert words("The rebels left Mekelle for Axum at dawn.") == ["Mekelle", "Axum"]


def test_the_place_of_a_figure_is_the_more_exact_of_two_that_hold_each_other() -> None:
    place = place_of("The bus fell into a ravine in Mingora, Khyber Pakhtunkhwa, killing 13 guests.", "13")
    assert place is not None and place.name == "Mingora"


def test_an_outbreak_said_to_be_somewhere_is_there() -> None:
    place = place_of("Oxford researchers said the outbreak in Samoa had infected 3,700 people.", "3,700", "infected")
    assert place is not None and place.country == "WS"


def test_a_nationality_before_villages_puts_something_there() -> None:
    text = "Shells fell on Goma. Goma burned. Then raiders burned Ugandan border villages, killing 14."
    place = place_of(text, "14")
    assert place is not None and place.country == "UG"


def test_an_unknown_nationality_before_a_village_is_no_place() -> None:
    assert words("Mud buried a Velmorian village at night.") == []


def test_what_is_said_to_be_a_city_is_a_place() -> None:
    assert words("A rocket attack on the city of Velmoranda killed three people.") == ["Velmoranda"]
