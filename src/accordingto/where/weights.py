"""How much each sign weighs: set by reading errors, then by trying each up and down on annotated news."""

PLACE = {
    "threshold": 0.5,  # from here a name counts as a place
    "sure": 1.2,  # from here other mentions of the name count too,
    "again": -1.6,  # unless they score less than this
    "strong": 2.1,  # "in", "near", "the attack on"
    "locative": 0.84,  # "from", "northern"
    "belonging": 0.8,  # "a Gainesville man"
    "unit": 1.5,  # "Kursk region"
    "several": 0.7,  # a name of several words
    "chain": 3.5,  # "Paris, Texas": the first
    "chain-end": 2.5,  # the second
    "chain-in": 0.8,  # "Paris in Texas"
    "listed": 1.4,  # beside a place, in a list
    "prior": 0.42,  # in a country the report names
    "body": 0.2,  # "Oxford City Council"
    "common-put": -2.0,  # "in Reading"
    "common": -3.5,  # "Reading", "Police"
    "surname": -2.1,
    "given": -2.1,
    "person": -2.5,  # somebody's name elsewhere in the text
    "initials": -1.5,
    "does": -1.5,  # "Lancaster said"
    "of-body": -3.0,  # "University of"
    "after-title": -3.0,
    "after-given": -3.0,
    "after-common": -0.35,  # a capitalised word of the language before it
    "after-name": -2.0,  # another capitalised word before it
    "before-name": -1.8,  # "Paris Hilton"
    "other-name": -3.0,  # "Paris Street"
}
"""Signs that a name is meant as a place, and (negative) that it is not."""

GREAT = {"of-body": -0.75, "after-title": -1.0, "after-common": 0.0, "after-name": -0.7, "before-name": -0.8}
"""The same for names of countries, large divisions, regions and waters, where they differ."""

FAME = {
    "own": 2.0,
    "country": 2.5,
    "region": 2.0,
    "admin1": 1.05,
    "admin2": 0.7,
    "slope": 0.56,
    "middle": 4.3,
    "other": -0.56,
}
"""What a name alone speaks for a place. Towns: slope x (log10 of the population - middle); `other`: another name."""

MEANT = {
    "country": 4.2,  # x root of the share of the report's country words
    "division": 1.75,  # x root of the share of its division words
    "inside": 8.0,  # named as being in it
    "own": 8.6,  # a place of the user's, at least
    "spot": 7.0,  # a camp or a hospital, when that is said
    "unit": 1.75,  # of the kind named beside it
    "near": 1.75,  # at most, for neighbours
    "itself": 1.0,  # a country that is much named
    "other": -2.0,  # found by another name
    "nation": 8.5,
    "water": 8.5,
    "region": 7.5,
    "admin1": -0.63,
    "admin1-other": 0.4,
    "admin2": -1.4,
    "capital": 1.0,
}
"""Which place of a name is meant: added to log10 of its population."""
