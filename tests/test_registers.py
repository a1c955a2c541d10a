"""The texts written for training: their markup is read exactly, and a bad mark is told with its place."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

TRAINING = Path(__file__).parent.parent / "training"


@pytest.fixture(scope="module")
def registers() -> Iterator[ModuleType]:
    before = set(sys.modules)
    sys.path.insert(0, str(TRAINING))
    yield importlib.import_module("registers")
    sys.path.remove(str(TRAINING))
    for name in {"registers", "corpus"} - before:
        sys.modules.pop(name, None)


def words(text: str, spans: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_marks_become_spans_of_the_text_without_them(registers: ModuleType) -> None:
    marked = "[t2 “Two boats,”] [s1,2 she] [c2 said]. [t2 “No more.”] Rain \\[sic\\] fell; she [c1 feared] [t1 worse]."
    row = registers.row(registers.passage(marked, "one"))
    assert row["text"] == "“Two boats,” she said. “No more.” Rain [sic] fell; she feared worse."
    first, second = ({part: words(row["text"], spans) for part, spans in said.items()} for said in row["attributions"])
    assert first == {"source": ["she"], "cue": ["feared"], "content": ["worse"]}
    assert second == {"source": ["she"], "cue": ["said"], "content": ["“Two boats,”", "“No more.”"]}


@pytest.mark.parametrize(
    ("marked", "line", "problem"),
    [
        ("Rain.\n[s1 She] [c1 said [t1 no]].", 8, "a mark inside a mark"),
        ("Rain.\n\n[x1 She] said no.", 9, "not a mark"),
        ("She said no].", 7, "closes no mark"),
        ("[s1 She] [c1 said] [t1 no.", 7, "never closes"),
        ("[s1 She] [c1 said] no.", 7, "attribution 1 has no content"),
        ("Rain.\n[s1 She] said [t1 no].", 8, "attribution 1 has no cue"),
        ("[s1  ] [c1 said] [t1 no].", 7, "an empty mark"),
    ],
)
def test_a_bad_mark_is_told_with_its_file_and_line(registers: ModuleType, marked: str, line: int, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as raised:
        registers.passage(marked, "bad", "sea.txt", 7)
    assert str(raised.value).startswith(f"sea.txt:{line}: ")


def test_a_file_holds_passages_between_rules(registers: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "sea.txt").write_text(
        "One.\nMore.\n---\n\n[s1 He] [c1 said] [t1 two].\n---\n---\nThree -\n--- x\n", "utf-8"
    )
    documents = registers.documents(tmp_path)
    assert [(d.doc, d.text) for d in documents] == [
        ("sea_1", "One.\nMore."),
        ("sea_2", "He said two."),
        ("sea_3", "Three -\n--- x"),
    ]
    (tmp_path / "sea.txt").write_text("One.\n---\n\nTwo.\n[t1 three]\n", "utf-8")
    with pytest.raises(ValueError, match=r"sea\.txt:5: attribution 1 has no cue"):
        registers.documents(tmp_path)


def test_the_texts_that_ship_are_well_marked(registers: ModuleType, tmp_path: Path) -> None:
    documents = registers.documents()
    assert len(documents) >= 200
    rows = [registers.row(document) for document in documents]
    assert len({row["doc"] for row in rows}) == len(rows)
    for row in rows:
        for said in row["attributions"]:
            for exact in (w for spans in said.values() for w in words(row["text"], spans)):
                assert exact and exact == exact.strip()
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert sys.modules["corpus"].documents(path) == documents
