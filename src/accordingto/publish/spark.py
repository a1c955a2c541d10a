"""The small pictures in the lines of a table: how a question moved, and how wide its answer is."""

from __future__ import annotations

from collections.abc import Sequence

from .chart import moment


def course(days: Sequence[tuple[str, int]], width: int = 96, height: int = 22) -> str:
    """The course of a question by day: a line from the scale's 0, and a dot for the last day."""
    known = [(on, value) for day, value in days if (on := moment(day))]
    if len(known) < 2:
        return ""
    first, last, most = known[0][0], known[-1][0], max(1, *(value for _, value in known))
    room, tall = width - 8, height - 8
    spots = [
        (4 + room * (on - first).days / max(1, (last - first).days), 4 + tall * (1 - value / most))
        for on, value in known
    ]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    x, y = spots[-1]
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<path class="axis" d="M4 {height - 2}H{width - 4}"/>'
        f'<path class="course" d="M{line}"/><circle class="best" cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )


def strip(low: int | None, best: int | None, high: int | None, width: int = 120) -> str:
    """A bar from low to high with best marked; its scale runs from 0 to the largest of them."""
    known = [value for value in (low, best, high) if value is not None]
    if best is None or max(known) == 0 or low == high:
        return ""
    scale = (width - 12) / (max(known) * (1 if high is not None else 1.35))
    left = 2 + (low if low is not None else 0) * scale
    right = 2 + high * scale if high is not None else width - 2
    end = "" if high is not None else f'<path class="open" d="M{width - 7} 3l4 4l-4 4"/>'
    return (
        f'<svg class="strip" viewBox="0 0 {width} 14" width="{width}" height="14" aria-hidden="true">'
        f'<path class="axis" d="M2 7H{width - 2}"/>'
        f'<path class="range" d="M{left:.1f} 7H{max(right, left + 0.1):.1f}"/>{end}'
        f'<circle class="best" cx="{2 + best * scale:.1f}" cy="7" r="4.5"/></svg>'
    )
