"""The pages by which people decide: a figure at a time, by keys or by plain forms, each with an address of its own.

A decision is in the ledger before the next figure is shown, so a page that is loaded again loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from ..accounts import Account, may
from ..ledger import Ledger
from ..reconcile import GROUPING
from ..review import corrections, keys, listing
from ..review.agreement import settle
from ..review.desk import Decided, Desk, Work
from . import gate, grouping, history, views
from .forms import FormOf, kept
from .gate import Adjudicator, Coder, Owner
from .page import PageOf, both
from .room import Room

router = APIRouter()
router.include_router(history.router)
router.include_router(grouping.router)
_LONGEST = 2000
MOST = 10**15
"""The largest number by which anything is told."""


class At:
    """Where in the work a page is: `sample` and `work` (queue, code, adjudicate), words that narrow the queue."""

    def __init__(
        self,
        words: Annotated[str, Query(max_length=200)] = "",
        sample: Annotated[str, Query(max_length=100)] = "",
        work: Work = "queue",
    ) -> None:
        self.words, self.sample, self.work = words.strip(), sample or None, work

    def address(self, path: str, **more: Any) -> str:
        given = {"words": self.words, "sample": self.sample, "work": self.work if self.sample else None, **more}
        kept = {name: value for name, value in given.items() if value not in (None, "")}
        return f"/review{path}{'?' + urlencode(kept) if kept else ''}"


AtOf = Annotated[At, Depends(At)]


def _room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


@contextmanager
def _desk(request: Request, person: Account, at: At) -> Iterator[Desk]:
    if at.work == "adjudicate" and not may(person.role, "adjudicator"):
        raise HTTPException(403, f"{person.name} is a {person.role}; this needs the role adjudicator.")
    room = _room(request)
    with Ledger(room.path, create=False, wait=room.settings.wait) as ledger:
        yield Desk(ledger, person.name, at.sample, at.work)


@both(router, "/review")
def index(request: Request, page: PageOf, person: Coder) -> Response:
    with _desk(request, person, At()) as desk:
        desk.open()
        left, decided = desk.counts()
        samples = []
        for name, made, by in desk.ledger.decisions.samples():
            work, disputed = (Desk(desk.ledger, person.name, name, one).counts()[0] for one in ("code", "adjudicate"))
            samples.append({"name": name, "made": made, "by": by, "left": work, "disputed": disputed})
            if may(person.role, "adjudicator"):
                samples[-1]["agreement"] = listing.agreement_of(desk.ledger, name)
        nowhere = len(desk.ledger.decisions.lost())
    roles = {role: may(person.role, role) for role in ("adjudicator", "owner")}
    view = {"left": left, "decided": decided, "samples": samples, "lost": nowhere, "may": roles}
    return page("reviews.html", view, section="review", token=gate.token(request))


@router.get("/review/next")
def following(request: Request, person: Coder, at: AtOf, after: str = "", before: str = "") -> Response:
    """On to the next figure; to the last one again where none comes after it."""
    with _desk(request, person, at) as desk:
        found = desk.before(before, at.words) if before else desk.after(after or None, at.words)
    return RedirectResponse(at.address(f"/{found or after or before or 'done'}"), 303)


@both(router, "/review/done")
def done(request: Request, page: PageOf, person: Coder, at: AtOf) -> Response:
    return page("done.html", {"words": at.words, "sample": at.sample}, section="review", all=at.address(""))


@both(router, "/review/{figure}")
def card(
    request: Request,
    page: PageOf,
    person: Coder,
    at: AtOf,
    figure: str,
    made: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    seen: Annotated[int, Query(ge=0, le=MOST)] = 0,
) -> Response:
    with _desk(request, person, at) as desk:
        shown, counts = desk.card(figure), desk.counts()
        mask = _room(request).mask(desk.ledger)
        told = _told(desk, made, seen)
        view = views.card(shown, mask, at.work) | {"left": counts[0], "decided": counts[1]}
        view["told"] = views.told(told, mask)
    links = {name: at.address("/next", **{name: shown.figure}) for name in ("after", "before")}
    return page(
        "review.html", view, section="review", at=at, keys=keys.in_use(), links=links, token=gate.token(request),
        may={"group": may(person.role, "adjudicator") and at.work == "queue"}, kinds=views.kinds(),
        pressed={key.act: key.key for key in keys.in_use()},
    )  # fmt: skip


@router.post("/review/{figure}")
def decide(request: Request, form: FormOf, person: Coder, at: AtOf, figure: str) -> Response:
    """Take a decision, and show the next figure with what was decided; after one on its question, the same figure."""
    verdict = form.get("verdict", "")
    if verdict in GROUPING and not may(person.role, "adjudicator"):
        raise HTTPException(403, f"{person.name} is a {person.role}; splitting and merging needs the role adjudicator.")
    correction = _correction(form) if verdict == "correct" else _merged(form) if verdict == "merge" else None
    seen = _number(form.get("seen", "")) or 0
    with kept(form), _desk(request, person, at) as desk:
        onward = desk.after(figure, at.words)
        made = desk.decide(figure, verdict, form.get("note", "")[:_LONGEST].strip(), correction, seen)
        if verdict in GROUPING:
            onward = made.review.record
        elif onward in (figure, None):
            onward = desk.after(None, at.words)
    return RedirectResponse(at.address(f"/{onward or 'done'}", made=made.review.number, seen=seen), 303)


@router.post("/review/{figure}/undo")
def undo(request: Request, form: FormOf, person: Coder, at: AtOf, figure: str) -> Response:
    """Withdraw this person's last decision and show its figure again."""
    with kept(form), _desk(request, person, at) as desk:
        taken = desk.undo()
        back = taken is not None and desk.ledger.decisions.weight(taken.record) is not None
    return RedirectResponse(at.address(f"/{taken.record if taken and back else figure}"), 303)


@router.post("/samples")
def sample(request: Request, form: FormOf, person: Owner) -> Response:
    size, name = _number(form.get("size", "")) or 0, " ".join(form.get("name", "").split())[:100]
    if not 0 < size <= 100_000 or not name:
        raise HTTPException(400, "A sample needs a name and how many figures to draw, 1 to 100,000.")
    with kept(form), _desk(request, person, At()) as desk:
        if name in {one for one, _, _ in desk.ledger.decisions.samples()}:
            raise HTTPException(400, f"A sample is called {name!r} already; give another name.")
        desk.ledger.decisions.draw(name, size, person.name)
    return RedirectResponse("/review", 303)


@router.post("/samples/agreed")
def agreed(request: Request, form: FormOf, person: Adjudicator) -> Response:
    """Decide what all coders of a sample said alike."""
    with kept(form), _desk(request, person, At()) as desk:
        settle(desk.ledger, form.get("sample", ""), person.name)
    return RedirectResponse("/review", 303)


def _number(words: str) -> int | None:
    """A whole number that a ledger can hold."""
    return int(words) if words.isdecimal() and len(words) <= len(str(MOST)) else None


def _correction(form: dict[str, str]) -> dict[str, str]:
    """The fields that were changed."""
    changed = {field: form.get(field, "").strip() for field in corrections.FIELDS}
    return {field: value for field, value in changed.items() if value and value != form.get(f"was_{field}", "").strip()}


def _merged(form: dict[str, str]) -> str | None:
    """The question to merge with."""
    return grouping.id_of(form.get("merge", "")) or None


def _told(desk: Desk, made: int | None, seen: int) -> Decided | None:
    """This person's decision of that number, and what others had said since they saw the figure."""
    found = desk.ledger.decisions.numbered(made) if made else None
    if (
        found is None
        or found.reviewer != desk.reviewer
        or found.sample != (desk.sample if desk.work == "code" else None)
    ):
        return None
    others = desk.ledger.decisions.said(found.record) if found.sample is None else []
    between = (one for one in others if seen < (one.number or 0) < (found.number or 0))
    return Decided(found, tuple(one for one in between if one.reviewer != desk.reviewer))
