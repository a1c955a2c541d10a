"""Texts written for training in registers the news corpus lacks, in a markup that reads well.

    [s1 The ministry] [c1 said] [t1 at least 12 people were killed], [c1 adding] [t1 that 30 were missing].
    ---
    The next passage.

`s` is a source, `c` a cue, `t` what is told; the number says which attribution of the passage it belongs to, and
`[s1,2 She]` serves two.  Marks do not nest; `\\[` and `\\]` are the brackets themselves.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from corpus import Document

from accordingto.attribute.tagger import Attribution, Span

FOLDER = Path(__file__).parent / "registers"
RULE = re.compile(r"-{3,}")
TOKEN = re.compile(r"\\([\[\]])|\[([sct])([1-9]\d*(?:,[1-9]\d*)*) |([\[\]])")
PARTS = {"s": "source", "c": "cue", "t": "content"}


def documents(folder: Path = FOLDER) -> list[Document]:
    """The passages of every text file of a folder, in order."""
    return [document for path in sorted(folder.glob("*.txt")) for document in passages(path)]


def passages(path: Path) -> Iterator[Document]:
    """The passages of one file."""
    for number, (line, block) in enumerate(blocks(path.read_text("utf-8")), 1):
        yield passage(block, f"{path.stem}_{number}", f"{path}", line)


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """The passages of a file's text, each with the number of its first line."""
    block: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), "---"], 1):
        if RULE.fullmatch(line.rstrip()):
            if "".join(block).strip():
                blank = next(i for i, words in enumerate(block) if words.strip())
                yield first + blank, "\n".join(block[blank:]).rstrip()
            block, first = [], number + 1
        else:
            block.append(line)


def passage(marked: str, doc: str, where: str = "passage", line: int = 1) -> Document:
    """One passage, from its marked text; a bad mark is a ValueError that says where."""

    def wrong(position: int, problem: str) -> ValueError:
        at = line + marked.count("\n", 0, position)
        return ValueError(f"{where}:{at}: {problem}: {marked[position : position + 40]!r}")

    said: dict[int, dict[str, list[Span]]] = {}
    began: dict[int, int] = {}
    plain, length, last = [], 0, 0
    opened: tuple[int, int, str, list[int]] | None = None
    for found in TOKEN.finditer(marked):
        kept = marked[last : found.start()] + (found[1] or "")
        plain.append(kept)
        length += len(kept)
        last = found.end()
        if found[2]:
            if opened:
                raise wrong(found.start(), "a mark inside a mark")
            owners = [int(number) for number in found[3].split(",")]
            opened = (found.start(), length, PARTS[found[2]], owners)
        elif found[4] == "[":
            raise wrong(found.start(), "not a mark, expected [s1 …], [c1 …], [t1 …] or \\[")
        elif found[4] == "]":
            if not opened:
                raise wrong(found.start(), "closes no mark")
            position, start, part, owners = opened
            if not "".join(plain)[start:length].strip():
                raise wrong(position, "an empty mark")
            for number in owners:
                began.setdefault(number, position)
                said.setdefault(number, {name: [] for name in PARTS.values()})[part].append((start, length))
            opened = None
    if opened:
        raise wrong(opened[0], "a mark that never closes")
    for number, parts in said.items():
        for part in ("cue", "content"):
            if not parts[part]:
                raise wrong(began[number], f"attribution {number} has no {part}")
    text = "".join(plain) + marked[last:]
    return Document(
        doc,
        text,
        tuple(Attribution(**{part: tuple(spans) for part, spans in said[n].items()}) for n in sorted(said)),
    )


def row(document: Document) -> dict[str, object]:
    """The document as a row of `train.jsonl`."""
    return {
        "doc": document.doc,
        "text": document.text,
        "attributions": [
            {part: [list(span) for span in getattr(said, part)] for part in PARTS.values()}
            for said in document.attributions
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the marked passages as rows of train.jsonl.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    for document in documents(parser.parse_args().folder):
        print(json.dumps(row(document), ensure_ascii=False))


if __name__ == "__main__":
    main()
