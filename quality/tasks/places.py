"""Place names and their coordinates on LGL and GeoVirus: with gold names, and from raw text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median

from quality.corpora.toponyms import Article, Toponym, read_toponyms
from quality.parts import part_files
from quality.reader import as_report
from quality.scoring import Tally, matches, overlap
from truceline.annotate import Annotator
from truceline.extract.namesakes import candidates_of, resolved
from truceline.extract.places import located, place_names
from truceline.lexicon.gazetteer import Feature, kilometres

NEAR = 161.0  # kilometres: a hundred miles, the customary bound (Leidner 2007)
Found = tuple[int, int, float, float]


@dataclass(slots=True)
class Figures:
    """What is counted over one corpus: gold names, those near, those that population would put near, and errors."""

    gold: int = 0
    near: int = 0
    near_by_population: int = 0
    errors: list[float] = field(default_factory=list)

    def named(self, prefix: str) -> dict[str, float]:
        """The figures under their names; percent, and kilometres for the errors."""
        share = 100 / max(self.gold, 1)
        figures = {
            f"{prefix}.acc161": share * self.near,
            f"{prefix}.acc161_population": share * self.near_by_population,
        }
        if self.errors:
            figures |= {f"{prefix}.mean_km": fmean(self.errors), f"{prefix}.median_km": median(self.errors)}
        return figures


def part(data: Path, split: str) -> list[Path]:
    """The files of this part; a corpus that comes undivided serves as `dev` and as `test`."""
    folder = data / "places"
    named = {name: part_files(folder, name, ".xml") for name in ("train", "dev")}
    if named.get(split) or (folder / split).is_dir():
        return part_files(folder, split, ".xml")
    return part_files(folder, "test", ".xml") if split in ("dev", "test") else []


def measure(data: Path, split: str, annotator: Annotator, limit: int | None = None) -> dict[str, float]:
    """`lgl.acc161`, `geovirus.acc161` with their baselines and errors, then `end_to_end_f1`, for each and over all.

    `limit` is articles of each corpus.
    """
    figures: dict[str, float] = {}
    total = Tally()
    for path in part(data, split):
        articles = read_toponyms(path)[:limit]
        corpus = path.stem.replace("_", "-").split("-")[0].lower()
        figures |= with_gold_names(articles).named(corpus)
        tally = end_to_end(articles, annotator)
        figures[f"{corpus}.end_to_end_f1"] = tally.f1()
        total.add(tally.right, tally.found, tally.gold)
    return {**figures, "end_to_end_f1": total.f1()} if figures else {}


def with_gold_names(articles: Sequence[Article]) -> Figures:
    """Where the gold names of each article are put; names without a gold point help, and do not count."""
    figures = Figures()
    for article in articles:
        found = resolved(article.text, [(t.start, t.end) for t in article.toponyms], article.url)
        for toponym, feature in zip(article.toponyms, found, strict=True):
            if toponym.point is None:
                continue
            figures.gold += 1
            if feature is not None:
                error = _error(toponym, feature)
                figures.errors.append(error)
                figures.near += error <= NEAR
            most = max(
                candidates_of(article.text[toponym.start : toponym.end]),
                key=lambda candidate: (candidate.kind == "country", candidate.population),
                default=None,
            )
            figures.near_by_population += most is not None and _error(toponym, most) <= NEAR
    return figures


def end_to_end(articles: Sequence[Article], annotator: Annotator) -> Tally:
    """Names found in raw text and put on the map, against gold names: overlapping and near, one to one."""
    tally = Tally()
    reports = [as_report(article.text) for article in articles]
    for article, annotation in zip(articles, annotator.annotate_many(reports), strict=True):
        names = place_names(annotation)
        found: list[Found] = [
            (name.start, name.stop, feature.latitude, feature.longitude)
            for name, feature in zip(names, located(annotation, names), strict=True)
            if feature is not None and feature.kind
        ]
        gold: list[Found] = [(t.start, t.end, *t.point) for t in article.toponyms if t.point is not None]
        tally.add(matches(gold, found, _agree), len(found), len(gold))
    return tally


def _agree(gold: Found, found: Found) -> bool:
    return overlap(gold[:2], found[:2]) > 0 and kilometres(*gold[2:], *found[2:]) <= NEAR


def _error(toponym: Toponym, feature: Feature) -> float:
    if toponym.point is None:
        raise ValueError(f"the name at character {toponym.start} has no gold point")
    return kilometres(*toponym.point, feature.latitude, feature.longitude)
