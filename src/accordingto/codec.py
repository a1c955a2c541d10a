"""Records to JSON values and back, derived from their fields.

Fields that hold their default are left out, so `decode(type(r), encode(r), texts) == r`. Evidence is
checked again on the way in: `texts` maps a report's id to its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .errors import EvidenceError
from .records import Evidence

Texts = Mapping[str, str]
T = TypeVar("T")
_PLAIN = frozenset((str, int, float, bool, type(None)))


def encode(record: Any) -> Any:
    """JSON value of a record: dataclasses become objects, tuples arrays."""
    kind = record.__class__
    if kind in _PLAIN:
        return record
    if isinstance(record, tuple):
        return [encode(value) for value in record]
    held = _defaults(kind)
    if held is None:
        return record
    made = {}
    for name, default in held:
        value = getattr(record, name)
        if value is not default and value != default:
            made[name] = value if value.__class__ in _PLAIN else encode(value)
    return made


def decode(kind: type[T], value: Any, texts: Texts) -> T:
    """The record of a JSON value. Raises EvidenceError where words are not where they should be."""
    result: T = _decode(kind, value, texts)
    return result


def dumps(record: Any) -> str:
    """One line of JSON."""
    return json.dumps(encode(record), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], line: str, texts: Texts) -> T:
    """The record of one line of JSON."""
    return decode(kind, json.loads(line), texts)


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...] | None:
    """The fields of a record and what they hold by default; None when it is no record."""
    return tuple((f.name, f.default) for f in fields(kind)) if is_dataclass(kind) else None


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _decode(kind: Any, value: Any, texts: Texts) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _decode(next(arm for arm in get_args(kind) if arm is not type(None)), value, texts)
    if origin is tuple:
        arms = get_args(kind)
        if len(arms) == 2 and arms[1] is Ellipsis:
            return tuple(_decode(arms[0], item, texts) for item in value)
        return tuple(_decode(arm, item, texts) for arm, item in zip(arms, value, strict=True))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        known = {name: _decode(hints[name], item, texts) for name, item in value.items() if name in hints}
        if kind is Evidence:
            if known.get("report") not in texts:
                raise EvidenceError(f"evidence names report {known.get('report')!r}, which is not here; read it first")
            known["text"] = texts[known["report"]]
        return kind(**known)
    return value
