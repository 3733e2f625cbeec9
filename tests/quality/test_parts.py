"""Which files are which part, and their digest."""

from pathlib import Path

from quality.parts import digest, kept_out, part_files, time_files


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_a_fifth_is_kept_out_by_a_fixed_rule() -> None:
    documents = [f"report-{i}" for i in range(2000)]
    assert 340 <= sum(map(kept_out, documents)) <= 460
    # Worked out once with another program: the rule must never change, or the figures would be of trained documents.
    assert kept_out("report-2")
    assert kept_out("report-3")
    assert not kept_out("report-0")


def test_parts_by_folder_by_suffix_and_by_name(tmp_path: Path) -> None:
    touch(tmp_path, "gum/dev/b.conllu", "gum/dev/a.conllu", "gum/train/c.conllu")
    touch(tmp_path, "ewt/en_ewt-ud-dev.conllu", "ewt/en_ewt-ud-train.conllu", "ewt/dev-notes.conllu", "ner/dev.txt")
    assert names(part_files(tmp_path / "gum", "dev", ".conllu")) == ["a.conllu", "b.conllu"]
    assert names(part_files(tmp_path / "ewt", "dev", ".conllu")) == ["en_ewt-ud-dev.conllu"]
    assert names(part_files(tmp_path / "ner", "dev", ".txt")) == ["dev.txt"]
    assert part_files(tmp_path / "gum", "test", ".conllu") == []
    assert part_files(tmp_path / "nowhere", "test", ".conllu") == []


def test_a_corpus_without_parts_is_a_test_set(tmp_path: Path) -> None:
    touch(tmp_path, "pud/en_pud.conllu")
    assert names(part_files(tmp_path / "pud", "test", ".conllu")) == ["en_pud.conllu"]
    assert part_files(tmp_path / "pud", "dev", ".conllu") == []


def test_time_parts(tmp_path: Path) -> None:
    touch(tmp_path, *(f"time/tbaq/AQUAINT/report-{i}.tml" for i in range(30)), "time/tbaq/TimeBank/report-1.tml")
    dev, train = (time_files(tmp_path, split) for split in ("dev", "train"))
    assert all(kept_out(path.stem) for path in dev)
    assert sorted([path.stem for path in dev + train]) == sorted(f"report-{i}" for i in range(30))
    touch(tmp_path, "time/platinum/p.tml")
    assert names(time_files(tmp_path, "test")) == names(time_files(tmp_path, "platinum")) == ["p.tml"]
    touch(tmp_path, "time/test/t.tml")
    assert names(time_files(tmp_path, "test")) == ["t.tml"]
    assert time_files(tmp_path, "nowhere") == []


def test_the_digest_changes_with_names_and_contents(tmp_path: Path) -> None:
    touch(tmp_path, "a", "b")
    files = [tmp_path / "a", tmp_path / "b"]
    before = digest(files, tmp_path)
    assert digest(reversed(files), tmp_path) == before
    (tmp_path / "b").write_text("other", encoding="utf-8")
    assert digest(files, tmp_path) != before
    (tmp_path / "b").write_text("b", encoding="utf-8")
    assert digest(files, tmp_path) == before
    (tmp_path / "b").rename(tmp_path / "c")
    assert digest([tmp_path / "a", tmp_path / "c"], tmp_path) != before
