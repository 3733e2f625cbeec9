"""Learn who is meant: compare learned preferences with the rules for every kind of mention, and write the weights.

    python -m training.coref --data DATA --gold GOLD/train [--out FILE]

DATA holds `ud/gum`, `coref/gum` and `coref/gap`. Everything is read by the packaged model first (some minutes); then
the table of rules and learned preferences is printed. Without `--compare` the weights for descriptions are written to
`src/truceline/resolve/preferences.json`; they are the same on every run with the same model.

Candidates are ranked by a log-linear model: weights of features are summed, and a softmax over the candidates of one
pronoun or description gives the share of each; training raises the shares of all right candidates together.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.coref_documents import Document, coded, gap, gum
from training.coref_names import NamedLikeness
from training.coref_pronouns import Pronouns, third_person
from truceline.annotate import Annotation, Annotator, load_annotator
from truceline.extract import Mention
from truceline.lexicon import entries
from truceline.resolve import with_speakers
from truceline.resolve.identities import Identities, Known, gathered
from truceline.resolve.identity import Identity
from truceline.resolve.preferences import scores
from truceline.resolve.speaking import Speakers

OUT = Path(__file__).resolve().parent.parent / "src/truceline/resolve/preferences.json"
ABOUT = "Learned by training/coref.py from coded reports and from GUM (CC BY and CC BY-SA). This file: CC BY-SA 4.0."
FOLDS = 5
ROUNDS = 3  # of pronouns: the first resolves earlier pronouns by the truth, the others by what was learned
STEPS = 150
SELDOM = 3  # features seen less often are left out
STRICT = {"pronouns": 10.0, "descriptions": 3.0, "names": 3.0}  # half the weight of squared weights in the loss
SHARE = {"gap": 0.5, "coded pronouns": 4.0, "gum descriptions": 0.3}  # of one example beside those of the main source
DESCRIPTIONS = ("the, this", "owner", "side", "bare", "a, another")
NAMES = ("name", "surname or one word", "acronym")

Weights = dict[str, float]
Right = dict[str, list[int]]  # of a kind of mention: how many there are, and how many are right


@dataclass(frozen=True, slots=True)
class Example:
    """The features of the candidates for one mention, which of them are right, how much it counts, and its kind."""

    rows: list[list[str]]
    right: list[bool]
    weight: float
    kind: str


def fit(examples: Sequence[Example], strict: float) -> Weights:
    """The weights that give right candidates most of the probability; Adam over all examples, no chance in it."""
    seen = Counter(feature for example in examples for row in example.rows for feature in row)
    index = {feature: n for n, feature in enumerate(sorted(f for f, times in seen.items() if times >= SELDOM))}
    rows = [[index[f] for f in row if f in index] or [len(index)] for example in examples for row in example.rows]
    features = np.concatenate([np.array(row) for row in rows])
    row_starts = np.cumsum([0, *map(len, rows)])[:-1]
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    sizes = [len(example.rows) for example in examples]
    starts = np.cumsum([0, *sizes])[:-1]
    example_of = np.repeat(np.arange(len(examples)), sizes)
    right = np.concatenate([np.array(example.right) for example in examples])
    counts = np.array([example.weight for example in examples])[example_of]
    weight, slope, spread = (np.zeros(len(index) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        score = np.add.reduceat(weight[features], row_starts)
        share = np.exp(score - np.maximum.reduceat(score, starts)[example_of])
        share /= np.add.reduceat(share, starts)[example_of]
        good = np.where(right, share, 0.0)
        good /= np.maximum(np.add.reduceat(good, starts), 1e-12)[example_of]
        change = np.bincount(features, ((good - share) * counts)[row_of], len(index) + 1) - strict * weight
        change[-1] = 0.0
        slope, spread = 0.9 * slope + 0.1 * change, 0.999 * spread + 0.001 * change * change
        rate = 0.1 * (1 - 0.9 * step / STEPS)
        weight += rate * slope / (1 - 0.9**step) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return {feature: round(float(weight[n]), 3) for feature, n in index.items() if abs(weight[n]) >= 0.0005}


@dataclass(slots=True)
class Asked:
    """A document with its actors as the rules see them, ready for its pronouns to be asked about."""

    document: Document
    identities: Identities
    entities: dict[str, str] = field(default_factory=dict)  # of an actor's id

    def fresh(self) -> Pronouns:
        return Pronouns(self.document.annotation, self.identities)


def asked(document: Document) -> Asked:
    """The actors of the document by the rules; the entity of an actor is that of most of its mentions."""
    ready = Asked(document, gathered(document.annotation, document.mentions, Walk(document)))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention, actor in zip(ready.identities.mentions, ready.identities.ids, strict=True):
        entity = None if mention.inner else document.entities[mention]
        if entity is not None:
            votes[actor][entity] += 1
    ready.entities = {actor: vote.most_common(1)[0][0] for actor, vote in votes.items()}
    return ready


def pronoun_examples(ready: Asked, weight: float, learned: Weights | None) -> list[Example]:
    """One example for each pronoun whose truth is known and is among its candidates."""
    pronouns, found = ready.fresh(), []
    of_entity = {entity: actor for actor, entity in reversed(ready.entities.items())}
    for word in pronouns.words:
        entity = ready.document.pronouns.get(word)
        candidates = pronouns.candidates(word)
        right = [entity is not None and ready.entities.get(c.actor) == entity for c in candidates]
        if any(right):
            found.append(Example(pronouns.features(word, candidates), right, weight, "pronoun"))
        actor = of_entity.get(entity or "") if learned is None else pronouns.likeliest(word, learned)
        if actor is not None:
            pronouns.add(word, actor)
    return found


def learn_pronouns(sources: Iterable[tuple[Sequence[Asked], float]]) -> Weights:
    """Weights for pronouns; later rounds see the mistakes that they will meet among earlier pronouns."""
    examples: list[Example] = []
    learned: Weights | None = None
    listed = list(sources)
    for _ in range(ROUNDS):
        examples += [e for group, weight in listed for ready in group for e in pronoun_examples(ready, weight, learned)]
        learned = fit(examples, STRICT["pronouns"])
    assert learned is not None
    return learned


def by_rules(ready: Asked) -> dict[int, str | None]:
    """For whom the rules of `speaking` take each pronoun, each as if it were a speaker at a cue."""
    speakers = Speakers(ready.document.clauses, ready.document.statements, ready.identities)
    for statement in with_speakers(ready.document.clauses, ready.document.statements, ready.identities):
        speakers.heard(statement, statement.speaker)
    spoken, answers = speakers.spoken, {}
    for word in ready.fresh().words:
        speakers.spoken = [candidate for candidate in spoken if candidate.word < word]
        speakers.genders = dict(ready.identities.genders)
        answers[word] = speakers.antecedent(word, third_person(ready.document.annotation, word) or "")
    return answers


def by_preference(ready: Asked, learned: Weights) -> dict[int, str | None]:
    pronouns, answers = ready.fresh(), {}
    for word in pronouns.words:
        answers[word] = actor = pronouns.likeliest(word, learned)
        if actor is not None:
            pronouns.add(word, actor)
    return answers


def pronouns_asked(ready: Asked) -> dict[int, str]:
    """The kind, in the table, of each pronoun whose entity is known and is an actor mentioned before it."""
    a = ready.document.annotation
    first: dict[str, int] = {}
    for mention, actor in zip(ready.identities.mentions, ready.identities.ids, strict=True):
        if not mention.inner and actor in ready.entities:
            first.setdefault(ready.entities[actor], mention.first)
    source, kinds = ready.fresh().source, {}
    for word, entity in ready.document.pronouns.items():
        if first.get(entity, word) >= word or third_person(a, word) is None:
            continue
        form = "he, she" if third_person(a, word) in ("he", "she") else "it, they"
        relation = a.deprels[word]
        place = "possessive" if relation == "nmod:poss" else "subject" if relation.startswith("nsubj") else "object"
        kinds[word] = f"{form}: {'at a cue' if source[word] else place}"
    return kinds


def compare_pronouns(data: str, test: Sequence[Asked], weights_of: Callable[[int], Weights]) -> None:
    """Prints the table's lines for pronouns; `weights_of` a document's number, so that none is tested on itself.

    Pronouns that say whose a phrase's actor is ("his adviser") count a second time: there the rules take whoever of
    the right kind was named last.
    """
    rules: Right = defaultdict(lambda: [0, 0])
    learned: Right = defaultdict(lambda: [0, 0])
    for n, ready in enumerate(test):
        answers, better = by_rules(ready), by_preference(ready, weights_of(n))
        owned = Walk(ready.document).owned
        for word, kind in pronouns_asked(ready).items():
            entity = ready.document.pronouns[word]
            by_rule = ready.entities.get(answers.get(word) or "") == entity
            by_weight = ready.entities.get(better.get(word) or "") == entity
            count(rules, learned, kind, by_rule, by_weight)
            if word in owned:
                count(rules, learned, "owner of an actor", owned[word] == entity, by_weight)
    show(data, rules, learned)


def count(rules: Right, learned: Right, kind: str, by_rule: bool, by_weight: bool) -> None:
    """Adds one mention of a kind to both counts."""
    for right, good in ((rules, by_rule), (learned, by_weight)):
        right[kind][0] += 1
        right[kind][1] += good


def kind_of(a: Annotation, mention: Mention) -> str:
    """The kind of a mention in the table; empty for those who are known by the registry or named right beside."""
    if mention.again is not None or mention.entry is not None:
        return ""
    if mention.name is not None:
        first, end = mention.name
        form = a.forms[first]
        return "name" if end - first > 1 else "acronym" if form.isupper() and len(form) > 1 else "surname or one word"
    words, opening = entries("descriptions"), a.forms[mention.first].lower()
    if opening in words["definite"]:
        return "the, this"
    if mention.owner is not None:
        return "owner"
    return "a, another" if opening in words["new"] else "side" if mention.side is not None else "bare"


class Walk(Known):
    """Resolves the mentions of one document, by rules or, for some kinds, by weights; keeps examples and the count."""

    def __init__(self, document: Document, kinds: Sequence[str] = (), learned: Weights | None = None) -> None:
        super().__init__(document.annotation)
        self.document, self.kinds, self.learned = document, kinds, learned
        self.examples: list[Example] = []
        self.right: Right = defaultdict(lambda: [0, 0])
        self.owned: dict[int, str | None] = {}  # the entity for whom a possessive pronoun is taken, by its word
        for mention in document.mentions:
            self.resolve(mention)

    def preferred(self, mention: Mention, side: Identity | None, rule: Identity | None) -> Identity | None:
        """Whom the rules take; the packaged weights are not asked."""
        return rule

    def _owner(self, mention: Mention) -> Identity | None:
        owner = super()._owner(mention)
        if mention.owner is not None:
            self.owned[mention.owner] = self._entity(owner) if owner is not None else None
        return owner

    def _identity_of(self, mention: Mention, side: Identity | None) -> Identity:
        rule = super()._identity_of(mention, side)
        kind = kind_of(self.annotation, mention)
        if not kind or mention.inner:
            return rule
        taken = rule if rule.mentions or rule.entry is not None else None
        known = self.comparable(mention, taken)
        rows = NamedLikeness(self.annotation, mention, side, self._sentence, taken).rows(known)
        choice = taken
        if self.learned is not None and kind in self.kinds:
            found = scores(self.learned, rows)
            best = max(range(len(found)), key=found.__getitem__)
            choice = known[best] if best < len(known) else None
        self._keep(mention, kind, rows, known, choice)
        return choice or (rule if taken is None else Identity(mention.kind))

    def _keep(
        self, mention: Mention, kind: str, rows: list[list[str]], known: list[Identity], choice: Identity | None
    ) -> None:
        entity = self.document.entities[mention]
        if entity is None:
            return
        met = {self._entity(identity) for identity in self.spoken_of.values()}
        if entity in met:
            right = [self._entity(identity) == entity for identity in known]
        else:  # somebody new, who may have been named as somebody's side
            right = [all(other.inner for other in identity.mentions) and identity is choice for identity in known]
        ok = [*right, entity not in met]
        if any(ok):
            self.examples.append(Example(rows, ok, 1.0, kind))
        at = next((n for n, identity in enumerate(known) if identity is choice), len(known))
        self.right[kind][0] += 1
        self.right[kind][1] += ok[at]

    def _entity(self, identity: Identity) -> str | None:
        votes = Counter(self.document.entities[other] for other in identity.mentions if not other.inner)
        votes.pop(None, None)
        return votes.most_common(1)[0][0] if votes else None


def learn_mentions(table: str, kinds: Sequence[str], main: Iterable[Example], further: Iterable[Example]) -> Weights:
    """Weights for descriptions or names, from the reports and, less, from GUM."""
    share = SHARE["gum descriptions"]
    examples = [example for example in main if example.kind in kinds]
    examples += [Example(e.rows, e.right, share, e.kind) for e in further if e.kind in kinds]
    return fit(examples, STRICT[table])


def added(counts: Iterable[Right]) -> Right:
    """The counts of several documents together."""
    total: Right = defaultdict(lambda: [0, 0])
    for right in counts:
        for kind, (number, good) in right.items():
            total[kind][0] += number
            total[kind][1] += good
    return total


def show(data: str, rules: Right, learned: Right) -> None:
    """Lines of the table: kind of mention, how many, percent right by rules and as learned."""
    for kind in sorted(rules, key=lambda kind: ([*DESCRIPTIONS, *NAMES, kind].index(kind), kind)):
        number = rules[kind][0]
        shares = [100 * right[kind][1] / number for right in (rules, learned)]
        print(f"| {kind} | {data} | {number} | {shares[0]:.1f} | {shares[1]:.1f} |", flush=True)


def compare_mentions(
    data: str, test: Sequence[Document], weights_of: Callable[[int, str], Weights], rules: Sequence[Walk]
) -> None:
    """Prints the table's lines for descriptions and names, each kind of mention learned with the rest left to rules."""
    learned: Right = {}
    for table, kinds in (("descriptions", DESCRIPTIONS), ("names", NAMES)):
        for kind in kinds:
            walks = [Walk(document, [kind], weights_of(n, table)) for n, document in enumerate(test)]
            learned[kind] = added(walk.right for walk in walks)[kind]
    show(data, added(walk.right for walk in rules), learned)


def run(data: Path, gold: Path, annotator: Annotator, out: Path | None) -> None:
    """The whole comparison, and the weights into `out` if it is given."""
    reports, train = list(coded(gold, annotator)), list(gum(data, "train", annotator))
    held_out = list(gum(data, "dev", annotator))
    walks, further = [Walk(document) for document in reports], [e for d in train for e in Walk(d).examples]
    main = [walk.examples for walk in walks]
    kinds = {"descriptions": DESCRIPTIONS, "names": NAMES}

    def without(fold: int | None, table: str) -> Weights:
        used = [e for n, examples in enumerate(main) if n % FOLDS != fold for e in examples]
        return learn_mentions(table, kinds[table], used, further)

    of_fold = {(fold, table): without(fold, table) for fold in (*range(FOLDS), None) for table in kinds}
    print("| mention | data | number | rules | learned |\n|---|---|---|---|---|")
    compare_mentions("coded reports", reports, lambda n, table: of_fold[n % FOLDS, table], walks)
    compare_mentions("GUM", held_out, lambda n, table: of_fold[None, table], [Walk(d) for d in held_out])
    people = [asked(document) for document in reports]
    groups = [([asked(d) for d in train], 1.0), ([asked(d) for d in gap(data, "development", annotator)], SHARE["gap"])]

    def pronouns_without(fold: int | None) -> Weights:
        used = [ready for n, ready in enumerate(people) if n % FOLDS != fold]
        return learn_pronouns([*groups, (used, SHARE["coded pronouns"])])

    learned = pronouns_without(None)
    folds = [pronouns_without(fold) for fold in range(FOLDS)]
    compare_pronouns("coded reports", people, lambda n: folds[n % FOLDS])
    compare_pronouns("GUM", [asked(document) for document in held_out], lambda _: learned)
    compare_pronouns("GAP", [asked(d) for d in gap(data, "validation", annotator)], lambda _: learned)
    if out is not None:
        record = {"about": ABOUT, "descriptions": of_fold[None, "descriptions"]}
        out.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Compares, and writes the weights unless told not to."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, required=True, help="folder of the unpacked training data")
    ap.add_argument("--gold", type=Path, required=True, help="folder of the coded training reports")
    ap.add_argument("--out", type=Path, default=OUT, help="file for the weights")
    ap.add_argument("--compare", action="store_true", help="print the table only")
    a = ap.parse_args()
    run(a.data, a.gold, load_annotator(), None if a.compare else a.out)


if __name__ == "__main__":
    main()
