"""Places named in a text, and the place of the event a figure counts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto import gazetteer, where, who
from accordingto.prose import Prose
from accordingto.records import Evidence, Figure, Report, Where


def named(text: str) -> list[Where]:
    return where.places(Report(name="x", text=text, sha256="0"), Prose(text, "en"))


def only(text: str) -> Where:
    (place,) = named(text)
    return place


def words(text: str) -> list[str]:
    return [place.evidence.exact for place in named(text) if place.evidence]


def place_of(
    text: str, number: str, kind: str = "killed", title: str | None = None, counted: str | None = None
) -> Where | None:
    report = Report(name="x", text=text, sha256="0", title=title)
    prose, at = Prose(text, "en"), text.index(number)
    evidence = Evidence.of(report, at, at + len(number))
    figure = Figure(evidence, 1, 1, kind, counted=who.actor(counted) if counted else None)
    return where.of(figure, where.places(report, prose), report, prose)


def test_a_town_has_its_geonames_id_country_and_point() -> None:
    place = only("Shells fell in Kharkiv overnight.")
    assert (place.geonames, place.country, place.precision) == (706483, "UA", 1)
    assert place.lat == pytest.approx(50, abs=0.1)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Shells fell near Kharkiv overnight.", 2),
        ("Rain fell in Ohio.", 4),
        ("Troops trained in the Russian Far East.", 5),
        ("Elections were held in Kenya.", 6),
        ("A ferry sank in the Red Sea.", 7),
    ],
)
def test_precision_follows_the_kind_of_place(text: str, precision: int) -> None:
    assert only(text).precision == precision


def test_a_comma_tells_which_town_of_the_name_is_meant() -> None:
    assert [(p.name, p.country) for p in named("The fair opened in Paris, Texas, on Friday.")] == [
        ("Paris", "US"),
        ("Texas", "US"),
    ]


def test_short_forms_of_states_are_read_after_a_town() -> None:
    assert [p.name for p in named("He was arrested in Athens, Ga., on Monday.")] == ["Athens", "Georgia"]


def test_a_country_named_in_the_report_draws_its_towns() -> None:
    assert named("Ecuador sent aid. A bridge fell in Loja and in Cuenca.")[-1].country == "EC"


def test_nationality_words_draw_towns_too() -> None:
    assert only("The Honduran army closed the road to Trujillo, residents said.").country == "HN"


def test_gaza_is_the_strip_and_gaza_city_the_city() -> None:
    assert [p.precision for p in named("Nine died in Gaza, six of them in Gaza City, Palestinian medics said.")] == [
        4,
        1,
    ]


def test_georgia_beside_tbilisi_is_the_country() -> None:
    assert [p.country for p in named("Tbilisi saw protests, and the rest of Georgia stayed calm.")] == ["GE", "GE"]


def test_georgia_beside_atlanta_is_the_state() -> None:
    assert {p.country for p in named("Atlanta and Savannah flooded; much of Georgia lost power.")} == {"US"}


def test_a_region_named_after_its_town_is_the_region() -> None:
    place = only("Drones crossed the Kursk region of the Russian Federation.".replace(" of the Russian Federation", ""))
    assert (place.name, place.country, place.precision) == ("Kursk Oblast", "RU", 4)


def test_spellings_of_one_town_are_one_place() -> None:
    ids = {
        named(f"Syrian jets struck {name} and left.")[0].geonames
        for name in ("Khan Sheikhoun", "Khan Shaykhun", "Khan Sheikhun")
    }
    assert len(ids) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lincoln spoke at noon.",
        "Paris Hilton arrived late.",
        "Nancy Lancaster, 44, was hurt. Lancaster was treated at home.",
        "Reading the report took hours. Police agreed.",
        "They live on Memphis Street.",
        "It was printed in the Denver Post.",
        "The Kenyan delegation and Polish officers left.",
        "No one came. Nobody knew why.",
    ],
)
def test_persons_papers_streets_and_nationalities_are_no_places(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "SANA said nobody was hurt.",
        "Hamas and Azov denied it.",
        "They bought a Car and left.",
        "THE CITY COUNCIL MET AND THE POLICE LEFT THE MEETING BEFORE THE MAN OF THE HOUSE HAD LEFT.",
    ],
)
def test_bodies_and_shouting_are_no_places(text: str) -> None:
    assert words(text) == []


def test_a_place_is_found_in_a_text_in_capitals() -> None:
    assert words("A BOMB WENT OFF IN BOGOTA ON FRIDAY, THE POLICE OF COLOMBIA SAID TODAY.") == ["BOGOTA", "COLOMBIA"]


def test_one_name_is_one_place_within_a_report() -> None:
    found = named("The mayor of Springfield, Ill., resigned. Springfield will vote in May.")
    assert found[0].geonames == found[-1].geonames


def test_a_town_nobody_has_heard_of_is_a_place_without_a_point() -> None:
    place = named("A dam broke in Velmoranda. By dawn Velmoranda was empty.")[0]
    assert (place.name, place.country, place.lat, place.precision) == ("Velmoranda", None, None, None)


def test_a_figure_is_where_its_sentence_puts_it() -> None:
    place = place_of("Officials in Kyiv said nine people were killed in Odesa, hours after a raid on Dnipro.", "nine")
    assert place and place.name == "Odesa"


def test_the_dateline_is_not_the_place_of_the_event() -> None:
    text = "NAIROBI, May 2 (Meridian) - Twelve people were killed when a bus overturned near Gulu, Uganda."
    place = place_of(text, "Twelve")
    assert place and place.country == "UG"


def test_a_government_speaking_is_not_a_place() -> None:
    text = "Fighting went on in Goma. Kigali said 30 soldiers had died."
    place = place_of(text, "30")
    assert place and place.name == "Goma"


def test_a_sentence_without_a_place_takes_that_of_the_report() -> None:
    text = "A market in Maiduguri was bombed. Shops burned in Maiduguri all night. Rescuers counted 17 bodies."
    place = place_of(text, "17")
    assert place and place.country == "NG"


def test_where_something_was_said_is_not_where_it_happened() -> None:
    place = place_of("The agency said in Geneva that 12 drivers had died near Goma.", "12")
    assert place and place.name == "Goma"


def test_what_came_before_since_belongs_to_another_event() -> None:
    text = "Shelling went on in Omdurman. Some 80 people have been killed since the raid on Nyala."
    place = place_of(text, "80")
    assert place and place.name == "Omdurman"


def test_there_points_back_to_the_last_town() -> None:
    text = "Two men died in Mosul. In Kirkuk a wall fell. Five more were hurt there."
    place = place_of(text, "Five", "wounded")
    assert place and place.name == "Kirkuk"


def test_a_direction_places_those_who_move_and_not_those_who_die() -> None:
    text = "A quake hit Lima. The president flew to Madrid as 40 people were killed."
    assert (place_of(text, "40") or Where("")).country == "PE"
    text = "A quake hit Lima. Some 40 people fled to Madrid."
    assert (place_of(text, "40", "displaced") or Where("")).country == "ES"


def test_a_health_ministry_counts_in_its_own_country() -> None:
    text = "The envoy spoke in Geneva. Yemen's health ministry said 22 people had died."
    assert (place_of(text, "22") or Where("")).country == "YE"


def test_the_title_weighs_in() -> None:
    text = "Rescuers found 12 bodies. A team from Italy helped. It had flown in after crews in Tripoli asked."
    assert (place_of(text, "12", title="Flood in Libya kills dozens") or Where("")).country == "LY"


def test_no_place_named_is_no_place() -> None:
    assert place_of("Nine people were killed, officials said.", "Nine") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "OF",
        "Of Police Man",
        "A" * 3000,
        "St. ",
        "U.S.S.R.",
        "In The Of",
        "’s Paris’s",
        "\ud800 in Paris\ud800",
    ],
)
def test_odd_text_never_raises(text: str) -> None:
    for place in named(text):
        assert place.evidence and text[place.evidence.start : place.evidence.end] == place.evidence.exact


@given(
    st.lists(
        st.sampled_from(
            ["Paris", "Texas", "in", "Mr.", "said", ",", "Kyiv", "of", "the", "St.", "U.S.", "County", "3", "“", "."]
        ),
        max_size=25,
    )
)
def test_every_mark_reproduces_its_words_in_order(parts: list[str]) -> None:
    text = " ".join(parts)
    found = [place.evidence for place in named(text) if place.evidence]
    assert all(text[e.start : e.end] == e.exact for e in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_a_hamlet_with_a_like_by_name_elsewhere_is_not_meant() -> None:
    text = "The governor of Korran counted the dead in Korran on Monday."
    report = Report("r.txt", text, "0" * 64, language="en")
    assert {(place.name, place.country) for place in where.places(report, Prose(text, "en"))} <= {("Korran", None)}


def test_people_told_right_after_a_place_of_their_country_are_there() -> None:
    text = "Shells fell in Damascus. Gunmen slipped into Israel on Saturday. Some 40 Israelis have died."
    place = place_of(text, "40", counted="Israelis")
    assert place is not None
    assert place.country == "IL"


def test_people_told_right_after_a_place_abroad_are_not_at_home() -> None:
    text = "Troops hold out in Kursk. About 100 North Koreans have died. More are trained in North Korea."
    place = place_of(text, "100", counted="North Koreans")
    assert place is not None
    assert place.country == "RU"


def test_the_ground_of_a_nation_near_the_figure_is_nearer_than_another_town() -> None:
    text = "Raiders overran Israeli border villages, killing 40 people, and outdid the forces seen in Mosul."
    place = place_of(text, "40")
    assert place is not None
    assert place.country == "IL"


def test_who_speaks_at_the_end_of_a_headline_is_no_place_of_the_event() -> None:
    text = "40 killed in hospital blast - Israel\nPalestinian health officials said 40 people had died."
    place = place_of(text, "40")
    assert place is not None
    assert place.country == "PS"


def test_a_ministry_run_by_somebody_still_counts_in_its_own_country() -> None:
    text = "Forty people have died, according to Gaza's militia-run health ministry. Fighting in Mosul took months."
    place = place_of(text, "Forty")
    assert place is not None
    assert place.country == "PS"


def test_where_people_are_carried_off_to_is_not_where_they_were_killed() -> None:
    text = "Fighting goes on in Lebanon. Troops patrol in Israel. Gunmen killed 40 people and took 12 back to Lebanon."
    place = place_of(text, "40")
    assert place and place.country == "IL"


def test_where_an_attack_is_answered_is_not_where_it_was() -> None:
    text = (
        "Troops patrol in Israel, in Haifa. Jets bombed Lebanon in response to a raid in which 40 people were killed."
    )
    place = place_of(text, "40")
    assert place and place.country == "IL"


def test_guests_are_in_the_country_that_hosts_them() -> None:
    place = place_of("Jordan hosts 600,000 Syrians.", "600,000", "sheltering", counted="Syrians")
    assert place is not None
    assert place.country == "JO"


@pytest.mark.parametrize(
    "text", ["Explosion at port leaves scores dead", "Landslide in village buries dozens", "Blast near camp kills 3"]
)
def test_what_happened_at_a_port_or_a_camp_is_no_name_of_it(text: str) -> None:
    assert named(text) == []


def test_an_embassy_is_not_where_its_citizens_die() -> None:
    text = "A blast hit Beirut on Friday. The embassy of the Philippines said two Filipinos were killed."
    place = place_of(text, "two", counted="Filipinos")
    assert place and place.country == "LB"


@pytest.mark.parametrize(
    ("words", "name"), [("Deir Ezzor", "Deir ez-Zor"), ("Hodeidah", "Al Ḩudaydah"), ("Tel Abyad", "Tall Abyaḑ")]
)
def test_towns_are_known_by_the_names_the_press_has_for_them(words: str, name: str) -> None:
    assert [place.name for place in gazetteer.find(words)][:1] == [name]


def test_villages_that_news_made_known_are_places() -> None:
    assert only("Gunmen killed 12 people in Ogossagou.").country == "ML"
    assert only("Fire broke out in Hroza.").country == "UA"


def test_what_a_country_does_abroad_is_not_in_it() -> None:
    text = "Sources in Aleppo said that US airstrikes had hit a bridge and that 50 people were killed in the attacks."
    place = place_of(text, "50 people")
    assert place and place.name == "Aleppo"
    assert place_of("The US-led coalition killed 50 people in strikes.", "50 people") is None


def test_what_a_war_has_cost_is_of_its_country() -> None:
    text = "Nine people were killed in Aleppo on Saturday. The war has claimed more than 300,000 lives."
    place = place_of(text, "300,000")
    assert place and (place.name, place.country) == ("Syria", "SY")


def test_a_war_in_a_strip_of_land_is_counted_there() -> None:
    text = "Nine people were killed in Gaza City, in the Gaza Strip. Since the war began, 30,000 have died."
    place = place_of(text, "30,000")
    assert place and place.name == "Gaza Strip"


def test_a_native_of_a_country_is_not_killed_in_it() -> None:
    text = "A raid near Aleppo hit a base. Seven men were killed, including a native of Kazakhstan."
    place = place_of(text, "Seven men")
    assert place and place.name == "Aleppo"


def test_each_count_of_a_list_is_where_it_is_put() -> None:
    text = "Storms killed 29 in Paris, eleven in Lyon and four in Lille."
    places = [place_of(text, words) for words in ("29", "eleven", "four")]
    assert [place and place.name for place in places] == ["Paris", "Lyon", "Lille"]
