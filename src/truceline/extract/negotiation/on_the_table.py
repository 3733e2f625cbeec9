"""What is on the table: the proposals of a report, and which words show what becomes of them and who stands where.

All that is learned of proposals comes together here, as numbers with words; `proposals` and `positions` make records of
it. Long reports are looked at in passages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from truceline.extract.negotiation.proposal_groups import groups
from truceline.extract.negotiation.proposal_mentions import ProposalMention, proposal_mention
from truceline.extract.negotiation.runs import Run, log_sigmoid, log_softmax, sigmoid, softmax
from truceline.extract.negotiation.scene import NEAR, Reference, passages
from truceline.extract.negotiation.scores import Passage, Phrases, Scores
from truceline.extract.negotiation.weights import Floats
from truceline.records import reading as records
from truceline.records.reading import Modality, ProposalKind, StageKind, Stance, TermKind

KINDS: tuple[ProposalKind, ...] = get_args(records.ProposalKind)
TERMS: tuple[TermKind, ...] = get_args(records.TermKind)
STAGES: tuple[StageKind, ...] = get_args(records.StageKind)
STANCES: tuple[Stance, ...] = get_args(records.Stance)
MODALITIES: tuple[Modality, ...] = get_args(records.Modality)
# Added to the scores of the stances, in their order; like the next, chosen on the development reports.
BIAS = np.array([0.3, 1.0, 1.0, 0.0, 1.0])
RECIPIENT = 0.5  # probability from which an actor is one to whom a proposal is put
PRIOR = 3.0  # as in training


@dataclass(frozen=True, slots=True)
class Held:
    """A side's stance on a proposal, the word that shows it best, and its probability."""

    side: str
    proposal: int
    stance: Stance
    word: int
    probability: float


class OnTheTable:
    """The proposals of a report by number, in the order in which it first names them.

    `mentions[n]` are those of proposal n, `probabilities[n]` theirs; `kinds` are mean logarithms of shares, `statuses`
    scores, first that nothing has happened; `stages` (proposals, stages) say how likely each is shown, at best by
    `stage_words`; `terms` a run and its kind; `held` positions; `recipients` ids.
    """

    def __init__(self, scores: Scores) -> None:
        scene = scores.scene
        self.scene, self.scores = scene, scores
        named = [run for run in self.scores.runs("proposal") if self._is_phrase(run)]
        found = [proposal_mention(scene.clauses, run.first, run.end) for run in named]
        shares = self._kinds(found)
        grouped = groups(self.scores, found, shares)
        self.mentions = [[found[i] for i in group] for group in grouped]
        self.probabilities = [[named[i].probability for i in group] for group in grouped]
        self.kinds = np.array([shares[group].mean(axis=0) for group in grouped], np.float32).reshape(-1, len(KINDS))
        self.modalities = softmax(self.scores.tags("modal"))
        self.statuses = np.full((len(grouped), 1 + len(STAGES)), -np.inf)
        self.stages = np.zeros((len(grouped), len(STAGES)))
        self.stage_words = np.zeros((len(grouped), len(STAGES)), np.int64)
        self.terms: list[list[tuple[Run, TermKind]]] = [[] for _ in grouped]
        self.held: dict[tuple[str, int], Held] = {}
        self.recipients: list[dict[str, None]] = [{} for _ in grouped]
        if grouped:
            terms = self.scores.runs("term")
            kinds = self.scores.labels("term", terms)
            for first, end in passages(scene):
                passage = Passage(scores, first, end)
                self._read(passage, [(t, TERMS[k.argmax()]) for t, k in zip(terms, kinds, strict=True)])
            self._finish_statuses()

    def positions(self) -> list[Held]:
        """The positions in the order of the words that show them."""
        return sorted(self.held.values(), key=lambda held: (held.word, held.proposal))

    def sponsors(self) -> dict[int, list[str]]:
        """The sponsors of each proposal by its number."""
        found: dict[int, list[str]] = {}
        for held in self.positions():
            if held.stance == "sponsors":
                found.setdefault(held.proposal, []).append(held.side)
        return found

    def _is_phrase(self, run: Run) -> bool:
        upos = self.scene.clauses.annotation.upos
        return any(upos[word] in ("NOUN", "PROPN", "VERB") for word in range(run.first, run.end))

    def _kinds(self, found: Sequence[ProposalMention]) -> Floats:
        """(mentions, kinds): the logarithm of each kind's share, by the words' scores and what the lexicon says."""
        weights, tags = self.scores.weights, self.scores.tags("lab.proposal")
        rows = [
            tags[m.first : m.end].mean(axis=0) + weights["kindx.weight"][KINDS.index(m.kind) + 1 if m.kind else 0]
            for m in found
        ]
        return log_softmax(np.array(rows, np.float32).reshape(-1, len(KINDS)))

    def _read(self, passage: Passage, terms: list[tuple[Run, TermKind]]) -> None:
        low, high = passage.first - NEAR, passage.end + NEAR
        near = [(m, n) for n, mentions in enumerate(self.mentions) for m in mentions if low <= m.first < high]
        if not near:
            return
        proposals = passage.phrases(
            [(m.first, m.end) for m, _ in near], [m.head for m, _ in near], [n for _, n in near]
        )
        numbers = [int(str(key)) for key in proposals.keys]
        self._read_stages(passage, passage.of_words("stage", proposals), numbers)
        here = [(run, kind) for run, kind in terms if passage.first <= run.first < passage.end]
        if here:
            scores = passage.of_ranges(
                "term", [(t.first, t.end) for t, _ in here], [t.head for t, _ in here], proposals
            )
            for (run, kind), row in zip(here, proposals.pooled(scores), strict=True):
                self.terms[numbers[int(row.argmax())]].append((run, kind))
        references = self.scores.references(low, high)
        if references:
            self._read_positions(passage, proposals, numbers, references)
            self._read_recipients(passage, proposals, numbers, references)

    def _read_stages(self, passage: Passage, at: Floats, numbers: list[int]) -> None:
        words = slice(passage.first, passage.end)
        stages = self.scores.tags("stage")[words]
        share = self._share("stage", at)
        likely = np.exp(share)[:, :, None] * sigmoid(stages)[:, None, :]
        shown = -np.expm1(np.log1p(-np.minimum(likely, 0.999)).sum(axis=0))
        better = shown > self.stages[numbers]
        words_of = passage.first + likely.argmax(axis=0)
        self.stage_words[numbers] = np.where(better, words_of, self.stage_words[numbers])
        self.stages[numbers] = np.where(better, shown, self.stages[numbers])
        actual = log_softmax(self.scores.tags("modal")[words])[:, :1]
        evidence = np.logaddexp.reduce(share[:, :, None] + (log_sigmoid(stages) + actual)[:, None, :], axis=0)
        self.statuses[numbers, 1:] = np.logaddexp(self.statuses[numbers, 1:], evidence)

    def _finish_statuses(self) -> None:
        said = self.scores.tags("status")
        direct = np.array([said[[m.head for m in mentions]].mean(axis=0) for mentions in self.mentions])
        self.statuses[:, 0] = -PRIOR
        self.statuses = self.statuses + PRIOR + direct

    def _share(self, role: str, scores: Floats) -> Floats:
        """(rows, keys): the logarithm of each key's share, nothing at all being one more."""
        none = np.full((len(scores), 1), self.scores.none(role), np.float32)
        return log_softmax(np.concatenate([scores, none], axis=1))[:, :-1]

    def _read_positions(
        self, passage: Passage, proposals: Phrases, numbers: list[int], references: Sequence[Reference]
    ) -> None:
        sides = passage.referring(references, [self.scene.sides[r.actor] for r in references])
        holder = log_sigmoid(passage.of_words("holder", sides) + self.scores.bias("holder"))
        target = self._share("target", passage.of_words("target", proposals))
        shown = log_sigmoid(self.scores.tags("stance")[passage.first : passage.end])
        logits = self._logits(passage, holder, target, shown, proposals, sides)
        logits[:, :, 1:] += BIAS
        shares = softmax(logits)
        for i, j in zip(*np.nonzero(logits.argmax(axis=2)), strict=True):
            stance = int(logits[i, j].argmax()) - 1
            word = passage.first + int((holder[:, i] + target[:, j] + shown[:, stance]).argmax())
            found = Held(str(sides.keys[i]), numbers[j], STANCES[stance], word, float(shares[i, j, stance + 1]))
            known = self.held.get((found.side, found.proposal))
            if known is None or known.probability < found.probability:
                self.held[found.side, found.proposal] = found

    def _read_recipients(
        self, passage: Passage, proposals: Phrases, numbers: list[int], references: Sequence[Reference]
    ) -> None:
        actors = passage.referring(references, [r.actor for r in references])
        scores = actors.pooled(passage.of_ranges("asked", proposals.ranges, proposals.heads, actors))
        shares = sigmoid(np.logaddexp.reduceat(scores, proposals.starts, axis=0) + self.scores.bias("asked"))
        for i, j in zip(*np.nonzero(shares > RECIPIENT), strict=True):
            self.recipients[numbers[i]][str(actors.keys[j])] = None

    def _logits(
        self, passage: Passage, holder: Floats, target: Floats, shown: Floats, proposals: Phrases, sides: Phrases
    ) -> NDArray[np.float64]:
        """(sides, proposals, 1 + stances): no position, or each stance: by words that show it, and by the phrases."""
        weights, logits = self.scores.weights, np.zeros((holder.shape[1], target.shape[1], 1 + len(STANCES)))
        for stance in range(len(STANCES)):
            both = np.exp((holder + shown[:, [stance]]).astype(np.float64)).T @ np.exp(target.astype(np.float64))
            evidence = np.minimum(np.log(both + 1e-30), -1e-4)
            odds = evidence - np.log1p(-np.exp(evidence))
            scores = passage.of_ranges(f"pair{stance}", proposals.ranges, proposals.heads, sides)
            direct = np.logaddexp.reduceat(sides.pooled(scores), proposals.starts, axis=0).T
            logits[:, :, 1 + stance] = odds * np.exp(weights["mix"][stance]) + direct + weights["pairbias"][stance]
        return logits
