"""Keys: under what a telling is found by those of other reports that may be of the same event.

A key is a number: the hash of its name, and the time (a day, or a window of days), so that keys of one name and
neighbouring times are neighbouring numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from .profile import Profile
from .rarity import TELLING
from .units import telling

WORDS, STORY = 5, 6
"""Rare words by which a telling is found, and by which it is found through the story of its report."""
NAMES = 5
FOUND = 1.0
"""How much a number must say to be looked for."""
WINDOW, MONTH = 14, 31
"""Days that stand under one key: of publication, for words and numbers; of a period's beginning or end."""
TIMES = 1 << 20
"""Keys of one name stand beside each other in time: a key is the hash of its name times this, plus the time."""


def keys(profile: Profile) -> list[int]:
    """The keys a telling is kept under."""
    window = (profile.said or 0) // WINDOW
    wide = (*profile.regions, *profile.countries)
    found = {_key("day", name, at=day) for name in (*profile.towns, *profile.regions) for day in profile.on}
    found |= {_key("number", *map(str, told), at=window) for told in profile.told if telling(told) >= FOUND}
    found |= {_key("word", word, at=window) for word in _rarest(profile.tokens, WORDS)}
    found |= {_key("story", word, at=window) for word in _rarest(profile.story, STORY)}
    found |= {_key("since", place, at=day // MONTH) for place in wide for day in profile.since}
    found |= {_key("until", place, at=day // MONTH) for place in wide for day in profile.until}
    found |= {_key("name", word, at=0) for word in sorted(profile.names)[:NAMES] if profile.main}
    places = (*profile.towns, *profile.regions) or (*profile.countries, "")[:1]
    found |= {_key("scene", scene, place, at=window) for scene in profile.scenes for place in places}
    return sorted(found)


def _rarest(told: Mapping[str, float], most: int) -> list[str]:
    ranked = sorted((word for word, weight in told.items() if weight >= TELLING), key=lambda word: (-told[word], word))
    return ranked[:most]


def _key(*name: str, at: int) -> int:
    digest = blake2b("\x1f".join(name).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 21) * TIMES + at % TIMES
