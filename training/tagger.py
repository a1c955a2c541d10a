"""The network that is trained: an encoder, and a head that scores labels and links spans."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, BertModel, MPNetModel

from accordingto.attribute.model.decoding import BUCKETS, LABELS
from accordingto.attribute.model.windows import CLS, FEATURES, SEP

WIDTH = 256  # of a word vector
DEPTH = 128  # of a link vector
KINDS = 3  # content, cue, source
HALF = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # sums in bfloat16; where a processor has none they crawl


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
    """The encoder of a folder (a BERT, or an MPNet as the teacher) with a head on its last layer.

    Embeddings, and the teacher's lowest layers, stay as they are.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.shifted = AutoConfig.from_pretrained(base).model_type == "mpnet"
        kind, frozen = (MPNetModel, 2) if self.shifted else (BertModel, 0)
        self.encoder = kind.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        layers = self.encoder.encoder.layer
        for still in (self.encoder.embeddings, *layers[:frozen]):
            still.requires_grad_(False)
        for layer in layers:
            attention = layer.attention if self.shifted else layer.attention.output
            attention.dropout = layer.output.dropout = Thinning()
        self.head = Head(self.encoder.config.hidden_size)

    def lower(self, layers: int) -> None:
        """Keep only the encoder's first layers."""
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]

    def forward(self, ids: Tensor, mask: Tensor, feat: Tensor) -> tuple[Tensor, Tensor]:
        """Scores and vectors of `ids`, `mask`, `feat`, each (windows, pieces)."""
        own = mpnet_ids(ids, mask) if self.shifted else ids
        return self.head(self.encoder(input_ids=own, attention_mask=mask)[0], feat)


def mpnet_ids(ids: Tensor, mask: Tensor) -> Tensor:
    """BERT's numbers of word pieces as MPNet's: the same vocabulary after four marks of its own."""
    own = torch.where(ids == CLS, 0, torch.where(ids == SEP, 2, ids + 4))
    return torch.where(mask == 0, 1, own)
