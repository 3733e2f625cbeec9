"""The multi-task model: MiniLM with a shape embedding, and one head for each layer of an annotation.

Every head reads the vector of a word's first piece. Tagging heads give one score per label; `arc`, `label` and
`link` are biaffine (Dozat and Manning 2017): `arc` and `label` for the dependency tree, `link` from the words of a
source or content to the words of its cue. Spans (entities, times, attribution, statements) are trained as linear-chain
conditional random fields.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from truceline.annotate.inputs import SHAPES

HIDDEN, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
ARC, LABEL, LINK = 256, 128, 128
NEVER = -1e4


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attention_in = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attention_out = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.attention_in(x).view(batch, length, 3, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).unbind(2)
        q, k, v = q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attention_norm(x + self.dropout(self.attention_out(mixed)))
        return self.norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Word pieces and shapes to vectors: (batch, pieces) -> (batch, pieces, 384)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(SHAPES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.shapes.weight)  # training starts from what the pretrained encoder knows

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.shapes(shapes) + self.positions(positions)[None]
        x = self.dropout(self.norm(x))
        additive = (1.0 - mask.to(x.dtype))[:, None, None, :] * NEVER
        for layer in self.layers:
            x = layer(x, additive)
        return x

    def at(self, layer: int, pieces: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
        """The states of one unpadded row (1, pieces) after so many layers, and after the last."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.words(pieces) + self.shapes(shapes) + self.positions(positions)[None])
        mask = torch.zeros(1, 1, 1, pieces.shape[1])
        for below in self.layers[:layer]:
            x = below(x, mask)
        lower = x
        for above in self.layers[layer:]:
            x = above(x, mask)
        return lower, x

    def load_pretrained(self, folder: Path) -> None:
        """Fills in the weights of all-MiniLM-L6-v2 (`model.safetensors` in `folder`)."""
        w = load_file(folder / "model.safetensors")
        own: dict[str, Tensor] = {
            # The one token type that is ever used is folded into the positions.
            "positions.weight": w["embeddings.position_embeddings.weight"]
            + w["embeddings.token_type_embeddings.weight"][0],
            "words.weight": w["embeddings.word_embeddings.weight"],
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
            "shapes.weight": self.shapes.weight.data,
        }
        for i in range(LAYERS):
            theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
            for kind in ("weight", "bias"):
                own[f"{ours}attention_in.{kind}"] = torch.cat(
                    [w[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                )
                own[f"{ours}attention_out.{kind}"] = w[f"{theirs}attention.output.dense.{kind}"]
                own[f"{ours}attention_norm.{kind}"] = w[f"{theirs}attention.output.LayerNorm.{kind}"]
                own[f"{ours}inner.{kind}"] = w[f"{theirs}intermediate.dense.{kind}"]
                own[f"{ours}outer.{kind}"] = w[f"{theirs}output.dense.{kind}"]
                own[f"{ours}norm.{kind}"] = w[f"{theirs}output.LayerNorm.{kind}"]
        self.load_state_dict(own)


class Biaffine(nn.Module):
    """Two projections and a bilinear form between them; `labels` forms side by side if given."""

    def __init__(self, size: int, labels: int = 1, dropout: float = 0.25) -> None:
        super().__init__()
        self.dependent = nn.Linear(HIDDEN, size)
        self.head = nn.Linear(HIDDEN, size)
        self.form = nn.Parameter(torch.zeros(labels, size + 1, size + 1))
        nn.init.normal_(self.form, std=0.02)
        self.dropout = nn.Dropout(dropout)

    def project(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """The dependent and the head vectors of words, each with a constant 1 behind: (..., size + 1)."""
        vectors = (self.dropout(F.gelu(self.dependent(words))), self.dropout(F.gelu(self.head(words))))
        dependent, head = (torch.cat([v, torch.ones_like(v[..., :1])], dim=-1) for v in vectors)
        return dependent, head


class Model(nn.Module):
    """Encoder and heads. `taggers`: {head: labels}; those in `chains` are trained as conditional random fields."""

    def __init__(self, taggers: dict[str, list[str]], chains: set[str], relations: list[str]) -> None:
        super().__init__()
        self.labels, self.chains, self.relations = taggers, chains, relations
        self.encoder = Encoder()
        self.dropout = nn.Dropout(0.15)
        self.taggers = nn.ModuleDict({name: nn.Linear(HIDDEN, len(labels)) for name, labels in taggers.items()})
        self.transitions = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(len(taggers[name]) + 1, len(taggers[name]))) for name in sorted(chains)}
        )
        self.arc, self.label, self.link = Biaffine(ARC), Biaffine(LABEL, len(relations)), Biaffine(LINK)
        self.root = nn.Parameter(torch.randn(HIDDEN) * 0.02)  # the head of roots, the cue of what has none

    def words(self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """The vectors of words (batch, words, 384), `firsts` being the index of each word's first piece."""
        x = self.encoder(pieces, shapes, mask)
        return torch.gather(x, 1, firsts[:, :, None].expand(-1, -1, HIDDEN))


def forbidden(labels: list[str]) -> Tensor:
    """Penalties (labels + 1, labels) on BIO transitions that cannot be; the last row is the start, where a window may
    cut a span, so that I- may stand."""
    penalty = torch.zeros(len(labels) + 1, len(labels))
    for j, after in enumerate(labels):
        if after.startswith("I-"):
            for i, before in enumerate(labels):
                if before[2:] != after[2:] or before == "O":
                    penalty[i, j] = NEVER
    return penalty


def chain_loss(scores: Tensor, tags: Tensor, lengths: Tensor, transitions: Tensor) -> Tensor:
    """The negative log-likelihood of each tag sequence (batch) under linear-chain random fields.

    scores (batch, words, labels), tags (batch, words), lengths (batch); transitions (batch, labels + 1, labels), the
    last row being the start.
    """
    batch, words, labels = scores.shape
    rows = torch.arange(batch)
    steps = torch.arange(words)[None, :] < lengths[:, None]
    inner = transitions[:, :labels]
    gold = scores.gather(2, tags[:, :, None])[:, :, 0]
    gold = gold + torch.cat(
        [transitions[rows, labels, tags[:, 0]][:, None], inner[rows[:, None], tags[:, :-1], tags[:, 1:]]], dim=1
    )
    alpha = scores[:, 0] + transitions[:, labels]
    for t in range(1, words):
        after = torch.logsumexp(alpha[:, :, None] + inner, dim=1) + scores[:, t]
        alpha = torch.where(steps[:, t, None], after, alpha)
    return torch.logsumexp(alpha, dim=1) - (gold * steps).sum(dim=1)
