"""What the teacher knows, written down: its opinion of every word of some texts, and the attributions it reads."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch
from corpus import Document, Floats
from tagger import DEPTH, HALF, Tagger
from tokenizers import Tokenizer

from accordingto.attribute.model.decoding import best_labels, chunks, decode, padded, pooled
from accordingto.attribute.model.network import Network, batches, inputs
from accordingto.attribute.model.windows import Window, windows
from accordingto.attribute.tagger import Attribution

JOINED = 126  # pieces of context the teacher gets: twice the pupil's
BUDGET = 2048  # pieces read at once
AT_ONCE = 40  # documents taken together
SURE = 0.02  # an opinion below this is none


def taught(corpus: Sequence[Document], teacher: Tagger, tokenizer: Tokenizer) -> Iterator[Document]:
    """The documents with the teacher's opinion of each word and, where nobody marked them, its attributions."""
    for at in range(0, len(corpus), AT_ONCE):
        some = corpus[at : at + AT_ONCE]
        cut = [windows(document.text, tokenizer, joined=JOINED) for document in some]
        read = iter(outputs([window for own in cut for window in own], teacher))
        for document, own in zip(some, cut, strict=True):
            answers = [next(read) for _ in own]
            said = document.attributions if document.marked else tuple(spoken(own, answers, teacher))
            yield replace(document, taught=opinions(own, [scores for scores, _ in answers]), attributions=said)


def remembered(corpus: Sequence[Document], shipped: Network) -> Iterator[Document]:
    """The documents with what a shipped tagger thinks of each word."""
    for document in corpus:
        own = windows(document.text, shipped.tokenizer)
        yield replace(document, taught=opinions(own, shipped.run(own)[0]))


def opinions(own: Sequence[Window], scores: Sequence[Floats]) -> dict[int, Floats]:
    """How likely each label of each word is, by the word's first code point; `scores` are one array a window."""
    return {
        int(start): told
        for window, some in zip(own, scores, strict=True)
        for start, told in zip(window.starts, likelihood(some), strict=True)
    }


def likelihood(scores: Floats) -> Floats:
    """Label scores (words, 7) as probabilities, the unlikely ones left out."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    told = raised / raised.sum(1, keepdims=True)
    told[told < SURE] = 0
    result: Floats = (told / told.sum(1, keepdims=True)).astype(np.float32)
    return result


@torch.inference_mode()
def outputs(some: Sequence[Window], net: Tagger) -> list[tuple[Floats, Floats]]:
    """Per window the label scores (words, 7) and word vectors (words, width)."""
    net.eval()
    found: list[tuple[Floats, Floats]] = [(np.zeros((0, 7), np.float32),) * 2] * len(some)
    for batch in batches([len(window.ids) for window in some], BUDGET):
        given = {name: torch.from_numpy(array) for name, array in inputs([some[n] for n in batch]).items()}
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            scores, vectors = net(**given)
        for row, number in enumerate(batch):
            firsts = torch.from_numpy(some[number].firsts)
            found[number] = scores[row, firsts].float().numpy(), vectors[row, firsts].float().numpy()
    return found


@torch.inference_mode()
def spoken(own: Sequence[Window], answers: Sequence[tuple[Floats, Floats]], net: Tagger) -> Iterator[Attribution]:
    """The attributions of a document's windows, read as the runtime reads them."""
    head = net.head
    scale = torch.tensor([1 / math.sqrt(DEPTH), 1, 1, 1])[:, None]
    for window, (scores, vectors) in zip(own, answers, strict=True):
        if not len(scores):
            continue
        found = chunks(best_labels(padded([scores]))[0].tolist())
        seen = head.linker(torch.from_numpy(pooled([found], [vectors]))).reshape(-1, 4, DEPTH) * scale
        yield from decode(window, found, seen.numpy(), head.distance.numpy())
