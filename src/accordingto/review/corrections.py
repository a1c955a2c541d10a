"""What a figure should be, in the words of a person: `number=120 kind=wounded source="Health ministry"`.

A correction says only what changes. It is kept as JSON with everything that was looked up (a place's point), so that
replaying it gives the same on any machine. What the report says and what the reader made of it stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from .. import gazetteer
from ..errors import InputError
from ..kinds import kinds
from ..reconcile.days import days
from ..records import Entry

FIELDS = ("number", "kind", "source", "time", "place")
EXAMPLE = "number=120, number=100-120 or number=100-, kind=wounded, source=NAME, time=2025-03-05, place=NAME"
_NUMBER = re.compile(r"(?P<low>\d+)?(?P<to>[-–])?(?P<high>\d+)?")
_GROUPS = re.compile(r"(?<=\d)[,. \u00a0\u202f'](?=\d{3}(?!\d))")
_MOST = 12
"""Digits of a number, at most."""


def parsed(words: Iterable[str]) -> dict[str, str]:
    """The fields of `field=value` words. Raises InputError."""
    found: dict[str, str] = {}
    for word in words:
        field, sign, value = word.partition("=")
        if not sign or field.strip() not in FIELDS:
            raise InputError(f"the correction {word!r} names no field; give {EXAMPLE}")
        found[field.strip()] = value.strip()
    return found


def checked(given: str | Mapping[str, Any]) -> str:
    """A correction as it is kept. Raises InputError for a field or value that is none."""
    if isinstance(given, str):
        given = _loaded(given) or parsed(re.split(r"\s+(?=\w+=)", given.strip()))
    said = {field: value for field, value in given.items() if value not in (None, "")}
    if not said or not said.keys() <= set(FIELDS):
        raise InputError(f"the correction {', '.join(given) or '(none)'} names no field; give {EXAMPLE}")
    return json.dumps({field: _checked(field, said[field]) for field in FIELDS if field in said}, ensure_ascii=False)


def said(correction: str | None) -> dict[str, str]:
    """A kept correction in words, field by field; nothing for one of an older ledger that names no fields."""
    return {field: value["name"] if field == "place" else value for field, value in _loaded(correction).items()}


def words(correction: str | None) -> str:
    """A kept correction on one line."""
    return ", ".join(f"{field} {value}" for field, value in said(correction).items()) or (correction or "")


def applied(entry: Entry, corrections: Iterable[str]) -> Entry:
    """The figure as people corrected it, the last correction of a field holding."""
    fields: dict[str, Any] = {}
    for correction in corrections:
        fields |= _loaded(correction)
    return replace(entry, **_columns(entry, fields)) if fields else entry


def _columns(entry: Entry, fields: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "number" in fields:
        low, high = _bounds(fields["number"])
        made |= {"low": low, "high": high, "qualifier": None}
    if "kind" in fields:
        made["kind"] = fields["kind"]
    if "source" in fields:
        made |= {"chain": (*entry.chain[:-1], fields["source"]), "speaks_for": None}
    if "time" in fields:
        made |= {"edtf": fields["time"], "time_said": True}
    if "place" in fields:
        place = fields["place"]
        made |= {name: place.get(name) for name in ("geonames", "lat", "lon")}
        made |= {"place": place["name"], "place_said": True, "place_precision": place.get("precision")}
        made["place_country"] = place.get("country") or entry.place_country
    return made


def _loaded(correction: str | None) -> dict[str, Any]:
    if not (correction or "").startswith("{"):
        return {}
    try:
        found = json.loads(correction or "")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _checked(field: str, value: Any) -> Any:
    if field == "place":
        return _place(value["name"] if isinstance(value, Mapping) else str(value).strip())
    text = " ".join(str(value).split())
    if field == "number":
        _bounds(text)
    elif field == "kind" and text not in kinds() and not re.fullmatch(r"other:[\w-]+", text):
        raise InputError(f"the kind {text!r} is not known; give one of {', '.join(sorted(kinds()))}, or other:WORD")
    elif field == "time" and days(text) is None:
        raise InputError(f"the time {text!r} is none; give 2025-03-05, 2025-03 or 2025-03-01/2025-03-05")
    return text


def _bounds(text: str) -> tuple[int | None, int | None]:
    """The bounds of "120", "100-120", "100-" (or more) and "-120" (up to)."""
    found = _NUMBER.fullmatch(re.sub(r"\s*([-–])\s*", r"\1", _GROUPS.sub("", text)))
    low, to, high = found.group("low", "to", "high") if found else (None, None, None)
    if not (low or high) or len(low or "") > _MOST or len(high or "") > _MOST:
        raise InputError(f"the number {text!r} is none; give 120, 100-120, 100- (or more) or -120 (up to)")
    first, last = (int(end) if end else None for end in (low, high if to else low))
    if first is not None and last is not None and first > last:
        raise InputError(f"the number {text!r} ends before it begins; give the smaller one first")
    return first, last


def _place(name: str) -> dict[str, Any]:
    """The place of this name with its point, where the gazetteer knows it."""
    found = next(iter(gazetteer.find(name)), None)
    if found is None:
        return {"name": name}
    return {
        "name": name,
        "geonames": found.id if found.id > 0 else None,
        "country": found.country,
        "lat": found.lat,
        "lon": found.lon,
        "precision": found.precision,
    }
