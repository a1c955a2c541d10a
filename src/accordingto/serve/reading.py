"""The routes of the pages: each hands what the address says to the pages, and the view to a template."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from markupsafe import Markup

from ..publish.pages import LONGEST
from ..publish.site import NARROW, WIDE
from .page import PageOf, both
from .room import OfLedger

router = APIRouter()
Number = Annotated[int, Query(alias="page", ge=1, le=LONGEST)]
Words = Annotated[str | None, Query(max_length=200)]
Day = Annotated[str | None, Query(max_length=10)]


@both(router, "/")
def home(page: PageOf, pages: OfLedger) -> Response:
    return page("index.html", pages.home())


@both(router, "/questions")
def questions(page: PageOf, pages: OfLedger, number: Number = 1, kind: Words = None) -> Response:
    return page("questions.html", pages.questions(number, kind))


@both(router, "/questions/{id}")
def question(
    page: PageOf, pages: OfLedger, id: str, as_of: Day = None, known_on: Day = None, rule: Words = "latest"
) -> Response:
    answer = pages.answer(id, as_of, rule or "latest", known_on)
    charts = [Markup(drawn) for drawn in pages.charts(answer, (WIDE, NARROW))]
    return page("question.html", pages.question(answer), charts=charts)


@both(router, "/reports")
def reports(page: PageOf, pages: OfLedger, number: Number = 1) -> Response:
    return page("reports.html", pages.reports(number))


@both(router, "/reports/{id}")
def report(page: PageOf, pages: OfLedger, id: str) -> Response:
    view = pages.report(id)
    return page("report.html", view, paragraphs=pages.paragraphs(view))


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
