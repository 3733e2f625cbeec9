"""Build `src/truceline/annotate/lemmas.tsv` from the train parts of UD English EWT and GUM.

    python -m training.lemmas DATA [--out FILE]

DATA is the folder that holds `ud/ewt` and `ud/gum`. For each part of speech the most frequent lemma of each form is
kept; hand-written irregular forms (`irregular_forms.txt`) and the regular inflections of every verb and noun seen are
added; suffixes that agree on one edit (letters cut, letters added) become rules, longest first; forms that the rules
get wrong are listed. The result is the same on every run.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from truceline.annotate.lemmas import LONGEST_SUFFIX, LemmaTable, lemma_from, small_form

Edit = tuple[int, str]
Observed = dict[str, Counter[str]]

HEADER = """\
# Lemma rules and exceptions for English, by universal part of speech.
# Derived from the train parts of UD English EWT (CC BY-SA 4.0) and of the free genres of UD English GUM
# (CC BY and CC BY-SA), and from training/irregular_forms.txt.
# This file is part of the model files: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/
# Built by training/lemmas.py; do not edit. Columns: kind, UPOS, letters cut, letters added, suffixes or forms.
"""


def words(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Form, UPOS, lemma and features of each word under `folder`'s train files, in file order."""
    ewt = sorted((folder / "ud" / "ewt").glob("*train.conllu"))
    gum = sorted((folder / "ud" / "gum" / "train").glob("*.conllu"))
    if not ewt or not gum:
        raise SystemExit(f"No train files in {folder}/ud/ewt or {folder}/ud/gum/train; unpack the UD archives there.")
    for path in [*ewt, *gum]:
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) == 10 and columns[0].isdigit():
                yield columns[1], columns[3], columns[2], columns[5]


def observe(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, Observed]:
    """How often each form has each lemma, by part of speech.

    Misspelt words teach nothing and are left out, except among function words ("im", "dont": few and frequent).
    """
    observed: dict[str, Observed] = defaultdict(lambda: defaultdict(Counter))
    for form, upos, lemma, features in rows:
        if "Typo=Yes" in features and upos not in {"AUX", "PART", "PRON"}:
            continue
        if lemma != "_" and " " not in lemma and upos not in {"X", "_"}:
            observed[upos][form][lemma] += 1
    observed["X"] = {}
    return observed


IRREGULAR = Path(__file__).with_name("irregular_forms.txt")
_VOWELS = "aeiou"


@cache
def irregular() -> dict[str, dict[str, str]]:
    """Form → lemma by part of speech, from the hand-written list."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for line in IRREGULAR.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            upos, lemma, *inflected = line.split()
            forms[upos].update(dict.fromkeys(inflected, lemma))
    return forms


def regular(upos: str, lemma: str) -> list[str]:
    """The regular inflections of a verb or noun: "plan" → plans, planned, planning."""
    if not lemma.isalpha() or not lemma.isascii() or not lemma.islower() or len(lemma) < 3:
        return []
    if lemma[-1] == "y" and lemma[-2] not in _VOWELS:
        plural = lemma[:-1] + "ies"
    else:
        plural = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    if upos == "NOUN":
        return [plural]
    one_syllable = sum(a in _VOWELS and b not in _VOWELS for a, b in zip(lemma, lemma[1:] + " ", strict=False)) == 1
    doubles = lemma[-1] not in "aeiouwxy" and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS and one_syllable
    stem = lemma + lemma[-1] if doubles else lemma
    if lemma[-1] == "e":
        past, present = lemma + "d", (lemma + "ing" if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1] + "ing")
    elif plural.endswith("ies"):
        past, present = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, present = stem + "ed", stem + "ing"
    return [plural, past, present]


def usual(counts: Counter[str]) -> str:
    """The most frequent lemma; small letters before capitals where two are as frequent."""
    return min(counts, key=lambda lemma: (-counts[lemma], lemma.swapcase()))


def edit_between(form: str, lemma: str) -> Edit:
    """Letters to cut from the end of `form` and letters to add for `lemma`."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return len(form) - shared, lemma[shared:]


def learn_suffixes(pairs: dict[str, str]) -> dict[str, Edit]:
    """Suffix → edit, from form → lemma. A longer suffix is kept only where it changes what the shorter one says."""
    votes: dict[str, Counter[Edit]] = defaultdict(Counter)
    for form, lemma in pairs.items():
        edit = edit_between(form, lemma)
        if edit[0] >= len(form):
            continue  # "better" → "good": nothing to learn for other words
        for size in range(0, min(LONGEST_SUFFIX, len(form) - 1) + 1):
            if size >= edit[0] or size == 0:
                votes[form[len(form) - size :]][edit] += 1
    rules: dict[str, Edit] = {}
    for suffix in sorted(votes, key=lambda s: (len(s), s)):
        edit, count = min(votes[suffix].items(), key=lambda item: (-item[1], item[0]))
        total = sum(votes[suffix].values())
        shorter = next((rules[suffix[i:]] for i in range(1, len(suffix) + 1) if suffix[i:] in rules), None)
        if shorter != edit and (not suffix or (count >= 2 and count / total >= 0.7)):
            rules[suffix] = edit
    return rules


def table_for(upos: str, observed: Observed) -> LemmaTable:
    table = LemmaTable()
    small: dict[str, Counter[str]] = defaultdict(Counter)
    for form, counts in observed.items():
        # "General" in a name says nothing about "general"; its own spelling is listed below where it differs.
        key = small_form(form, upos)
        if key == form or key not in observed:
            lowered = {lemma.lower(): number for lemma, number in counts.items()}
            small[key].update(counts if key == form or upos == "PROPN" else lowered)
    pairs = {form: usual(counts) for form, counts in small.items()}
    if upos in {"NOUN", "VERB"}:
        inflected = {form: lemma for lemma in sorted(set(pairs.values())) for form in regular(upos, lemma)}
        pairs = inflected | pairs
    pairs |= irregular()[upos]
    if upos not in {"NUM", "PUNCT", "SYM", "X"}:
        table.suffixes = learn_suffixes(pairs)
    for form, lemma in pairs.items():
        if form not in small or form in irregular()[upos]:
            small[form] = Counter({lemma: 1})
            observed[form] = small[form]
    # First the forms as the rules see them, then the spellings whose capitals make a difference.
    for forms in (small, observed):
        for form in sorted(forms):
            expected = usual(forms[form])
            if lemma_from(form, upos, {upos: table}) != expected:
                table.words[form] = expected
    return table


def write(tables: dict[str, LemmaTable]) -> str:
    lines = [HEADER]
    for upos in sorted(tables):
        groups: dict[tuple[str, int, str], list[str]] = defaultdict(list)
        for suffix, (cut, added) in tables[upos].suffixes.items():
            groups["rule", cut, added].append("-" + suffix)
        for form, lemma in tables[upos].words.items():
            cut, added = edit_between(form, lemma)
            groups["word", cut, added].append(form)
        if not groups:
            groups["rule", 0, ""].append("-")
        for (kind, cut, added), forms in sorted(groups.items()):
            lines.append(f"{kind}\t{upos}\t{cut}\t{added}\t{' '.join(sorted(forms))}\n")
    return "".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds ud/ewt and ud/gum")
    default = Path(__file__).resolve().parent.parent / "src/truceline/annotate/lemmas.tsv"
    parser.add_argument("--out", type=Path, default=default)
    arguments = parser.parse_args()
    observed = observe(words(arguments.data))
    text = write({upos: table_for(upos, forms) for upos, forms in observed.items()})
    arguments.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{arguments.out}: {len(text.encode())} bytes, {text.count(chr(10)) - HEADER.count(chr(10))} lines")


if __name__ == "__main__":
    main()
