"""The network that is trained: a small BERT read at two depths, each with a head of its own.

The deepest head teaches the shallower one while both learn (self-distillation: Zhang and others,
"Be Your Own Teacher", ICCV 2019), so that one training gives a fast and an accurate tagger.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from transformers import BertModel

from accordingto.attribute.model.decoding import BUCKETS, LABELS
from accordingto.attribute.model.windows import FEATURES

WIDTH = 256  # of a word vector
DEPTH = 128  # of a link vector
KINDS = 3  # content, cue, source


class Head(nn.Module):
    """Pieces (windows, pieces, size) and their features → scores (…, 7) and vectors (…, WIDTH).

    `linker` and `distance` are not part of the exported graph: the runtime applies them to pooled
    spans, a few rows, in numpy (`accordingto.attribute.model.decoding.link_scores`).
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.features = nn.Embedding(FEATURES, 32)
        self.mixer = nn.Sequential(nn.Linear(size + 32, WIDTH), nn.GELU(), nn.Dropout(0.1))
        self.scorer = nn.Linear(WIDTH, len(LABELS))
        self.linker = nn.Linear(WIDTH, 4 * DEPTH)
        self.distance = nn.Parameter(torch.zeros(KINDS, BUCKETS))

    def forward(self, hidden: Tensor, feat: Tensor) -> tuple[Tensor, Tensor]:
        vectors = self.mixer(torch.cat([hidden, self.features(feat)], -1))
        return self.scorer(vectors), vectors


class Thinning(nn.Module):
    """Dropout of whole features of a window, the same for all its pieces: as good a guard against
    learning by heart, and far cheaper to draw (Gal and Ghahramani, NIPS 2016)."""

    def forward(self, hidden: Tensor) -> Tensor:
        if not self.training:
            return hidden
        kept = torch.empty(len(hidden), 1, hidden.shape[2], dtype=hidden.dtype).bernoulli_(0.9)
        return hidden * kept / 0.9


class Tagger(nn.Module):
    """An encoder of `max(layers)` layers and a head at each of the depths `layers`."""

    def __init__(self, base: str, layers: Sequence[int]) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            base,
            add_pooling_layer=False,
            num_hidden_layers=max(layers),
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
        )
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer:
            layer.attention.output.dropout = layer.output.dropout = Thinning()
        size = self.encoder.config.hidden_size
        self.heads = nn.ModuleDict({str(layer): Head(size) for layer in sorted(layers)})

    def forward(self, ids: Tensor, mask: Tensor, feat: Tensor) -> dict[str, tuple[Tensor, Tensor]]:
        """By depth the scores and vectors of `ids`, `mask`, `feat`, each (windows, pieces)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)[1]
        return {layer: head(hidden[int(layer)], feat) for layer, head in self.heads.items()}


class Depth(nn.Module):
    """A tagger cut at one of its depths: what is exported."""

    def __init__(self, tagger: Tagger, layer: str) -> None:
        super().__init__()
        self.encoder, self.head = tagger.encoder, tagger.heads[layer]
        self.encoder.encoder.layer = self.encoder.encoder.layer[: int(layer)]

    def forward(self, ids: Tensor, mask: Tensor, feat: Tensor) -> tuple[Tensor, Tensor]:
        return self.head(self.encoder(input_ids=ids, attention_mask=mask)[0], feat)
