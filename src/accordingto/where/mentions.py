"""Place names in a text: capitalised words the gazetteer knows, with how much the words around speak for a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .. import gazetteer, who, world
from ..gazetteer import Place
from ..gazetteer.index import called
from ..prose import Prose
from ..world import Feature
from .chains import chain
from .runs import Mention, Token, Words, people, runs, words
from .signs import LARGE, STRONG, before, happened, initials, nationalities, score
from .weights import PLACE

LONGEST = 5
"""Words in the longest place name looked up."""
_UNIT_NAMED = re.compile(r"\b([a-z]++) (?:of|called|named) (?:the )?$")
_SAINTS = {"st": "Saint", "st.": "Saint", "ft.": "Fort", "mt.": "Mount", "ste.": "Sainte"}
_ASIDE = re.compile(r", [a-z]+ (?:([\w-]+) )?([a-z]+) [a-z]+ (?=[A-Z])")
"""Behind "Velmo": ", a farming village in" before another name."""
_BEHIND = re.compile(r"[ -]([a-z]+)(?:[ -]([a-z]+))?(?:[ -]([a-z]+))?")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading one text's names needs: the text, the words of its language, the names of its people, and whether
    it is in capitals, where a capital tells nothing."""

    prose: Prose
    known: Words
    persons: frozenset[str]
    shouted: bool


def mentions(prose: Prose) -> list[Mention]:
    """Every name of a place in the text, scored, in text order; nationality words are left to `who`."""
    known = words(prose.language)
    found_runs = list(runs(prose, known))
    reader = Reader(prose, known, people(found_runs, prose.text, known), _shouted(prose.text))
    found = [mention for run in found_runs for mention in _in_run(run, reader)]
    chain(found, prose.text, known)
    return found


def _shouted(text: str) -> bool:
    head = text[:2000]
    return sum(map(str.isupper, head)) > 3 * sum(map(str.islower, head))


def _in_run(run: list[Token], reader: Reader) -> Iterator[Mention]:
    at, known = 0, reader.known
    listed = False
    while at < len(run):
        low = run[at].text.lower()
        if reader.shouted and ((low in known.common and low not in known.openers) or run[at].text in initials()):
            at += 1
            continue
        found = _longest(run, at, reader)
        if found is None:
            found = _unheard(run, at, reader, listed)
            if found is not None:
                yield found[1]
            at = found[0] if found is not None else at + 1
            continue
        end, mention = found
        mention.score = score(mention, run, at, end, reader.prose.text, known, reader.persons)
        listed = mention.score >= 1 or (listed and run[at].gap in _BESIDE)
        yield mention
        at = end


def _unheard(run: list[Token], at: int, reader: Reader, listed: bool) -> tuple[int, Mention] | None:
    """A name new to the gazetteer that is put somewhere, by "in", "the town of", "camp" behind it or a list of places;
    with the number of the token after it. `places` are those that sound like it."""
    text, known = reader.prose.text, reader.known
    end = _name_end(run, at)
    start, last = run[at].start, run[end - 1].end
    name, settled = text[start:last], end == len(run) and _settled(text, last, known)
    beside = listed and _ends_list(run, at, end)
    if not (beside or run[at].gap is None or run[at - 1].text.lower() in STRONG):
        return None
    if end < len(run) and run[end].gap not in _BESIDE:
        return None
    if len(name) < 4 or name.isupper() or not name[-1].isalpha():
        return None
    unit = _UNIT_NAMED.search(text, max(0, start - 24), start)
    named = settled or (unit is not None and (unit.group(1) in known.settled or unit.group(1) in known.units))
    word = before(text, run, at)
    put = word in STRONG or (word == "on" and happened(text, start, known))
    if not (named or (end == at + 1 and (put or beside))):
        return None
    if any(_otherwise(one.text, known) or one.text in reader.persons for one in run[at:end]):
        return None
    if name.endswith("s") and (owner := gazetteer.find(name[:-1])) and owner[0].population > LARGE:
        return end, Mention(start, last - 1, name[:-1], gazetteer.fold(name[:-1]), owner, PLACE["sure"])
    sure = 1.0 if named or beside else 0.0
    return end, Mention(start, last, name, gazetteer.fold(name), gazetteer.sounding(name), sure, unheard=True)


_BESIDE = frozenset({", ", " and ", ", and "})


def _ends_list(run: list[Token], at: int, end: int) -> bool:
    """ "Chikwawa, Mulanje and Phalombe": the last one, or one before it."""
    gap, after = run[at].gap, run[end].gap if end < len(run) else None
    return gap in _BESIDE and (gap != ", " or after in (" and ", ", and "))


def _settled(text: str, end: int, known: Words) -> bool:
    """Whether the lower-case words behind a name say that it is a camp, a district or a village."""
    if text.endswith(known.adjectival, 0, end):
        return False
    behind = _BEHIND.match(text, end)
    if behind and behind.group(1) in (known.placing | known.sources) - known.settled:
        return False  # "Explosion at port"
    match = behind or _ASIDE.match(text, end)
    return match is not None and not known.settled.isdisjoint(match.groups()[:2])


def _name_end(run: list[Token], at: int) -> int:
    """One past the last capitalised word that follows directly."""
    end = at + 1
    while end < len(run) and run[end].gap == " " and end - at < LONGEST:
        end += 1
    return end


def _otherwise(word: str, known: Words) -> bool:
    """Whether the word is known as something else than a place."""
    low = word.lower()
    lists = (known.common, known.titles, known.given, known.surnames, known.bodies)
    return any(low in words for words in lists) or _is_body(word)


@lru_cache(maxsize=4096)
def _is_body(word: str) -> bool:
    known = who.actor(word)
    return known.sector is not None or known.country is not None


def _longest(run: list[Token], at: int, reader: Reader) -> tuple[int, Mention] | None:
    text, known = reader.prose.text, reader.known
    start, last = run[at].start, min(len(run), at + LONGEST)
    if last > at + 1 and not _begins(text[start : run[at + 1].end]):
        last = at + 1
    for end in range(last, at, -1):
        name = text[start : run[end - 1].end]
        spot = _spot(text, run[end - 1].end) if end == len(run) else None
        if spot is not None and (places := _find(f"{name} {spot.name}")):
            return end, Mention(start, run[end - 1].end, name, gazetteer.fold(name), places, spot=spot)
        places = _lookup(name, known, end - at == 1)
        if places:
            found = Mention(start, run[end - 1].end, name, gazetteer.fold(name), places)
            return _with_landmark(run, end, found, known)
    return None


def _with_landmark(run: list[Token], end: int, mention: Mention, known: Words) -> tuple[int, Mention]:
    """ "Kagera River" is not the town of Kagera: the river is meant, about there."""
    if end < len(run) and run[end].gap == " " and run[end].text.lower() in known.landmarks:
        mention.end, mention.landmark = run[end].end, run[end].text.lower()
        return end + 1, mention
    return end, mention


def _spot(text: str, end: int) -> Feature | None:
    """The spot that lower-case words behind a name say it is: "Zamzam displacement camp"."""
    match = _BEHIND.match(text, end)
    said = [word for word in match.groups() if word] if match else []
    options = (world.feature(" ".join(said[first:last])) for last in (1, 2, 3) for first in range(last))
    return next((feature for feature in options if feature is not None and feature.place == "site"), None)


def _lookup(words: str, known: Words, single: bool) -> tuple[Place, ...]:
    if single and (words in known.short or words in known.postal):
        full, country = known.short.get(words) or known.postal[words]
        return tuple(p for p in gazetteer.find(full) if p.country == country and (p.kind != "city" or "D.C." in full))
    if words in who.bodies() or (single and words in nationalities()):
        return ()
    if len(words) < 3 and words not in initials():
        return ()
    return _find(words)


@lru_cache(maxsize=16384)
def _find(words: str) -> tuple[Place, ...]:
    found = gazetteer.find(words) or gazetteer.find(_spelt_out(words)) or gazetteer.find(called(words))
    if words in initials():
        return tuple(p for p in found if p.kind == "country")
    if words.upper() in initials():
        return tuple(p for p in found if p.kind != "country")
    return found


@lru_cache(maxsize=4096)
def _begins(two: str) -> bool:
    """Whether a place's name begins with these two words, so that longer names need not be looked up in vain."""
    return gazetteer.begins(two) or (_spelt_out(two) != two and gazetteer.begins(_spelt_out(two)))


def _spelt_out(words: str) -> str:
    """ "St. Petersburg" as "Saint Petersburg"."""
    first, blank, rest = words.partition(" ")
    return f"{_SAINTS.get(first.lower(), first)}{blank}{rest}"
