"""A report for the terminal: its passages with the marks in them, and beneath each the chains of its claims.

Colour is never the only sign: contents stand between numbered brackets, each layer has a style of its own, and
where there are no colours every mark stands between signs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .mark import LAYERS, SIGNS, STYLES, Mark, around, of_claim, painted, printable
from .prose import Prose
from .publish.wording import ARROW, figures
from .records import Claim, Report, Span

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

WIDEST = 100
"""Columns; longer lines tire the eye."""
LONG = 900
"""Code points after which a paragraph is cut behind a sentence, so that its chains stand near the words."""
SHORT = 8
"""Characters of an id that are shown; any beginning of an id that fits one record will do."""
Sign = tuple[str, str]
"""A sign and its style."""


def show(report: Report, claims: Sequence[Claim], marks: Iterable[Mark], console: Console, ids: bool = False) -> None:
    """Print the text with its marks and the chains; `ids` puts each claim's id before its chain."""
    width = min(console.width, WIDEST)
    for part in drawn(report, claims, marks, plain(console), ids):
        console.print(part, width=width)


def plain(console: Console) -> bool:
    """Whether the console shows no colours (NO_COLOR, a pipe, a terminal that has none)."""
    return console.no_color or console.color_system is None


def legend(plain: bool) -> Text:
    """What the signs and colours stand for."""
    from rich.text import Text

    shown = Text.assemble(("[1|", STYLES["content"]), "content", ("|1]", STYLES["content"]))
    for layer, (opening, closing) in SIGNS.items():
        opening, closing = (opening, closing) if plain else ("", "")
        shown.append("  ").append(f"{opening}{layer}{closing}", STYLES[layer])
    return shown


def drawn(
    report: Report, claims: Sequence[Claim], marks: Iterable[Mark], plain: bool, ids: bool = False
) -> Iterator[RenderableType]:
    """Each passage, followed by the chains of the claims that begin in it."""
    numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
    passages = cut(report)
    begun = _begun(passages, claims)
    words = signed(report.text, list(marks), passages, {id: str(number) for id, number in numbers.items()}, plain)
    for number, (passage, shown) in enumerate(zip(passages, words, strict=True)):
        yield shown
        if begun[number]:
            yield _chains(begun[number], numbers, report, plain, ids)
        after = passages[number + 1][0] if number + 1 < len(passages) else len(report.text)
        if begun[number] or report.text[passage[1] : after].strip(" "):
            yield ""


def signed(
    text: str, marks: Sequence[Mark], passages: Sequence[Span], numbers: Mapping[str, str], plain: bool
) -> list[Text]:
    """The passages, painted and with their signs; `numbers` are those of the claims, "" for brackets without one."""
    from rich.text import Text

    closing, opening = _signs(marks, text, numbers, plain)
    cuts = sorted({0, len(text), *closing, *opening, *(edge for passage in passages for edge in passage)})
    pieces = painted(text, marks).divide(cuts[1:-1])
    found: list[Text] = []
    for start, end in passages:
        passage = Text()
        for number in range(bisect_left(cuts, start), bisect_left(cuts, end)):
            passage.append_text(Text.assemble(*opening[cuts[number]]))
            passage.append_text(pieces[number])
            passage.append_text(Text.assemble(*closing[cuts[number + 1]]))
        found.append(passage)
    return found


def _signs(
    marks: Iterable[Mark], text: str, numbers: Mapping[str, str], plain: bool
) -> tuple[dict[int, list[Sign]], dict[int, list[Sign]]]:
    """The closing and the opening signs by offset, those of inner marks inside those of outer ones."""
    spans: set[tuple[Span, int, str, str, str]] = set()
    for mark in marks:
        pair = _pair(mark, numbers, plain)
        if pair:
            span, layer = _bare(text, mark["start"], mark["end"]), mark["layer"]
            spans.add((span, LAYERS.index(layer), *pair, STYLES[layer]))
    closing: dict[int, list[Sign]] = defaultdict(list)
    opening: dict[int, list[Sign]] = defaultdict(list)
    for (start, _), _, sign, _, style in sorted(spans, key=lambda one: (-one[0][1], one[1:])):
        opening[start].append((sign, style))
    for (_, end), _, _, sign, style in sorted(spans, key=lambda one: (one[0][0], one[1:]), reverse=True):
        closing[end].append((sign, style))
    return closing, opening


def _pair(mark: Mark, numbers: Mapping[str, str], plain: bool) -> tuple[str, str] | None:
    """The signs around a mark, if it has any."""
    if mark["layer"] == "content" and mark["claim"] in numbers:
        number = numbers[mark["claim"]]
        return (f"[{number}|", f"|{number}]") if number else ("[", "]")
    return SIGNS.get(mark["layer"]) if plain else None


def _bare(text: str, start: int, end: int) -> Span:
    """The span without blanks at its edges, which would stand outside its passage."""
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def cut(report: Report) -> list[Span]:
    """The passages of a report: its paragraphs, long ones cut behind sentences."""
    prose = Prose(report.text, report.language)
    found: list[Span] = []
    for start, end in prose.sentences:
        paragraph = prose.paragraph_at(start)
        last = found[-1] if found else None
        if last and paragraph and last[0] >= paragraph[0] and end - last[0] <= LONG:
            found[-1] = last[0], end
        else:
            found.append((start, end))
    return found


def _begun(passages: Sequence[Span], claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    """The claims by the number of the passage in which their content begins."""
    found: dict[int, list[Claim]] = defaultdict(list)
    starts = [start for start, _ in passages]
    for claim in claims:
        found[max(0, bisect_right(starts, claim.content.start) - 1)].append(claim)
    return found


def _chains(
    claims: Sequence[Claim], numbers: Mapping[str, int], report: Report, plain: bool, ids: bool
) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for claim in claims:
        named = f"{numbers[claim.id]} {claim.id[:SHORT]}" if ids else str(numbers[claim.id])
        table.add_row(Text(named, STYLES["content"]), chain(claim, report, plain))
    return Padding(table, (0, 0, 0, 2))


def chain(claim: Claim, report: Report, plain: bool = False) -> Text:
    """ "Meridian Wire ← Radio Korran (reported) ← Ilse Tarvan (told) · killed 19": from the outlet to the origin, with
    the words that attribute, and what the claim says."""
    from rich.text import Text

    shown = Text(printable(report.publisher or report.name))
    for link in claim.chain:
        shown += Text(ARROW) + Text(printable(link.source.name), STYLES["source"])
        if link.cue:
            shown += Text(" (") + Text(printable(" ".join(link.cue.exact.split())), STYLES["cue"]) + Text(")")
    if not claim.chain:
        shown += Text(" in its own voice")
    stance = claim.stance if claim.stance != "asserted" else ""
    about = [part for part in (stance, figures(claim.figures), ", ".join(claim.doubts)) if part]
    return shown + Text("".join(f" · {printable(part)}" for part in about), "dim")


def of_claims(report: Report, claims: Iterable[Claim]) -> list[Mark]:
    """The marks of these claims, with their times and places."""
    return [mark for claim in claims for mark in (*around(claim.times, claim.places), *of_claim(claim, report.text))]
