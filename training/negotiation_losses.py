"""What the learned part of reading a negotiation is taught: the losses of one coded report."""

from collections.abc import Callable, Collection, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from training.coded_reports import LABELS, RUNS, STAGES, STANCES, Run
from training.negotiation_model import KINDS, Meant, Negotiation, Prepared, Read, means

PRIOR = 3.0  # added to the evidence of a status; what carries no evidence scores nought


def losses(net: Negotiation, vectors: Tensor, report: Prepared) -> dict[str, Tensor]:
    """The loss of every layer and role that the report has something for, summed over words or phrases."""
    read = Read(net, vectors, report)
    found = _layers(read)
    if report.proposals.ranges:
        found |= _proposals(read)
    if report.actors.ranges:
        runs = report.coded.runs
        found |= _links(read, runs["event"], ("actor", "recipient"))
        found |= _links(read, runs["commitment"], ("commits", "toward"))
    if report.proposals.ranges and report.actors.ranges:
        found |= _positions(read)
    return found


def _layers(read: Read) -> dict[str, Tensor]:
    net, x, coded = read.net, read.x, read.report.coded
    found = {f"bio {layer}": _choice(net.bio[layer](x), read.report.tags[layer]) for layer in RUNS}
    for layer in LABELS:
        if layer != "proposal" and (runs := coded.runs[layer]):
            scores = means(net.lab[layer](x), [(run.first, run.end) for run in runs])
            found[f"lab {layer}"] = _choice(scores, torch.tensor([run.label for run in runs]))
    stages, stances = torch.zeros(len(x), len(STAGES)), torch.zeros(len(x), len(STANCES))
    for stage in coded.stages:
        stages[stage.head, stage.label] = 1
    for _, _, stance, word in coded.positions:
        if word >= 0:
            stances[word, stance] = 1
    found["stage"] = F.binary_cross_entropy_with_logits(net.stage(x), stages, reduction="sum")
    found["stance"] = F.binary_cross_entropy_with_logits(net.stance(x), stances, reduction="sum")
    moods = [(s.head, s.modality) for s in coded.stages] + [(e.first, e.modality) for e in coded.runs["event"]]
    if moods:
        found["modal"] = _choice(net.modal(x[[word for word, _ in moods]]), torch.tensor([m for _, m in moods]))
    return found


def _proposals(read: Read) -> dict[str, Tensor]:
    net, report, coded = read.net, read.report, read.report.coded
    proposals = report.proposals
    said = torch.tensor([KINDS.index(m.kind) + 1 if m.kind else 0 for m in report.mentions])
    kinds = means(net.lab["proposal"](read.x), proposals.ranges) + net.kindx(said)
    found = {"kind": _choice(kinds, torch.tensor([coded.kinds[number] for _, number in coded.mentions]))}
    at = read.of_words("stage", proposals)
    if coded.stages:
        found["stage at"] = _choice(
            at[[s.head for s in coded.stages]], torch.tensor([s.proposal for s in coded.stages])
        )
    if terms := coded.runs["term"]:
        scores = read.of_ranges("term", [(t.first, t.end) for t in terms], [t.head for t in terms], proposals)
        found["term at"] = _choice(scores, torch.tensor([t.proposal for t in terms]))
    found["status"] = _choice(_status(read, at), torch.tensor([s + 1 for s in coded.statuses]))
    if report.later.any():
        rows = means(read.showing, proposals.ranges)
        logits = (
            read.scores("same", rows, proposals.heads, proposals) + net.same(report.same)[:, :, 0] + read.bias("same")
        )
        number = torch.tensor([number for _, number in coded.mentions])
        alike = (number[:, None] == number[None, :]).float()
        found["same"] = F.binary_cross_entropy_with_logits(logits[report.later], alike[report.later], reduction="sum")
    return found


def _status(read: Read, at: Tensor) -> Tensor:
    """(proposals, 1 + stages): nothing yet, or the stage for which some word speaks, as something that has happened."""
    net = read.net
    actual = torch.log_softmax(net.modal(read.x), dim=1)[:, 0]
    word = read.share("stage", at)[:, :, None] + F.logsigmoid(net.stage(read.x))[:, None, :] + actual[:, None, None]
    evidence = torch.logsumexp(word, dim=0) + PRIOR
    said = net.status(read.x)[read.report.proposals.heads]
    direct = torch.stack([said[group].mean(dim=0) for group in read.report.proposals.groups])
    return torch.cat([torch.zeros(len(evidence), 1), evidence], dim=1) + direct


def _positions(read: Read) -> dict[str, Tensor]:
    report, coded = read.report, read.report.coded
    sides, proposals = report.sides, report.proposals
    holder = read.of_words("holder", sides) + read.bias("holder")
    target = read.share("target", read.of_words("target", proposals))
    held = {}
    for actor, proposal, stance, _ in coded.positions:
        side = sides.keys.index(coded.scene.sides[actor])
        held[side, proposal] = stance
    truth = torch.zeros(len(sides.keys), len(proposals.keys), dtype=torch.long)
    for (side, proposal), stance in held.items():
        truth[side, proposal] = stance + 1
    logits = position_logits(read, holder, target)
    found = {"pair": _choice(logits.flatten(0, 1), truth.flatten())}
    asked = read.of_proposals("asked", report.actors) + read.bias("asked")
    found["asked"] = _several(
        asked, [coded.recipients[n] for n in dict.fromkeys(n for _, n in coded.mentions)], report.actors
    )
    shown: dict[int, tuple[set[str], set[int]]] = {}
    for actor, proposal, _, word in coded.positions:
        if word >= 0:
            who, what = shown.setdefault(word, (set(), set()))
            who.add(coded.scene.sides[actor])
            what.add(proposal)
    if shown:
        words = list(shown)
        found["holder"] = _several(holder[words], [shown[word][0] for word in words], sides)
        named = [torch.logsumexp(target[word][list(shown[word][1])], dim=0) for word in words]
        found["target"] = -torch.stack(named).sum()
    return found


def position_logits(read: Read, holder: Tensor, target: Tensor) -> Tensor:
    """(sides, proposals, 1 + stances): no position, or each stance: by words that show it, and by the phrases alone."""
    net = read.net
    shown = F.logsigmoid(net.stance(read.x))
    word = F.logsigmoid(holder)[:, :, None, None] + target[:, None, :, None] + shown[:, None, None, :]
    evidence = torch.logsumexp(word, dim=0).clamp(max=-1e-4)
    odds = evidence - torch.log1p(-torch.exp(evidence))
    direct = torch.stack([read.of_proposals(f"pair{n}", read.report.sides).T for n in range(len(STANCES))], dim=2)
    stances = odds * torch.exp(net.mix) + direct + net.pairbias
    return torch.cat([torch.zeros(*odds.shape[:2], 1), stances], dim=2)


def _links(read: Read, runs: Sequence[Run], roles: tuple[str, str]) -> dict[str, Tensor]:
    """The actors of events and commitments."""
    if not runs:
        return {}
    actors, found = read.report.actors, {}
    ranges, heads = [(run.first, run.end) for run in runs], [run.head for run in runs]
    of: tuple[Callable[[Run], Collection[str]], ...] = (lambda run: run.by, lambda run: run.toward)
    for role, who in zip(roles, of, strict=True):
        scores = read.of_ranges(role, ranges, heads, actors) + read.bias(role)
        found[role] = _several(scores, [who(run) for run in runs], actors)
    return found


def _choice(scores: Tensor, truth: Tensor) -> Tensor:
    return F.cross_entropy(scores, truth, reduction="sum")


def _several(scores: Tensor, truth: Sequence[Collection[str]], meant: Meant) -> Tensor:
    """The loss of (rows, keys) of which any number may be right."""
    right = torch.zeros_like(scores)
    for row, keys in enumerate(truth):
        for key in keys:
            if key in meant.keys:
                right[row, meant.keys.index(key)] = 1
    return F.binary_cross_entropy_with_logits(scores, right, reduction="sum")
