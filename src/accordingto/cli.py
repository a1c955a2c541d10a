"""The commands: one thin function a verb. Everything here can be done with `import accordingto`.

Exit codes: 0 done, 1 nothing found or checks failed, 2 bad usage or input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from . import settings
from .cli_accounts import accounts
from .cli_common import WIDTH
from .cli_common import console as _console
from .cli_common import look as _look
from .cli_common import print_lines as _print_lines
from .cli_common import put as _put
from .cli_common import with_ledger as _with_ledger
from .cli_gazetteer import gazetteer
from .cli_masking import mask, unmask
from .cli_review import review
from .errors import AccordingtoError, InputError, NotFound
from .publish.basemap import BOUNDARIES, RECOGNISED

if TYPE_CHECKING:
    from .ledger import Ledger

_OWN = {"kinds": ".kinds", "bodies": ".attribute.bodies", "gazetteer": ".gazetteer.own"}
"""Folders of the user's own files, and the modules that read them: loaded only when there is one."""


_NAMESAKES = 3
"""Names that several reports share which `read` tells, at most."""
_BOUNDARIES = click.option(
    "--boundaries", envvar="ACCORDINGTO_BOUNDARIES", default=RECOGNISED, show_default=True,
    type=click.Choice(list(BOUNDARIES)), help="Which boundaries maps draw; the policy is printed beside them.",
)  # fmt: skip


class _Group(click.Group):
    """Commands in the order of the work, and errors in one line."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, context: click.Context) -> Any:
        _say_problems()
        try:
            return super().invoke(context)
        except NotFound as error:
            _stop(str(error), 1)
        except AccordingtoError as error:
            _stop(str(error), 2)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"accordingto: {message}", err=True)
    sys.exit(code)


def _say_problems() -> None:
    """A line for each of the user's own files that cannot be used, once a run."""
    for name, where in _OWN.items():
        if settings.folder(name).is_dir():
            for problem in import_module(where, __package__).problems():
                click.echo(f"accordingto: {problem}", err=True)


_as_json = click.option("--json", "as_json", is_flag=True, help="Everything behind it, as JSON.")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH})
@click.version_option(package_name="accordingto", message="accordingto %(version)s")
def main() -> None:
    """Read news reports into a ledger of attributed claims: who says how many, of whom, when, where,
    according to whom. Everything stays on this machine."""


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--again", is_flag=True, help="Read reports again that the ledger already holds.")
@click.option("--processes", type=click.IntRange(1), help="Processes to read with [all cores].")
@click.option("--fetch", is_flag=True, help="Go to the network for inputs that are addresses.")
@_with_ledger(create=True)
def read(ledger: Ledger, inputs: tuple[str, ...], again: bool, processes: int | None, fetch: bool) -> None:
    """Read files, folders or - (text on standard input) into the ledger; addresses with --fetch.

    Text, Markdown, HTML and JSON lines. Reading the same thing twice changes nothing; a run that was
    interrupted goes on where it stopped."""
    from . import intake

    with _progress() as step:
        wanted = intake.received(inputs, intake.fetcher() if fetch else None)
        summary = ledger.read(wanted, again=again, processes=processes, progress=step)
    for name, message in summary.failed:
        click.echo(f"accordingto: {name}: {message}", err=True)
    for name, ids in summary.shared[:_NAMESAKES]:
        click.echo(
            f"accordingto: {name}: reports with different texts have this name, all are kept ({_some(ids)})", err=True
        )
    if more := summary.shared[_NAMESAKES:]:
        click.echo(f"accordingto: so it is with {len(more):,} more names", err=True)
    click.echo(str(summary), err=True)
    if summary.failed and not (summary.added or summary.known or summary.unsupported):
        sys.exit(2)


def _some(ids: Sequence[str]) -> str:
    """The commands that show these reports."""
    return "; ".join(f"accordingto show {id[:8]}" for id in ids)


def _progress() -> AbstractContextManager[Callable[[int], object] | None]:
    """A progress bar on a terminal, silence in a pipe; the step takes the number of reports done."""
    if not sys.stderr.isatty():
        return nullcontext(None)
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    @contextmanager
    def bar() -> Any:
        columns = (
            SpinnerColumn(),
            TextColumn("reading"),
            MofNCompleteColumn(),
            TextColumn("reports"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("reading", total=None)
            yield lambda done: progress.update(task, completed=done)

    return bar()


@main.command()
@click.argument("words", nargs=-1)
@click.option("--as-of", metavar="DATE", help="What was said up to this day (YYYY-MM-DD).")
@click.option("--known-on", metavar="DATE", help="What the ledger held, and people had decided, by this day.")
@click.option(
    "--rule", default="latest", show_default=True, metavar="RULE", help="latest, conservative, majority or your own."
)
@click.option("--from", "source", metavar="SOURCE", help="Only what this source or outlet gave or relayed.")
@click.option("--where", metavar="PLACE", help="Only questions of this place or country.")
@click.option("--pick", metavar="N", type=click.IntRange(1), help="Answer the Nth of the questions that fit.")
@click.option("--most", metavar="N", type=click.IntRange(1), help="Questions to list, or to give as data [10].")
@click.option("--chart/--no-chart", default=None, help="Draw what was said over time [on a terminal].")
@_as_json
@click.option("--csv", "as_csv", is_flag=True, help="One row a figure, as CSV.")
@_with_ledger()
def ask(ledger: Ledger, words: tuple[str, ...], **options: Any) -> None:
    """Answer a question in plain words: what each origin says, through whom, as of when.

    WORDS may be a question's id. When several questions fit equally they are listed with numbers to pick from;
    without WORDS all of them are.

    Example: accordingto ask north korean soldiers killed --as-of 2025-03-10"""
    from .ask.command import Wanted, run

    if options["as_json"] and options["as_csv"]:
        raise click.UsageError("--json and --csv are two shapes of one answer; give one of them")
    wanted = Wanted(" ".join(words).strip(), **options)
    answers = run(ledger, wanted, _console(), sys.stdout)
    for trouble in dict.fromkeys(answer.trouble for answer in answers if answer.trouble):
        _stop(trouble, 2)
    if answers and not any(answer.stands for answer in answers):
        sys.exit(1)


@main.command()
@_as_json
@_with_ledger()
def check(ledger: Ledger, as_json: bool) -> None:
    """Show what does not add up, the weightiest first, each with the words that cause it."""
    from .check import as_json as rows
    from .check import lines

    found = ledger.check()
    if as_json:
        _put(rows(found, ledger.figures_of(found)))
    else:
        _print_lines(lines(found))
    if found:
        sys.exit(1)
    click.echo("Nothing contradicts.", err=True)


@main.command()
@click.option("--since", metavar="DATE", required=True, help="From the beginning of this day, UTC (YYYY-MM-DD).")
@click.option("--rule", default="latest", show_default=True, metavar="RULE", help="The rule that chooses best.")
@_as_json
@_with_ledger()
def diff(ledger: Ledger, since: str, rule: str, as_json: bool) -> None:
    """Show what the ledger learned since a day: new figures, revisions, new contradictions, verdicts.

    Exit code 1 when nothing changed."""
    from . import dates
    from . import diff as view

    dates.first(since, "--since")
    found = ledger.changes(since, rule)
    if as_json:
        _put(view.as_json(found))
    else:
        view.show(found, _console())
    if not found:
        sys.exit(1)


@main.command()
@click.argument("words", nargs=-1)
@click.option("--changed", is_flag=True, help="Only quotations whose words changed.")
@click.option("--most", metavar="N", default=20, show_default=True, type=click.IntRange(1), help="Quotations to show.")
@_as_json
@_with_ledger()
def quotes(ledger: Ledger, words: tuple[str, ...], changed: bool, most: int, as_json: bool) -> None:
    """Show quotations that stand in more than one report, and which words were changed, cut or added.

    With WORDS: every quotation that holds them, or of the speaker they name."""
    from . import quotes as view

    text = " ".join(words).strip()
    found = [one for one in ledger.quotes(text) if one.changed or not changed]
    if not found:
        what = f"no quotation holds {text!r}" if text else "no quotation stands in more than one report"
        hint = (
            "accordingto quotes WORDS also finds those of one report" if not text else "accordingto quotes lists some"
        )
        raise NotFound(f"{what}{' with its words changed' if changed else ''}; {hint}")
    if as_json:
        _put(view.as_json(found[:most]))
        return
    view.show(found[:most], _console())
    if len(found) > most:
        click.echo(f"{len(found) - most} more quotations (--most)", err=True)


@main.command()
@click.argument("id", metavar="ID")
@_as_json
@_with_ledger()
def show(ledger: Ledger, id: str, as_json: bool) -> None:
    """Show a report, claim, figure, question or discrepancy with its words; of a claim also why it has its source.

    ID may be shortened; a report's name will do."""
    from . import show as view

    if as_json:
        _put(view.as_json(ledger, id))
    else:
        view.show(ledger, id, _console())


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json/--text", "as_json", default=None, help="Which of the two [text on a terminal, else JSON lines].")
def mark(inputs: tuple[str, ...], as_json: bool | None) -> None:
    """Print everything the reader sees in the inputs, without a ledger.

    On a terminal it is the text with sources, cues, contents, figures, times and places marked, and beneath each
    passage the chain of each claim from the outlet to the origin; else JSON lines."""
    from . import intake
    from . import mark as marking

    done = failed = 0
    for report in intake.reports(inputs):
        try:
            if isinstance(report, intake.Failure):
                raise InputError(report.message)
            if not as_json and (as_json is False or sys.stdout.isatty()):
                marking.coloured(report, _console())
            else:
                click.echo(marking.line(report))
            done += 1
        except BrokenPipeError:
            raise
        except Exception as error:  # one report must not end the rest
            failed += 1
            told = error if isinstance(error, AccordingtoError) else f"could not be read: {error!r}; please report it"
            click.echo(f"accordingto: {report.name}: {told}", err=True)
    if failed and not done:
        sys.exit(2)


@main.command()
@click.option("-f", "--format", "format", required=True, metavar="FORMAT", help="jsonl or csv.")
@click.option(
    "-o", "--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="A file [standard output]."
)
@_with_ledger()
def export(ledger: Ledger, format: str, output: TextIO) -> None:
    """Write the ledger out: jsonl (one claim a line, read back by `read`) or csv (one figure a row)."""
    _look(ledger)
    ledger.export(format, output)


@main.command()
@click.argument("question", nargs=-1, required=True, metavar="QUESTION...")
@click.option("-f", "--format", "format", metavar="FORMAT", help="md or html [by the name of the file, else md].")
@click.option(
    "-o", "--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="A file [standard output]."
)
@click.option("--as-of", metavar="DATE", help="What was said up to this day (YYYY-MM-DD).")
@click.option("--known-on", metavar="DATE", help="What the ledger held, and people had decided, by this day.")
@click.option("--rule", default="latest", show_default=True, metavar="RULE", help="The rule that chooses best.")
@_with_ledger()
def brief(ledger: Ledger, question: tuple[str, ...], format: str | None, output: TextIO, **options: Any) -> None:
    """Write one page on a question, each sentence with footnotes: words, source, place and archive hash.

    QUESTION is an id, or words that one question fits best, as in ask."""
    _look(ledger)
    format = format or ("html" if output.name.lower().endswith((".html", ".htm")) else "md")
    answer = ledger.brief(" ".join(question).strip(), output, format, **options)
    if answer.trouble:
        _stop(answer.trouble, 2)


@main.command()
@click.argument("directory", metavar="DIR")
@_BOUNDARIES
@_with_ledger()
def publish(ledger: Ledger, directory: str, boundaries: str) -> None:
    """Write a static site of the ledger that any host, or a folder, can serve."""
    _look(ledger)
    ledger.publish(directory, boundaries)
    click.echo(f"{directory}/index.html", err=True)


@main.command()
@_with_ledger()
def verify(ledger: Ledger) -> None:
    """Check every anchor against its report and every archived page against its hash."""
    faults = ledger.verify()
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo("Every anchor and every archived hash holds.", err=True)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Where to listen.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--ledger", "path", envvar="ACCORDINGTO_LEDGER", metavar="FILE", help="The ledger [ledger.accordingto].")
@click.option("--fetch", is_flag=True, help="Go to the network for reports that are added by their address.")
@click.option("--oidc", metavar="ISSUER_URL", help="Let people also sign in through this OpenID Connect provider.")
@click.option("--oidc-client", metavar="ID", help="The name under which the provider knows this server.")
@click.option("--oidc-secret-file", metavar="FILE", help="A file that holds the secret the provider gave.")
@click.option("--oidc-role", metavar="ROLE", help="reader or coder: role of people first met [they are not let in].")
@_BOUNDARIES
def serve(host: str, port: int, path: str | None, fetch: bool, boundaries: str, **oidc: str | None) -> None:
    """Show the ledger in a browser, on this machine alone: questions, reports, sources, contradictions, a map, search.

    Other machines are let in only when the ledger has accounts."""
    from .ledger import DEFAULT
    from .serve.command import run
    from .serve.settings import Settings

    fetcher = provider = None
    if fetch:
        from . import intake

        fetcher = intake.fetcher()
    if any(oidc.values()):
        from .accounts import oidc as through

        provider = through.provider(oidc["oidc"], oidc["oidc_client"], oidc["oidc_secret_file"], oidc["oidc_role"])
    run(Path(path or DEFAULT), Settings(host, port, boundaries=boundaries, fetch=fetcher, provider=provider))


main.add_command(review)
main.add_command(accounts)
main.add_command(mask)
main.add_command(unmask)
main.add_command(gazetteer)
