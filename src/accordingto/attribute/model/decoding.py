"""From the network's scores to attributions: spans by Viterbi, links by dot products."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from accordingto.attribute.model.windows import Window
from accordingto.attribute.tagger import Attribution, Span

Floats = NDArray[np.float32]
Chunk = tuple[int, int, int]  # kind (CONTENT, CUE, SOURCE), first word, last word, both inclusive

CONTENT, CUE, SOURCE = 0, 1, 2
LABELS = ("O", "B-content", "I-content", "B-cue", "I-cue", "B-source", "I-source")
BUCKETS = 20  # distances between two spans: ten forwards, ten backwards
NEVER = np.float32(-1e9)
UNLIKELY = -1.0  # the best source of a cue is kept down to this score, other ones down to 0


def transitions() -> Floats:
    """(7, 7): 0 where a label may follow a label, NEVER where an I would follow a stranger."""
    allowed = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for before in range(len(LABELS)):
        for inside in (2, 4, 6):
            if before not in (inside - 1, inside):
                allowed[before, inside] = NEVER
    return allowed


MOVES = transitions()


def best_labels(scores: Floats) -> NDArray[np.int64]:
    """The best lawful label sequences (windows, words) of scores (windows, words, 7): Viterbi."""
    count, length, _ = scores.shape
    back = np.zeros((length, count, len(LABELS)), np.int64)
    total = scores[:, 0] + MOVES[0]  # as if after an O
    for word in range(1, length):
        ways = total[:, :, None] + MOVES
        back[word] = ways.argmax(1)
        total = ways.max(1) + scores[:, word]
    labels = np.zeros((count, length), np.int64)
    labels[:, -1] = total.argmax(1)
    rows = np.arange(count)
    for word in range(length - 1, 0, -1):
        labels[:, word - 1] = back[word, rows, labels[:, word]]
    return labels


def padded(scores: Sequence[Floats]) -> Floats:
    """Label scores of unequal windows as one array (windows, words, 7), O where there is no word."""
    full = np.full((len(scores), max(map(len, scores)), len(LABELS)), NEVER, np.float32)
    full[:, :, 0] = 0
    for row, some in zip(full, scores, strict=True):
        row[: len(some)] = some
    return full


def chunks(labels: Sequence[int]) -> list[Chunk]:
    """The spans of a lawful label sequence, in text order."""
    found: list[Chunk] = []
    for word, label in enumerate(labels):
        if label % 2:
            found.append(((label - 1) // 2, word, word))
        elif label:
            kind, first, _ = found[-1]
            found[-1] = (kind, first, word)
    return found


def pooled(found: Sequence[Sequence[Chunk]], vectors: Sequence[Floats]) -> Floats:
    """(chunks, width): the mean word vector of every chunk of some windows, in their order."""
    starts = np.cumsum([0, *map(len, vectors)])
    edges = [
        (start + first, start + last + 1) for start, some in zip(starts, found, strict=False) for _, first, last in some
    ]
    bounds = np.array(edges, np.int64).reshape(-1, 2)
    flat = np.concatenate([*vectors, np.zeros_like(vectors[0][:1])])
    totals = np.add.reduceat(flat, bounds.ravel())[::2] if edges else flat[:0]
    return (totals / np.diff(bounds)).astype(np.float32)


def bucket(cue: Chunk, other: Chunk) -> int:
    """The distance in words from a cue to another span, as one of BUCKETS numbers."""
    ahead = other[1] > cue[2]
    gap = other[1] - cue[2] if ahead else cue[1] - other[2]
    size = gap - 1 if gap <= 4 else min(4 + int(math.log2(gap / 4)), 9)
    return max(size, 0) + (0 if ahead else 10)


def decode(window: Window, found: Sequence[Chunk], seen: Floats, distance: Floats) -> Iterator[Attribution]:
    """The attributions of a window.

    `found`: its chunks.  `seen` (chunks, 4, D): each chunk as a cue, and as the content, cue and
    source that a cue may look for.  `distance` (3, BUCKETS): a score by kind and distance.
    """
    cues = [number for number, (kind, _, _) in enumerate(found) if kind == CUE]
    if not cues:
        yield from (record(window, [chunk]) for chunk in found if chunk[0] == CONTENT)
        return
    scores = link_scores(found, cues, seen, distance)
    for part in partition(scores, cues, found):
        yield record(window, [found[number] for number in part])


def link_scores(found: Sequence[Chunk], cues: Sequence[int], seen: Floats, distance: Floats) -> Floats:
    """(cues, chunks): how well each chunk goes with each cue; above 0 is more likely than not."""
    kinds = np.array([kind for kind, _, _ in found])
    answers = seen[np.arange(len(found)), 1 + kinds]
    gaps = np.array([[bucket(found[cue], chunk) for chunk in found] for cue in cues])
    scores: Floats = seen[list(cues), 0] @ answers.T + distance[kinds, gaps]
    return scores


def partition(scores: Floats, cues: Sequence[int], found: Sequence[Chunk]) -> list[list[int]]:
    """Chunk numbers by attribution: linked cues together, each content at its best cue, and the
    sources that fit (one source may serve several attributions)."""
    group = joined_cues(scores[:, list(cues)])
    names = sorted(set(group))
    best = np.stack([scores[[row for row, own in enumerate(group) if own == name]].max(0) for name in names])
    parts = [[cue for cue, own in zip(cues, group, strict=True) if own == name] for name in names]
    for number, (kind, _, _) in enumerate(found):
        if kind == CONTENT:
            parts[int(best[:, number].argmax())].append(number)
    sources = [number for number, (kind, _, _) in enumerate(found) if kind == SOURCE]
    for part, row in zip(parts, best, strict=True):
        part.extend(fitting(sources, row))
    return parts


def fitting(sources: Sequence[int], row: Floats) -> list[int]:
    """The sources likely to belong to an attribution, or else the best one if not too unlikely."""
    fit = [source for source in sources if row[source] > 0]
    best = max(sources, key=lambda source: float(row[source]), default=None)
    return fit or [source for source in sources if source == best and row[source] > UNLIKELY]


def joined_cues(scores: Floats) -> list[int]:
    """A group number for each cue from their mutual scores (cues, cues): linked ones share one."""
    group = list(range(len(scores)))
    for one, other in np.argwhere(np.triu(scores + scores.T > 0, 1)):
        old, new = group[other], group[one]
        group = [new if own == old else own for own in group]
    return group


def record(window: Window, part: Sequence[Chunk]) -> Attribution:
    """The attribution of some chunks, in code points of the text."""

    def spans(wanted: int) -> tuple[Span, ...]:
        merged: list[tuple[int, int]] = []
        for first, last in sorted((first, last) for kind, first, last in part if kind == wanted):
            if merged and first == merged[-1][1] + 1:
                merged[-1] = (merged[-1][0], last)
            else:
                merged.append((first, last))
        return tuple((int(window.starts[first]), int(window.ends[last])) for first, last in merged)

    return Attribution(source=spans(SOURCE), cue=spans(CUE), content=spans(CONTENT))


def position(attribution: Attribution) -> Span:
    """The first span of an attribution, whatever its part: what text order means here."""
    return min(attribution.content + attribution.cue + attribution.source)
