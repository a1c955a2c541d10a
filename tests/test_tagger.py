"""The attribution tagger: who says what, in spans of the text."""

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto.attribute.tagger import Attribution, Span, attributions, attributions_of

SAID = "The dam held through the night, the mayor of Aldermoor said on Tuesday."
BROKEN = "“The bridge is gone,” said Ines Marrow, who runs the ferry, “and nobody has come to look.”"
REPORT = f"Flood cuts off valley\n\n{SAID}\n\n{BROKEN}\n\nThe river is eleven kilometres long.\n"


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def spans(found: list[Attribution]) -> list[Span]:
    return [span for said in found for part in (said.source, said.cue, said.content) for span in part]


def test_a_plain_sentence_has_its_source_cue_and_content() -> None:
    (said,) = attributions(SAID)
    assert words(SAID, said.source) == ["the mayor of Aldermoor"]
    assert words(SAID, said.cue)[0].startswith("said")
    assert words(SAID, said.content) == ["The dam held through the night"]


def test_a_quotation_broken_by_its_attribution_is_one_content() -> None:
    (said,) = attributions(BROKEN)
    assert len(said.content) == 2
    assert "The bridge is gone" in words(BROKEN, said.content)[0]
    assert "nobody has come to look" in words(BROKEN, said.content)[1]
    assert words(BROKEN, said.source)[0].startswith("Ines Marrow")


def test_a_sentence_in_the_outlets_own_voice_has_no_attribution() -> None:
    assert attributions("The river is eleven kilometres long.") == []


def test_attributions_come_in_text_order() -> None:
    found = attributions(REPORT * 5)
    firsts = [min(said.source + said.cue + said.content) for said in found]
    assert len(found) >= 10
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u200b", "\ufeff\ufeff", "\x00", "?!", "—"])
def test_a_text_without_words_has_no_attributions(text: str) -> None:
    assert attributions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"The bridge is gone, said Ines Marrow. "Nobody has come, she added.',
        "''The bridge is gone,'' Ms. Marrow said. ``Nobody has come.''",
        "‘The bridge is gone,’ said Ines Marrow, whose ferry’s engine failed. „So was ich,‟ «enfin».",
        '""""“““”””\'\'\'`` said "',
        "the bridge is gone said the ferry company a small one and nobody has come on tuesday a clerk said",
        "THE BRIDGE IS GONE, SAYS FERRY COMPANY",
        "大桥断了，" * 400 + " the ministry said.",
        "The a\u0301o\u0308 bridge \U0001f6a2 is gone, İnes Ŀarrow said\x85and left\u2028 it.",
        "x" * 5000 + " said the " + "ß" * 3000,
    ],
)
def test_odd_text_is_read_and_its_spans_stay_inside(text: str) -> None:
    for start, end in spans(attributions(text)):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_and_its_spans_stay_inside(text: str) -> None:
    said = f"{text} the mayor said “{text}"
    assert all(0 <= start < end <= len(said) for start, end in spans(attributions(said)))


def test_parts_of_an_attribution_do_not_overlap() -> None:
    for said in attributions(REPORT):
        found = sorted(said.source + said.cue + said.content)
        assert all(end <= start for (_, end), (start, _) in pairwise(found))


def test_a_context_of_other_texts_changes_nothing() -> None:
    together = attributions_of([SAID, "", REPORT])
    assert [len(found) for found in together] == [1, 0, len(attributions(REPORT))]
    assert together[0] == attributions(SAID)


def test_a_long_text_without_a_paragraph_break_is_read_in_linear_time() -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        assert attributions(text)
        return time.process_time() - began

    attributions(SAID)
    short = seconds(f"{SAID} " * 30)
    assert seconds(f"{SAID} " * 240) < 24 * short + 0.5


def test_importing_the_tagger_loads_no_model() -> None:
    code = (
        "import sys, accordingto.attribute.tagger;"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'onnxruntime', 'tokenizers')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
