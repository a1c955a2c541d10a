"""Laying reports beside those that are there: copies, then events, then the questions of the events that changed.

What has still to be done stands in the table `unsettled`, so that an interrupted run goes on where it stopped. Each
function is one step in the transaction of its connection. Adding a report touches its neighbours alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select

from .. import reconcile
from ..reconcile.following import lay, touched
from ..reconcile.named import names
from ..reconcile.tellings import of_report
from ..records import Entry, Review
from . import copying, queueing, rows, schema, statements
from .shelf import Shelf
from .statements import cursor

RULES = "8"
"""The rules by which reports are laid: another number whenever tellings, their keys or their likeness change."""
REPORTS, EVENTS = 2000, 500
"""Reports laid, and events whose questions are written, in one transaction."""
_U, _T, _V = schema.unsettled.c, schema.tellings.c, schema.reviews.c


def stale(connection: Connection) -> bool:
    """Whether the tellings were made by other rules than these."""
    if statements.setting(connection, "laid by") == RULES:
        return False
    return connection.execute(select(_T.line).limit(1)).first() is not None


def anew(connection: Connection) -> bool:
    """Forget all tellings that were made by other rules, so that every report is laid again, never a second time, and
    what does not add up is looked for again."""
    if stale(connection):
        for table in ("tellings", "telling_keys", "unsettled", "questions"):
            cursor(connection).execute(f"DELETE FROM {table}")
        cursor(connection).execute("INSERT INTO unsettled (what, which) SELECT 'report', id FROM reports")
        statements.count_as(connection, "settled", -1)
    statements.set_to(connection, "laid by", RULES)
    return False


def expect(connection: Connection, fresh: Sequence[rows.Rows]) -> None:
    """Reports that came in have still to be laid beside the others."""
    copying.keep(connection, [(item.report["id"], item.report["published"], item.runs) for item in fresh])
    _remember(connection, "report", (item.report["id"] for item in fresh))


def leave(connection: Connection, reports: Iterable[str]) -> None:
    """Reports are about to go: who stood behind their tellings chooses again, their events are asked anew."""
    shelf, old = Shelf().use(connection), stale(connection)
    for report in reports:
        copying.drop(connection, report)
        for one in shelf.of_report(report) if not old else ():
            event = shelf.event(one.line)
            if event is None:
                continue
            _remember(connection, "telling", map(str, {*touched(shelf, one), *shelf.followers(one.line)}))
            _remember(connection, "event", [str(event)])
            shelf.take(one)


def place(connection: Connection, shelf: Shelf) -> bool:
    """Lay the oldest reports that wait; whether there were any."""
    shelf.use(connection)
    reports = _waiting_reports(connection)
    restless = _waiting(connection, "telling", None)
    if not reports and not restless:
        return False
    new = [one for report in reports for one in shelf.of_report(report) or _told(connection, report, shelf)]
    gone = {one.line for one in new}
    here = [int(line) for line in restless if int(line) not in gone and shelf.event(int(line)) is not None]
    events = lay(shelf, new, here)
    _remember(connection, "event", map(str, events))
    copying.join(connection, reports)
    _forget(connection, "report", reports)
    _forget(connection, "telling", restless)
    return True


def ask(connection: Connection) -> bool:
    """Write the questions of events that changed anew; whether there were any."""
    events = _waiting(connection, "event", EVENTS)
    if not events:
        return False
    decisions = _decisions(connection)
    homes = _homes(connection, decisions, [int(event) for event in events])
    for some in statements.pieces(homes):
        connection.execute(delete(schema.questions).where(schema.questions.c.event.in_(some)))
    together: dict[int, list[Entry]] = defaultdict(list)
    for event, entries in _events(connection, list(homes)).items():
        together[homes[event]].extend(entries)
    written: list[str] = []
    for event, entries in together.items():
        found = reconcile.applied(reconcile.answered(entries), {one.figure: one for one in entries}, decisions)
        statements.put(connection, schema.questions, statements.question_rows(found, event))
        statements.put(connection, schema.question_figures, statements.members("question", found))
        written.extend(question.id for question in found)
    statements.describe(connection, written)
    queueing.expect(connection, homes)
    _forget(connection, "event", map(str, homes))
    return True


def decided(connection: Connection, review: Review) -> None:
    """What a person decided, or withdrew: figures that were corrected are told anew, the events of those that were
    split, merged or renamed are asked anew."""
    if review.verdict == "correct":
        report = connection.execute(
            select(schema.figures.c.report).where(schema.figures.c.id == review.record)
        ).scalar()
        tell_anew(connection, [str(report)] if report else [])
    if review.verdict not in reconcile.GROUPING:
        return
    events = (_event_of(connection, figure) for figure in (review.record, *(review.correction or "").split()))
    _remember(connection, "event", [str(event) for event in events if event is not None])


def tell_anew(connection: Connection, reports: Sequence[str]) -> None:
    """Reports with figures that people corrected: their tellings are made of what the figures are now."""
    leave(connection, reports)
    connection.execute(delete(schema.tellings).where(_T.report.in_(reports)))
    _remember(connection, "report", reports)


def corrected(connection: Connection, reports: Iterable[str]) -> list[str]:
    """Those of the reports that hold a corrected figure."""
    figures = schema.figures.c
    found: dict[str, None] = {}
    for some in statements.pieces(reports):
        query = select(figures.report).join(schema.reviews, _V.record == figures.id).distinct()
        wanted = figures.report.in_(some), _V.verdict == "correct", *statements.holds()
        found |= dict.fromkeys(connection.execute(query.where(*wanted)).scalars())
    return list(found)


def _decisions(connection: Connection) -> list[Review]:
    wanted = *statements.holds(), ~statements.carried(), _V.verdict.in_(reconcile.GROUPING)
    query = select(*statements.REVIEW).where(*wanted)
    return [Review(*row) for row in connection.execute(query.order_by(_V.number))]


def _homes(connection: Connection, decisions: Iterable[Review], events: Sequence[int]) -> dict[int, int]:
    """The events to ask, and those that people merged with them, each to the first of those it is merged with."""
    boss: dict[int, int] = {}
    for review in decisions:
        if review.verdict == "merge":
            for other in (review.correction or "").split():
                pair = _event_of(connection, review.record), _event_of(connection, other)
                if None not in pair:
                    one, two = sorted(_boss(boss, event) for event in pair if event is not None)
                    boss[two] = one
    wanted = {_boss(boss, event) for event in events} | set(events)
    merged = {event for event in boss if _boss(boss, event) in wanted}
    return {event: _boss(boss, event) for event in sorted(wanted | merged)}


def _boss(boss: dict[int, int], event: int) -> int:
    while boss.get(event, event) != event:
        event = boss[event]
    return event


def _event_of(connection: Connection, figure: str) -> int | None:
    query = """SELECT t.event FROM figures f JOIN tellings t ON t.report = f.report
        WHERE f.id = ? AND instr(t.figures, f.id) AND t.event IS NOT NULL"""
    row = cursor(connection).execute(query, (figure,)).fetchone()
    return int(row[0]) if row else None


def _events(connection: Connection, events: Sequence[int]) -> dict[int, list[Entry]]:
    """The figures of the events."""
    event_of: dict[str, int] = {}
    for some in statements.pieces(events):
        for event, figures in connection.execute(select(_T.event, _T.figures).where(_T.event.in_(some))):
            event_of |= dict.fromkeys(figures.split(), event)
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in statements.picked(connection, "id", event_of):
        found[event_of[entry.figure]].append(entry)
    return found


def _told(connection: Connection, report: str, shelf: Shelf) -> list[reconcile.Telling]:
    """The tellings of a report that was read before tellings were kept."""
    entries = statements.picked(connection, "report", [report])
    title, text = _worded(connection, report)
    found = of_report(sorted(entries, key=reconcile.order), names(title, text))
    statements.put(connection, schema.tellings, [rows.telling(one) for one in found])
    return found


def _worded(connection: Connection, report: str) -> tuple[str | None, str]:
    """A report's title and text."""
    reports = schema.reports.c
    title, text = connection.execute(select(reports.title, reports.text).where(reports.id == report)).one()
    return title, text


def _waiting_reports(connection: Connection) -> list[str]:
    """The reports that wait, in the order of publication: most then choose once."""
    reports = schema.reports
    query = select(reports.c.id).join(schema.unsettled, _U.which == reports.c.id).where(_U.what == "report")
    found = connection.execute(query.order_by(reports.c.published, reports.c.id).limit(REPORTS))
    return [str(row[0]) for row in found]


def _waiting(connection: Connection, what: str, most: int | None) -> list[str]:
    query = select(_U.which).where(_U.what == what).order_by(_U.which).limit(most)
    return [str(row[0]) for row in connection.execute(query)]


def _remember(connection: Connection, what: str, which: Iterable[str]) -> None:
    some = [(what, one) for one in which]
    cursor(connection).executemany("INSERT OR IGNORE INTO unsettled (what, which) VALUES (?, ?)", some)


def _forget(connection: Connection, what: str, which: Iterable[str]) -> None:
    some = [(what, one) for one in which]
    cursor(connection).executemany("DELETE FROM unsettled WHERE what = ? AND which = ?", some)
