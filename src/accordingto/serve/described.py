"""What programs may ask of the server, described in OpenAPI: the .json twins, the files and the forms, with what they
take and answer. FastAPI tells the parameters and their bounds; what a twin holds and what a form carries is told here.

A twin may hold more than is told; what is told is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from .. import __version__
from ..reconcile import GROUPING
from ..review import VERDICTS
from ..review.corrections import FIELDS
from .forms import PLAIN, WITH_FILES

Told = dict[str, Any]
TEXT, MAYBE, COUNT = {"type": "string"}, {"type": ["string", "null"]}, {"type": "integer", "minimum": 0}
NUMBER, FLAG, ONE = {"type": ["integer", "null"]}, {"type": "boolean"}, {"type": "object"}
ROWS, WORDS = {"type": "array", "items": ONE}, {"type": "array", "items": TEXT}
LEAF = {"total": COUNT, "page": {"type": "integer", "minimum": 1}, "pages": COUNT}
"""A page of a long list."""
TWINS: dict[str, Told] = {
    "/index.json": {"counts": ONE, "news": {"type": ["object", "null"]}, "discrepancies": ROWS, "questions": ROWS},
    "/questions.json": LEAF | {"kinds": ONE, "questions": ROWS},
    "/questions/{id}.json": LEAF
    | {"id": TEXT, "href": TEXT, "label": TEXT, "kind": TEXT, "low": NUMBER, "best": NUMBER, "high": NUMBER}
    | {"rule": TEXT, "as_of": MAYBE, "origins": COUNT, "reports": COUNT, "figures": COUNT, "discrepancies": COUNT}
    | {"stands": ROWS, "points": ROWS, "history": ROWS, "contradictions": ROWS},
    "/reports.json": LEAF | {"reports": ROWS},
    "/reports/{id}.json": {"id": TEXT, "name": TEXT, "url": MAYBE, "title": MAYBE, "publisher": MAYBE, "byline": MAYBE}
    | {"published": MAYBE, "fetched": MAYBE, "language": MAYBE, "sha256": TEXT, "doubts": WORDS, "text": TEXT}
    | {"claims": ROWS, "questions": ONE},
    "/sources.json": LEAF | {"sources": ROWS},
    "/sources/{id}.json": LEAF
    | {"id": TEXT, "name": TEXT, "claims": COUNT, "figures": COUNT, "reports": COUNT, "reliability": ONE}
    | {"held": ROWS, "relays": ROWS, "lines": ROWS, "points": ROWS, "history": ROWS},
    "/checks.json": LEAF | {"kinds": ONE, "discrepancies": ROWS},
    "/checks/{id}.json": {"id": TEXT, "check": TEXT, "severity": COUNT, "sentence": TEXT, "figures": ROWS},
    "/map.json": {"total": COUNT, "figures": COUNT, "places": ROWS},
    "/places/{id}.json": LEAF | {"href": TEXT, "name": TEXT, "questions": ROWS},
    "/search.json": LEAF | {"asked": ONE, "questions": ROWS, "claims": ROWS},
    "/changes.json": LEAF
    | {"since": MAYBE, "reports": COUNT, "revisions": ROWS, "discrepancies": ROWS, "figures": ROWS},
    "/review.json": {"left": COUNT, "decided": COUNT, "samples": ROWS, "lost": COUNT, "may": ONE},
    "/review/done.json": {"words": TEXT, "sample": MAYBE},
    "/review/log.json": LEAF | {"decisions": ROWS},
    "/review/lost.json": LEAF | {"lost": ROWS},
    "/review/{figure}.json": {"figure": TEXT, "claim": TEXT, "report": TEXT, "chain": WORDS, "kind": TEXT}
    | {"before": TEXT, "exact": TEXT, "after": TEXT, "verdict": MAYBE, "seen": COUNT, "reviews": ROWS}
    | {"left": COUNT, "decided": COUNT},
    "/add.json": {"fetch": FLAG, "suffixes": WORDS, "wrong": MAYBE},
}
"""Address of a twin -> what is in it."""
FILES = {
    "/questions/{id}.csv": ("text/csv",),
    "/figures.csv": ("text/csv",),
    "/claims.jsonl": ("application/jsonl",),
    "/changes.atom": ("application/atom+xml",),
    "/reports/{id}/original": ("text/plain", "application/octet-stream"),
}
"""Address of a file -> its media types."""
FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "/sign-in": (("name", "password"), ("to",)),
    "/sign-out": ((), ()),
    "/names": (("what", "name"), ("note",)),
    "/review/{figure}": (("verdict",), ("note", "seen", "merge", *FIELDS, *(f"was_{field}" for field in FIELDS))),
    "/review/{figure}/undo": ((), ()),
    "/review/decisions/{number}/withdraw": ((), ("note", "to")),
    "/questions/{id}": (("verdict",), ("label", "other", "address", "note")),
    "/samples": (("name", "size"), ()),
    "/samples/agreed": (("sample",), ()),
    "/add": (("how",), ("address", "text", "title", "publisher", "published")),
}
"""Address of a form -> the fields it needs, and those it may have; all carry the token of a page."""
ONE_OF = {
    "verdict": sorted({*VERDICTS, *GROUPING} - {"withdraw"}),
    "what": ["mask", "unmask"],
    "how": ["address", "text", "file"],
}
FAULT = {"status": {"type": "integer"}, "title": TEXT, "happened": TEXT, "todo": TEXT}
"""What went wrong, as JSON."""
SESSION = (
    "Where the ledger has accounts: the cookie that /sign-in gives. Where it has none the server answers this machine "
    "alone. A form carries `token`, which every page with a form has in a hidden field, for the same cookie."
)


def api(app: FastAPI) -> Told:
    """The description of an app's addresses."""
    told = get_openapi(title="accordingto", version=__version__, description=SESSION, routes=app.routes)
    paths = {
        path: {method: _operation(path, method, one) for method, one in operations.items()}
        for path, operations in told["paths"].items()
    }
    session = {"type": "apiKey", "in": "cookie", "name": "accordingto", "description": SESSION}
    components = {"schemas": {"Fault": _object(FAULT, ("status", "title", "happened"))}}
    return {
        "openapi": told["openapi"],
        "info": told["info"],
        "security": [{}, {"session": []}],
        "paths": paths,
        "components": components | {"securitySchemes": {"session": session}},
    }


def _operation(path: str, method: str, told: Told) -> Told:
    found: Told = {"summary": str(told.get("description", told["summary"])).partition("\n")[0]}
    parameters = [_parameter(one) for one in told.get("parameters", ()) if one["in"] != "cookie"]
    if parameters:
        found["parameters"] = parameters
    if method == "post":
        found["requestBody"] = {"required": True, "content": _form(path)}
    return found | {"responses": _responses(path, method)}


def _parameter(told: Told) -> Told:
    """A parameter that may be left out, instead of one that may be null: an address has no null."""
    schema: Told = told["schema"]
    given = next((one for one in schema.get("anyOf", ()) if one != {"type": "null"}), schema)
    kept = {name: value for name, value in {**schema, **given}.items() if name not in ("anyOf", "title")}
    return {"name": told["name"], "in": told["in"], "required": told["required"], "schema": kept}


def _form(path: str) -> Told:
    needed, more = FORMS.get(path, ((), ()))
    fields = {name: {"enum": ONE_OF[name], **TEXT} if name in ONE_OF else TEXT for name in ("token", *needed, *more)}
    schema = _object(fields, ("token", *needed))
    if path != "/add":
        return {PLAIN: {"schema": schema}}
    file = {"file": {"type": "string", "format": "binary"}}
    return {PLAIN: {"schema": schema}, WITH_FILES: {"schema": _object(fields | file, ("token", *needed))}}


def _responses(path: str, method: str) -> Told:
    location = {"Location": {"schema": TEXT, "required": True}}
    onward = {"303": {"description": "Go on to another page", "headers": location}}
    if path.endswith(".json"):
        shape = TWINS.get(path, {})
        fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
        return {
            "200": {"description": "The page", "content": {"application/json": {"schema": _object(shape, shape)}}},
            "default": {"description": "What went wrong", "content": fault},
        }
    wrong = {"default": {"description": "What went wrong, as a page", "content": {"text/html": {"schema": TEXT}}}}
    if path in FILES:
        files = {kind: {"schema": TEXT} for kind in FILES[path]}
        return {"200": {"description": "A file", "content": files}} | onward | wrong
    return onward | wrong


def _object(properties: Told, needed: Iterable[str]) -> Told:
    required = list(needed)
    return {"type": "object", "properties": properties} | ({"required": required} if required else {})
