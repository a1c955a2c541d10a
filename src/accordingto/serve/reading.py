"""The routes of the pages: each hands what the address says to the pages, and the view to a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import Annotated

from fastapi import APIRouter, Cookie, Query, Request, Response
from fastapi.responses import StreamingResponse

from ..publish import feed, jsonl, table
from ..publish.pages import LONGEST
from . import gate, grouping
from .page import PageOf, both, link
from .room import OfLedger

router = APIRouter()
Number = Annotated[int, Query(alias="page", ge=1, le=LONGEST)]
Words = Annotated[str | None, Query(max_length=200)]
VISIT, YEAR = timedelta(minutes=30), 365 * 24 * 3600
"""After what a visit has ended; seconds a browser remembers the last one."""
PIECE = 1 << 16
"""Characters of a long file that are sent at a time."""
Day = Annotated[str | None, Query(max_length=10)]


@both(router, "/")
def home(
    request: Request,
    page: PageOf,
    pages: OfLedger,
    visited: Annotated[str | None, Cookie()] = None,
    since: Annotated[str | None, Cookie()] = None,
) -> Response:
    """The front page, with what is new since the visit before this one: a visit ends after half an hour."""
    now, last = datetime.now(UTC), _time(visited)
    before = last if last and now - last > VISIT else _time(since)
    news = pages.news(before.isoformat(timespec="seconds")) if before else None
    answer = page("index.html", {**pages.home(), "news": news})
    for name, time in (("visited", now), ("since", before)):
        if time:
            told, secure = time.isoformat(timespec="seconds"), request.url.scheme == "https"
            answer.set_cookie(name, told, YEAR, httponly=True, samesite="strict", secure=secure)
    return answer


def _time(told: str | None) -> datetime | None:
    """The time a cookie tells, unless somebody made it up."""
    try:
        found = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


@both(router, "/questions")
def questions(page: PageOf, pages: OfLedger, number: Number = 1, kind: Words = None) -> Response:
    return page("questions.html", pages.questions(number, kind or None))


@router.get("/questions/{id}.csv")
def figures_of(request: Request, pages: OfLedger, id: str) -> Response:
    question = pages.question_of(id)
    gate.note(request, "export", f"questions/{question.id}.csv")
    return _file(pages.table(question).encode("utf-8", "replace"), "text/csv; charset=utf-8", f"{question.id}.csv")


@both(router, "/questions/{id}")
def question(
    request: Request,
    page: PageOf,
    pages: OfLedger,
    id: str,
    as_of: Day = None,
    known_on: Day = None,
    rule: Words = None,
    number: Number = 1,
) -> Response:
    answer = pages.answer(id, as_of or None, rule or "latest", known_on or None)
    asked = {"as_of": as_of or None, "known_on": known_on or None, "rule": rule}
    view = {**pages.question(answer, number), "asked": asked}
    return page("question.html", view, desk=grouping.desk(request, pages, answer.question))


@both(router, "/reports")
def reports(page: PageOf, pages: OfLedger, number: Number = 1) -> Response:
    return page("reports.html", pages.reports(number))


@both(router, "/reports/{id}")
def report(page: PageOf, pages: OfLedger, id: str) -> Response:
    view = pages.report(id)
    return page("report.html", view, paragraphs=pages.paragraphs(view))


@router.get("/reports/{id}/original")
def original(pages: OfLedger, id: str) -> Response:
    """As plain words or as a file to keep: what others wrote never runs here."""
    name, kept = pages.original(id)
    try:
        return Response(kept.decode("utf-8"), media_type="text/plain; charset=utf-8")
    except UnicodeDecodeError:
        return _file(kept, "application/octet-stream", name)


@router.get("/figures.csv")
def figures(request: Request, pages: OfLedger) -> Response:
    gate.note(request, "export", "figures.csv")
    return _long(partial(table.rows, pages.ledger, mask=pages.state.mask), "text/csv; charset=utf-8", "figures.csv")


@router.get("/claims.jsonl")
def claims(request: Request, pages: OfLedger) -> Response:
    gate.note(request, "export", "claims.jsonl")
    return _long(partial(jsonl.lines, pages.ledger, mask=pages.state.mask), "application/jsonl", "claims.jsonl")


@both(router, "/map")
def places(page: PageOf, pages: OfLedger) -> Response:
    return page("map.html", pages.places())


@both(router, "/places/{id}")
def place(page: PageOf, pages: OfLedger, id: str, number: Number = 1) -> Response:
    return page("place.html", pages.place(id, number))


@both(router, "/checks")
def checks(page: PageOf, pages: OfLedger, number: Number = 1, check: Words = None) -> Response:
    return page("checks.html", pages.checks(number, check))


@both(router, "/checks/{id}")
def check(page: PageOf, pages: OfLedger, id: str) -> Response:
    return page("check.html", pages.check(id))


@both(router, "/sources")
def sources(page: PageOf, pages: OfLedger, number: Number = 1) -> Response:
    return page("sources.html", pages.sources(number))


@both(router, "/sources/{id}")
def source(page: PageOf, pages: OfLedger, id: str, number: Number = 1) -> Response:
    return page("source.html", pages.source(id, number))


@both(router, "/search")
def search(
    page: PageOf,
    pages: OfLedger,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Words = None,
    outlet: Words = None,
    since: Day = None,
    until: Day = None,
    number: Number = 1,
) -> Response:
    wanted = {"kind": kind or None, "outlet": outlet or None, "since": since or None, "until": until or None}
    return page("search.html", pages.search(q, number, **wanted))


@both(router, "/changes")
def changes(page: PageOf, pages: OfLedger, since: Day = None, number: Number = 1) -> Response:
    return page("changes.html", pages.changes(since or None, number))


@router.head("/changes.atom", include_in_schema=False)
@router.get("/changes.atom")
def changes_feed(request: Request, pages: OfLedger, since: Day = None, key: Words = None) -> Response:
    """The feed of what changed; `key` lets a feed reader in that has no cookie, see gate.py."""
    base = partial(link, str(request.base_url).rstrip("/"))
    words = request.app.state.templates.get_template("changes.atom").render(
        view=pages.feed(since or None), to=base, data=base
    )
    return Response(feed.clean(words), media_type=f"{feed.KIND}; charset=utf-8")


def _file(words: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    return Response(words, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _long(write: Callable[..., None], kind: str, name: str) -> Response:
    """A file to keep that may be long: written to a file of its own first, then sent in pieces."""

    def pieces() -> Iterator[str]:
        with TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as held:
            write(out=held)
            held.seek(0)
            while piece := held.read(PIECE):
                yield piece

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces(), media_type=kind, headers=headers)
