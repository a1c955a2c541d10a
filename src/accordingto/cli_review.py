"""The commands by which people decide: `accordingto review`, alone for the queue, or with what is to be done."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from .cli_common import by, console, put, with_ledger
from .errors import InputError, NotFound

if TYPE_CHECKING:
    from .ledger import Ledger
    from .review.desk import Desk

SHELL = ("accept", "reject", "unsure", "insufficient", "correct", "split", "merge", "rename")
SHOWN = 20


class _Verbs(click.Group):
    """A word that is no command is the id of a record: `review ID VERDICT` is `review decide ID VERDICT`."""

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["decide", *args]
        return super().resolve_command(context, args)


_sample = click.option("--sample", metavar="NAME", help="In this sample, blind.")
_as_json = click.option("--json", "as_json", is_flag=True, help="As JSON.")


def _most(says: str) -> Callable[[Any], Any]:
    return click.option("--most", metavar="N", default=SHOWN, show_default=True, type=click.IntRange(1), help=says)


_ledger = click.option("--ledger", "path", envvar="ACCORDINGTO_LEDGER", metavar="FILE", help="The ledger.")


@click.group(cls=_Verbs, invoke_without_command=True, subcommand_metavar="[ID VERDICT [WITH]... | COMMAND]")
@_ledger
@by
@_sample
@_most("Figures to list.")
@_as_json
@click.pass_context
def review(
    context: click.Context, path: str | None, reviewer: str, sample: str | None, most: int, as_json: bool
) -> None:
    """Decide: alone it opens the queue, one key decides and moves on; `?` shows the keys.

    With an id it decides at once: accept, reject, unsure, insufficient or correct on a claim or figure, split, merge or
    rename on a question. Decisions are added, never overwritten; rejected figures leave the answers."""
    given = {"path": path, "reviewer": reviewer, "sample": sample}
    if context.invoked_subcommand is not None:
        held = review.commands.items()
        context.default_map = {
            name: {one.name: given[one.name] for one in command.params if given.get(one.name or "")}
            for name, command in held
        }
        return
    from .ledger import Ledger
    from .review.desk import Desk

    with Ledger.open(path) as ledger:
        _work(Desk(ledger, reviewer, sample, "code" if sample else "queue"), most, as_json)


def _work(desk: Desk, most: int, as_json: bool) -> None:
    """The queue on a terminal, a listing elsewhere."""
    if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from .review.terminal import Review

        Review(desk).run()
        return
    from .review import listing

    if as_json:
        put(listing.as_json(desk, most))
        return
    if not listing.show(desk, most, click.echo):
        raise NotFound("nothing is left to decide here; accordingto review log shows what was decided")
    click.echo(f"accordingto: {listing.HOW}", err=True)


@review.command()
@click.argument("id", metavar="ID")
@click.argument("verdict", type=click.Choice(SHELL), metavar="VERDICT")
@click.argument("with_", metavar="[WITH]...", nargs=-1)
@by
@click.option("--note", help="Why.")
@_sample
@with_ledger()
def decide(
    ledger: Ledger, id: str, verdict: str, with_: tuple[str, ...], reviewer: str, note: str | None, sample: str | None
) -> None:
    """Decide on one record; the word `decide` may be left out.

    `FIGURE correct number=120 kind=wounded source=NAME time=2025-03-05 place=NAME`, `FIGURE split [FIGURE...]`,
    `QUESTION merge QUESTION`, `QUESTION rename "NAME"`."""
    from .review import corrections

    said = corrections.parsed(with_) if verdict == "correct" else " ".join(with_) or None
    ledger.review(id, verdict, reviewer, note, said, sample)


@review.command()
@by
@_sample
@with_ledger()
def undo(ledger: Ledger, reviewer: str, sample: str | None) -> None:
    """Withdraw your last decision: what held before holds again, and both stay on record."""
    from .review.desk import Desk
    from .review.listing import said

    taken = Desk(ledger, reviewer, sample, "code" if sample else "queue").undo()
    if taken is None:
        raise NotFound(f"{reviewer} has decided nothing that could be withdrawn")
    click.echo(f"withdrawn: {said(taken)}", err=True)


@review.command()
@_most("Decisions to show.")
@_as_json
@with_ledger()
def log(ledger: Ledger, most: int, as_json: bool) -> None:
    """Show what was decided, the last first: who, when, why; what was withdrawn too."""
    from .review import listing

    found = list(reversed(ledger.reviews()))[:most]
    if not found:
        raise NotFound("nothing was decided yet; accordingto review shows what there is to decide")
    if as_json:
        put([listing.row(one) for one in found])
        return
    for one in found:
        click.echo(listing.said(one))


@review.command()
@_as_json
@with_ledger()
def lost(ledger: Ledger, as_json: bool) -> None:
    """List decisions whose words are nowhere any more, so that a person decides anew."""
    from .review import listing

    found = ledger.decisions.lost()
    if as_json:
        put([{**listing.row(one.review), "exact": one.exact} for one in found])
    for one in () if as_json else found:
        click.echo(f"{listing.said(one.review)}{f': “{one.exact}”' if one.exact else ''}")
    if found:
        sys.exit(1)
    click.echo("Every decision has its words.", err=True)


@review.command()
@click.argument("size", metavar="N", type=click.IntRange(1))
@click.option("--name", metavar="NAME", help="What it is called [sample-1, sample-2 …].")
@by
@with_ledger()
def sample(ledger: Ledger, size: int, name: str | None, reviewer: str) -> None:
    """Draw N figures for several people to code blind.

    Each codes them with `accordingto review --sample NAME --reviewer THEIR-NAME`; nobody sees what the others said, and
    the answers do not change."""
    taken = {one for one, _, _ in ledger.decisions.samples()}
    name = name or next(new for n in range(1, len(taken) + 2) if (new := f"sample-{n}") not in taken)
    if name in taken:
        raise InputError(f"a sample is called {name!r} already; give another name (--name)")
    drawn = ledger.decisions.draw(name, size, reviewer)
    if not drawn:
        raise NotFound(f"{ledger.path}: there are no figures to draw from; accordingto read INPUT… adds some")
    click.echo(name)
    click.echo(f"{len(drawn)} figures drawn; code them with: accordingto review --sample {name}", err=True)


@review.command()
@click.argument("name", required=False, metavar="[SAMPLE]")
@_as_json
@with_ledger()
def agreement(ledger: Ledger, name: str | None, as_json: bool) -> None:
    """Show how far the coders of a sample agree: Krippendorff's alpha, a field each [the newest sample]."""
    from .review import listing

    found = listing.agreement_of(ledger, _sample_of(ledger, name))
    if as_json:
        put(found)
        return
    coders = ", ".join(found["coders"]) or "nobody yet"
    click.echo(f"{found['sample']}: {found['figures']} figures, coded by {coders}")
    console().print(listing.agreement_table(found))


@review.command()
@click.argument("name", required=False, metavar="[SAMPLE]")
@by
@click.option("--agreed", is_flag=True, help="Also decide what all coders said alike.")
@_most("Figures to list.")
@_as_json
@with_ledger()
def adjudicate(ledger: Ledger, name: str | None, reviewer: str, agreed: bool, most: int, as_json: bool) -> None:
    """Decide the figures of a sample that its coders disagree on [the newest sample]."""
    from .review import agreement as agreeing
    from .review.desk import Desk

    called = _sample_of(ledger, name)
    desk = Desk(ledger, reviewer, called, "adjudicate")
    if agreed:
        count = agreeing.settle(ledger, called, reviewer)
        click.echo(f"{count} figure{'' if count == 1 else 's'} decided as all coders said", err=True)
    if desk.counts()[0] or not agreed:
        _work(desk, most, as_json)


def _sample_of(ledger: Ledger, name: str | None) -> str:
    """The sample of this name, or the newest."""
    held = [one for one, _, _ in ledger.decisions.samples()]
    if not held:
        raise NotFound("no sample was drawn yet; accordingto review sample N draws one of N figures")
    if name is not None and name not in held:
        raise NotFound(f"no sample is called {name!r}; there are {', '.join(held)}")
    return name or held[-1]
