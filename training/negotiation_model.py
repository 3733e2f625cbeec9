"""The learned part of reading a negotiation: two layers above the shared encoder's fourth, tags, and roles.

What each tag and role means is told in `truceline.extract.negotiation.scores`, which computes the same without torch.
"""

import copy
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.coded_reports import LABELS, MODALITIES, RUNS, STAGES, STANCES, Coded, Range
from training.model import HIDDEN, Model
from truceline.extract.negotiation.paths import Paths
from truceline.extract.negotiation.proposal_groups import FEATURES as LIKENESS
from truceline.extract.negotiation.proposal_groups import likeness
from truceline.extract.negotiation.proposal_mentions import ProposalMention
from truceline.extract.negotiation.scores import DISTANCES, ROLES, distance_class
from truceline.extract.negotiation.word_features import FEATURES, SORTS, Sayings, sorts, word_features

FORK = 4  # layers of the shared encoder below
SIZE = 96
KINDS = LABELS["proposal"]
ROLE = {name: number for number, name in enumerate(ROLES)}


class Negotiation(nn.Module):
    """Two layers and heads. `paths`: the number of tree paths that have a number, with the two that name none."""

    def __init__(self, base: Model, paths: int, dropout: float = 0.3) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in list(base.encoder.layers)[FORK:])
        self.drop = nn.Dropout(dropout)
        self.join = nn.Linear(2 * HIDDEN, HIDDEN)  # these layers' vectors and the shared encoder's
        self.feat = nn.Linear(len(FEATURES), HIDDEN, bias=False)
        self.bio = nn.ModuleDict({layer: nn.Linear(HIDDEN, 3) for layer in RUNS})
        self.lab = nn.ModuleDict({layer: nn.Linear(HIDDEN, len(labels)) for layer, labels in LABELS.items()})
        self.kindx = nn.Embedding(len(KINDS) + 1, len(KINDS))  # by what the lexicon says of a mention; 0: nothing
        self.stage, self.stance = nn.Linear(HIDDEN, len(STAGES)), nn.Linear(HIDDEN, len(STANCES))
        self.modal, self.status = nn.Linear(HIDDEN, len(MODALITIES)), nn.Linear(HIDDEN, len(STAGES) + 1)
        self.q, self.k = nn.Linear(HIDDEN, SIZE), nn.Linear(HIDDEN, SIZE)
        roles = len(ROLES)
        self.form = nn.Parameter(torch.randn(roles, SIZE + 1, SIZE + 1) * 0.02)
        self.dist, self.path = nn.Parameter(torch.zeros(roles, DISTANCES)), nn.Embedding(paths, roles)
        self.flag, self.sort = nn.Parameter(torch.zeros(roles)), nn.Parameter(torch.zeros(roles, SORTS))
        self.bias, self.none = nn.Parameter(torch.full((roles,), -2.0)), nn.Parameter(torch.zeros(roles))
        self.pairbias = nn.Parameter(torch.full((len(STANCES),), -3.0))
        self.mix = nn.Parameter(torch.zeros(len(STANCES)))
        self.same = nn.Sequential(nn.Linear(LIKENESS, 24), nn.Tanh(), nn.Linear(24, 1))
        self._begin()

    def _begin(self) -> None:
        """Starts where nothing is added to what the encoder knows, and where what is rare is improbable."""
        with torch.no_grad():
            half = torch.eye(HIDDEN) * 0.7
            self.join.weight.copy_(torch.cat([half, half], dim=1))
            self.join.bias.zero_()
            for layer in (self.feat, self.kindx, self.path):
                layer.weight.zero_()
            for number in range(len(KINDS)):
                self.kindx.weight[number + 1, number] = 2.0
            for head in (self.stage, self.stance):
                head.bias.fill_(-4.0)

    def vectors(self, lower: Tensor, upper: Tensor) -> Tensor:
        """(pieces, 384) of the shared encoder's fourth and last layer -> (pieces, 384)."""
        x = lower[None]
        mask = torch.zeros(1, 1, 1, x.shape[1])
        for layer in self.layers:
            x = layer(x, mask)
        joined: Tensor = self.join(torch.cat([x[0], upper], dim=1))
        return joined


@dataclass
class Meant:
    """Phrases that may be meant, those of one key side by side; see `scores.Phrases`."""

    ranges: list[Range]
    heads: list[int]
    keys: list[Hashable]
    groups: list[list[int]]
    paths: Tensor  # (words, phrases)
    sorts: Tensor | None = None  # (phrases, SORTS)
    spoken: Tensor | None = None

    def pooled(self, scores: Tensor) -> Tensor:
        """(rows, phrases) -> (rows, keys)."""
        return torch.stack([torch.logsumexp(scores[:, group], dim=1) for group in self.groups], dim=1)


class Prepared:
    """A coded report with all that does not change in training."""

    def __init__(self, coded: Coded, numbers: dict[str, int]) -> None:
        self.coded = coded
        scene = coded.scene
        self.between = Paths(scene.clauses, scene.sentences, numbers)
        self.sentences = scene.sentences
        self.features = torch.from_numpy(word_features(scene))
        self.tags = {layer: torch.from_numpy(coded.tags(layer)) for layer in RUNS}
        references = scene.references
        sorted_ = torch.from_numpy(sorts(scene, references))
        spoken = torch.from_numpy(Sayings(scene).within(0, coded.words, references))
        heads = [r.head for r in references]
        ranges = [(r.first, r.end) for r in references]
        paths = self._paths(heads)

        def meant(key_of: dict[str, str] | None) -> Meant:
            keys = [key_of[r.actor] if key_of else r.actor for r in references]
            return Meant(ranges, heads, *_grouped(keys), paths, sorted_, spoken)

        self.actors, self.sides = meant(None), meant(scene.sides)
        self.mentions: list[ProposalMention] = [mention for mention, _ in coded.mentions]
        heads = [m.head for m in self.mentions]
        keys, groups = _grouped([number for _, number in coded.mentions])
        self.proposals = Meant([(m.first, m.end) for m in self.mentions], heads, keys, groups, self._paths(heads))
        self.same, self.later = self._same()

    def _paths(self, heads: list[int]) -> Tensor:
        return torch.from_numpy(self.between.between(np.arange(self.coded.words), heads))

    def _same(self) -> tuple[Tensor, Tensor]:
        """The likeness of every two mentions (later, earlier), and which of them are to be told."""
        count = len(self.mentions)
        found = np.zeros((count, count, LIKENESS), np.float32)
        later = np.zeros((count, count), bool)
        for i, one in enumerate(self.mentions):
            for j, other in enumerate(self.mentions):
                if other.first < one.first:
                    distance = int(self.sentences[one.head] - self.sentences[other.head])
                    found[i, j], later[i, j] = likeness(one, other, distance), True
        return torch.from_numpy(found), torch.from_numpy(later)


def _grouped(keys: Sequence[Hashable]) -> tuple[list[Hashable], list[list[int]]]:
    groups: dict[Hashable, list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    return list(groups), list(groups.values())


class Read:
    """What the network makes of one report: scores as in `truceline.extract.negotiation.scores`."""

    def __init__(self, net: Negotiation, vectors: Tensor, report: Prepared) -> None:
        self.net, self.report = net, report
        self.x = net.drop(vectors + net.feat(report.features))
        one = torch.ones(len(self.x), 1)
        self.showing, self.meant = (
            torch.cat([net.drop(F.gelu(layer(self.x))), one], dim=1) for layer in (net.q, net.k)
        )

    def scores(self, role: str, rows: Tensor, words: Sequence[int], meant: Meant) -> Tensor:
        """(rows, phrases): the role's scores; `words` governs each row."""
        net, number, sentences = self.net, ROLE[role], self.report.sentences
        s = rows @ net.form[number] @ means(self.meant, meant.ranges).T
        away = sentences[[first for first, _ in meant.ranges]][None, :] - sentences[list(words)][:, None]
        s = s + net.dist[number][torch.from_numpy(distance_class(away))]
        if role != "same":
            s = s + net.path.weight[:, number][meant.paths[list(words)]]
        if meant.spoken is not None and meant.sorts is not None:
            s = s + net.flag[number] * meant.spoken[list(words)] + meant.sorts @ net.sort[number]
        return s

    def of_words(self, role: str, meant: Meant) -> Tensor:
        """(words, keys) for every word of the report."""
        return meant.pooled(self.scores(role, self.showing, range(len(self.x)), meant))

    def of_ranges(self, role: str, ranges: Sequence[Range], heads: Sequence[int], meant: Meant) -> Tensor:
        """(ranges, keys)."""
        return meant.pooled(self.scores(role, means(self.showing, ranges), heads, meant))

    def of_proposals(self, role: str, meant: Meant) -> Tensor:
        """(proposals, keys): pooled over the mentions of each proposal too."""
        p = self.report.proposals
        scores = self.of_ranges(role, p.ranges, p.heads, meant)
        return torch.stack([torch.logsumexp(scores[group], dim=0) for group in p.groups])

    def bias(self, role: str) -> Tensor:
        """What speaks against anything being meant."""
        return self.net.bias[ROLE[role]]

    def share(self, role: str, scores: Tensor) -> Tensor:
        """(rows, keys): the logarithm of the share of each key, nothing at all being one more."""
        none = self.net.none[ROLE[role]].expand(len(scores), 1)
        return torch.log_softmax(torch.cat([scores, none], dim=1), dim=1)[:, :-1]


def means(rows: Tensor, ranges: Sequence[Range]) -> Tensor:
    """(ranges, columns): the mean of the rows of each range."""
    return torch.stack([rows[first:end].mean(dim=0) for first, end in ranges])
