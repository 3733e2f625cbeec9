"""What is learned with torch is computed without it to the same numbers, and can be learned."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.extract.negotiation.by_lot import by_lot
from truceline.extract.negotiation import proposal_groups
from truceline.extract.negotiation import scores as scores_of
from truceline.extract.negotiation.acting import acting
from truceline.extract.negotiation.on_the_table import BIAS, RECIPIENT, OnTheTable
from truceline.extract.negotiation.paths import UNNAMED
from truceline.extract.negotiation.proposal_groups import COMPARED, RECENT, groups
from truceline.extract.negotiation.scores import ROLES, Passage, Scores
from truceline.extract.negotiation.weights import Weights

torch = pytest.importorskip("torch", exc_type=ImportError)
from training.coded_reports import LABELS, RUNS, STANCES, Coded, Run  # noqa: E402
from training.model import HIDDEN  # noqa: E402
from training.negotiation_losses import _status, losses, position_logits  # noqa: E402
from training.negotiation_model import KINDS, Negotiation, Prepared, Read, means  # noqa: E402

NAMED = ["<", "nsubj<", "obj<", "nmod<", "<nsubj", "nsubj<obj"]
NEAR = 1e-3


@pytest.fixture(scope="module", params=[3, 11, 29])
def both(request: pytest.FixtureRequest) -> SimpleNamespace:
    """One scene and one random network, read by both."""
    torch.manual_seed(request.param)
    net = untaught().eval()
    with torch.no_grad():
        for parameter in net.parameters():
            fan = parameter.shape[-1] if parameter.dim() > 1 else 1
            parameter.copy_(torch.randn(parameter.shape) / fan**0.5)
        net.bio["proposal"].bias[1] += 1.5
    arrays = {name: tensor.numpy() for name, tensor in net.state_dict().items() if not name.startswith("join.")}
    found = by_lot(np.random.default_rng(request.param), [14, 9, 17, 5, 20, 11], HIDDEN)
    with pytest.MonkeyPatch.context() as patch:  # enough must be found that there is something to compare
        patch.setitem(scores_of.OUTSIDE, "proposal", 0.0)
        patch.setattr(scores_of, "apolitical", lambda scene: 0.0)
        scores = Scores(found, Weights.of(arrays, NAMED))
    table = OnTheTable(scores)
    report = Prepared(coded(table), {path: number for number, path in enumerate(NAMED, UNNAMED + 1)})
    with torch.no_grad():
        read = Read(net, torch.from_numpy(found.clauses.annotation.vectors), report)
    passage = Passage(scores, 0, len(found.clauses.annotation.forms))
    return SimpleNamespace(net=net, scene=found, scores=scores, table=table, report=report, read=read, passage=passage)


def untaught() -> Any:
    """A network without layers of its own: it is given the words' vectors."""
    base: Any = SimpleNamespace(encoder=SimpleNamespace(layers=[]))
    return Negotiation(base, len(NAMED) + UNNAMED + 1)


def coded(table: OnTheTable) -> Coded:
    """A coding of what was found, so that both look at the same mentions and runs."""
    scene, scores = table.scene, table.scores
    found = Coded("drawn by lot", scene, [])
    actors = frozenset(list(scene.sides)[:2])
    for layer in RUNS:
        found.runs[layer] = [
            Run(run.first, run.end, run.head, 0, 0, actors, actors, modality=0) for run in scores.runs(layer)
        ]
    found.mentions = [(m, number) for number, mentions in enumerate(table.mentions) for m in mentions]
    found.kinds = [number % len(KINDS) for number in range(len(table.mentions))]
    found.statuses = [-1 for _ in table.mentions]
    found.recipients = [actors for _ in table.mentions]
    found.stages = [Run(1, 3, 2, 4, 0, modality=0), Run(5, 6, 5, 0, 0, modality=1)]
    held = scene.references[0].actor
    found.positions = [(held, 0, 1, 4)]
    return found


def alike(torch_side: Any, numpy_side: Any) -> None:
    given = torch_side.detach().numpy()
    assert given.shape == numpy_side.shape
    assert given.size
    assert numpy_side == pytest.approx(given, abs=NEAR)


def test_words_and_layers(both: SimpleNamespace) -> None:
    alike(both.read.showing, both.scores.showing)
    alike(both.read.meant, both.scores.meant)
    for layer in RUNS:
        alike(both.net.bio[layer](both.read.x), both.scores.tags(f"bio.{layer}"))
    for layer in LABELS:
        alike(both.net.lab[layer](both.read.x), both.scores.tags(f"lab.{layer}"))
    for name in ("stage", "stance", "modal", "status"):
        alike(getattr(both.net, name)(both.read.x), both.scores.tags(name))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "same"])
def test_roles_of_words_and_runs(both: SimpleNamespace, role: str) -> None:
    references, passage, report = both.scene.references, both.passage, both.report
    actors = passage.referring(references, [r.actor for r in references])
    sides = passage.referring(references, [both.scene.sides[r.actor] for r in references])
    mentions = [(m, number) for number, found in enumerate(both.table.mentions) for m in found]
    ranges = [(m.first, m.end) for m, _ in mentions]
    proposals = passage.phrases(ranges, [m.head for m, _ in mentions], [number for _, number in mentions])
    for ours, theirs in ((actors, report.actors), (sides, report.sides), (proposals, report.proposals)):
        assert ours.keys == theirs.keys
        alike(both.read.of_words(role, theirs), passage.of_words(role, ours))
        runs = both.scores.runs("event")
        given = [(run.first, run.end) for run in runs], [run.head for run in runs]
        alike(both.read.of_ranges(role, *given, theirs), ours.pooled(passage.of_ranges(role, *given, ours)))
    assert both.scores.bias(role) == pytest.approx(float(both.read.bias(role).detach()))


def test_kinds_and_statuses(both: SimpleNamespace) -> None:
    read, report = both.read, both.report
    said = torch.tensor([KINDS.index(m.kind) + 1 if m.kind else 0 for m in report.mentions])
    rows = means(both.net.lab["proposal"](read.x), report.proposals.ranges) + both.net.kindx(said)
    shares = torch.log_softmax(rows, dim=1)
    alike(torch.stack([shares[group].mean(dim=0) for group in report.proposals.groups]), both.table.kinds)
    alike(_status(read, read.of_words("stage", report.proposals)), both.table.statuses)


def test_positions(both: SimpleNamespace) -> None:
    read, report = both.read, both.report
    holder = read.of_words("holder", report.sides) + read.bias("holder")
    target = read.share("target", read.of_words("target", report.proposals))
    logits = position_logits(read, holder, target).detach()
    logits[:, :, 1:] += torch.from_numpy(BIAS).float()
    shares = torch.softmax(logits, dim=2).numpy()
    expected = {
        (side, number): (STANCES[shares[i, j].argmax() - 1], shares[i, j].max())
        for i, side in enumerate(report.sides.keys)
        for j, number in enumerate(report.proposals.keys)
        if shares[i, j].argmax()
    }
    found = {key: (held.stance, held.probability) for key, held in both.table.held.items()}
    assert found
    assert found.keys() == expected.keys()
    for key, (stance, probability) in expected.items():
        assert found[key][0] == stance
        assert found[key][1] == pytest.approx(probability, abs=NEAR)


def test_recipients_and_actors_of_runs(both: SimpleNamespace) -> None:
    read, report = both.read, both.report
    asked = torch.sigmoid(read.of_proposals("asked", report.actors) + read.bias("asked")).detach().numpy()
    expected = [{key for key, p in zip(report.actors.keys, row, strict=True) if p > RECIPIENT} for row in asked]
    assert [set(found) for found in both.table.recipients] == expected
    layers = {"actor": "event", "recipient": "event", "commits": "commitment", "toward": "commitment"}
    for role, layer in layers.items():
        runs = both.scores.runs(layer)
        rows = read.of_ranges(role, [(r.first, r.end) for r in runs], [r.head for r in runs], report.actors)
        found = acting(both.scores, runs, role)
        assert all(list(row) == report.actors.keys for row in found)
        alike(torch.sigmoid(rows + read.bias(role)), np.array([list(row.values()) for row in found]))


def test_which_mentions_mean_the_same(both: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The groups that torch's probabilities make, taken in the order of the text as `groups` takes them."""
    read, report = both.read, both.report
    order = sorted(range(len(report.mentions)), key=lambda i: report.mentions[i].first)
    mentions = [report.mentions[i] for i in order]
    rows = means(read.showing, report.proposals.ranges)
    logits = read.scores("same", rows, report.proposals.heads, report.proposals)
    logits = (logits + both.net.same(report.same)[:, :, 0] + read.bias("same")).detach()
    expected: list[list[int]] = []
    for number in range(len(mentions)):
        likely = {}
        for at, group in enumerate(expected):
            values = sorted(float(torch.sigmoid(logits[order[number], order[i]])) for i in group[-COMPARED:])
            likely[at] = float(np.mean(values[-2:]))
        recent = sorted(likely, key=lambda at: -expected[at][-1])[:RECENT]
        best = max(recent, key=lambda at: likely[at], default=None)
        if best is not None and likely[best] > 0.3:
            expected[best].append(number)
        else:
            expected.append([number])
    assert len(mentions) > 5
    for name, value in (("WORDING", 1.0), ("KIND", 0.0), ("EITHER", 0.0), ("SAME", 0.3)):
        monkeypatch.setattr(proposal_groups, name, value)
    assert groups(both.scores, mentions, np.zeros((len(mentions), 12), np.float32)) == expected


def test_every_loss_is_there_and_falls_as_the_network_learns(both: SimpleNamespace) -> None:
    torch.manual_seed(1)
    net = untaught()
    vectors = torch.from_numpy(both.scene.clauses.annotation.vectors)
    optimiser = torch.optim.Adam(net.parameters(), lr=3e-3)
    first = losses(net.eval(), vectors, both.report)
    wanted = {f"bio {layer}" for layer in RUNS} | {"stage", "stance", "modal", "kind", "stage at", "status", "same"}
    wanted |= {"actor", "recipient", "commits", "toward", "pair", "asked", "holder", "target"}
    assert wanted <= first.keys()
    assert all(bool(torch.isfinite(part)) and float(part.detach()) >= 0 for part in first.values())
    for _ in range(12):
        optimiser.zero_grad()
        torch.stack(list(losses(net, vectors, both.report).values())).sum().backward()
        optimiser.step()
    last = losses(net.eval(), vectors, both.report)
    before, after = (float(torch.stack(list(parts.values())).sum().detach()) for parts in (first, last))
    assert after < 0.7 * before
