"""Which mentions mean the same proposal: one group for each proposal of a report. GUIDE §4.

Two texts that compete, a new plan that replaces an old one, and the next round of talks are proposals of their own. A
mention joins the group whose mentions it most likely means again, or begins one if that is too unlikely of all.
"""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from truceline.extract.negotiation.proposal_mentions import ProposalMention
from truceline.extract.negotiation.runs import sigmoid
from truceline.extract.negotiation.scores import Scores, means
from truceline.extract.negotiation.weights import Floats
from truceline.lexicon import entries

SAME = 0.35  # probability from which a mention joins a group; chosen on the development reports
# How the log-odds by words and the agreement of kinds are weighed: a logistic regression on reports not learned from.
WORDING, KIND, EITHER = 0.6, 0.6, 0.9
RECENT = 12  # groups, those named last first, that a mention is compared with
COMPARED = 4  # mentions of a group
_OPENINGS = ("new", "back", "owned", "verb", "plain")
FEATURES = 26


def groups(scores: Scores, mentions: Sequence[ProposalMention], kinds: Floats) -> list[list[int]]:
    """The numbers of the mentions of each proposal, in the order of the proposals' first mentions.

    `kinds` (mentions, kinds) are logarithms of the share of each kind.
    """
    found: list[list[int]] = []
    recent: dict[int, list[int]] = {}  # the same groups, those named last at the end
    meant = means(scores.meant, [(m.first, m.end) for m in mentions])
    for number, mention in enumerate(mentions):
        best, likeliest = None, SAME
        for group in islice(reversed(recent.values()), RECENT):
            earlier = group[-COMPARED:]
            wording = _same(scores, mention, [mentions[i] for i in earlier], meant[earlier])
            likely = sigmoid(WORDING * wording + KIND * _agreement(kinds[number], kinds[earlier]) + EITHER)
            if (value := float(np.sort(likely)[-2:].mean())) > likeliest:
                best, likeliest = group, value
        if best is None:
            best = []
            found.append(best)
        best.append(number)
        recent.pop(id(best), None)
        recent[id(best)] = best
    return found


def _same(scores: Scores, mention: ProposalMention, earlier: Sequence[ProposalMention], meant: Floats) -> Floats:
    """(earlier): the log-odds, by words and context, that the mention means the same proposal as each earlier one."""
    weights, sentences = scores.weights, scores.scene.sentences
    logits = scores.same((mention.first, mention.end), [(m.first, m.end) for m in earlier], meant)
    features = np.stack(
        [likeness(mention, other, int(sentences[mention.head] - sentences[other.head])) for other in earlier]
    )
    hidden = np.tanh(weights.linear("same.0", features))
    return logits + weights.linear("same.2", hidden)[:, 0]


def _agreement(kind: Floats, earlier: Floats) -> Floats:
    """(earlier): the logarithm of the probability that a mention is of the kind that each of the earlier ones is of."""
    result: Floats = np.log(1e-3 + np.exp(kind[None] + earlier).sum(axis=1))
    return result


def likeness(mention: ProposalMention, earlier: ProposalMention, distance: int) -> Floats:
    """(FEATURES): what the words of two mentions, `distance` sentences apart, say on their being the same proposal."""
    words = entries("proposals")
    ours, theirs = mention.content, earlier.content
    all_ours, all_theirs = ours | {mention.noun}, theirs | {earlier.noun}
    same_noun = mention.noun == earlier.noun
    same_kind = mention.kind is not None and mention.kind == earlier.kind
    general = mention.noun in words["general"] and not ours
    back = mention.opening == "back"
    ordinal, earlier_ordinal = ({w for w in c if w in words["apart"] or w[:1].isdigit()} for c in (ours, theirs))
    found = [
        same_noun,
        len(all_ours & all_theirs) / len(all_ours | all_theirs),
        min(len(ours & theirs), 3) / 3,
        same_kind,
        bool(mention.kind and earlier.kind and mention.kind != earlier.kind),
        *(mention.opening == opening for opening in _OPENINGS),
        *(earlier.opening == opening for opening in _OPENINGS),
        general,
        not ours,
        bool(ordinal and earlier_ordinal and not ordinal & earlier_ordinal),
        same_noun * (mention.opening == "owned"),
        general * back,
        same_kind * back,
        mention.first < earlier.end and earlier.first < mention.end,
        distance == 0,
        distance == 1,
        ours == theirs and same_noun,
        bool(ordinal) != bool(earlier_ordinal),
    ]
    return np.array(found, np.float32)
