"""Numbers in time expressions: "twenty-four", "two and a half", "nineteen ninety-four", "a couple of", "several"."""

from dataclasses import dataclass

from truceline.extract.timex.words import Word


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number; `count` is none where the text does not tell it ("several"). `digits` is the form if in digits."""

    count: float | None
    ordinal: bool = False
    digits: str = ""

    @property
    def year(self) -> int | None:
        """The number as a year: four digits, or spelled out as years are."""
        if self.count is None or self.ordinal or self.count != int(self.count) or "," in self.digits:
            return None
        return int(self.count) if 1000 <= self.count <= 2999 and len(self.digits) in (0, 4) else None


def with_numerals(words: list[Word]) -> list[Word | Numeral]:
    """The same words with each number joined into one numeral."""
    out: list[Word | Numeral] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind == "vague":
            out.append(Numeral(None))
            at += 1
        elif word.kind == "number" and word.form[0].isdigit():
            count, at = _with_scale_and_half(float(word.worth), words, at + 1)
            out.append(Numeral(count, digits=word.form))
        elif word.kind in ("number", "scale") or (word.kind == "ordinal" and not word.form[0].isdigit()):
            numeral, at = _spelled(words, at)
            out.append(numeral)
        elif word.kind == "ordinal":
            out.append(Numeral(float(word.worth), ordinal=True))
            at += 1
        else:
            out.append(word)
            at += 1
    return out


def _spelled(words: list[Word], at: int) -> tuple[Numeral, int]:
    """The number spelled out from `at`, and where it ends."""
    total, current = 0.0, None
    while at < len(words):
        word = words[at]
        worth = float(word.worth) if word.kind in ("number", "ordinal", "scale") else 0.0
        if word.kind == "ordinal":
            if current is None or (current >= 20 and current % 10 == 0 and worth < 10):
                return Numeral(total + (current or 0) + worth, ordinal=True), at + 1
            break
        if word.kind == "scale":
            current = (1 if current is None else current) * worth
            if worth >= 1000:
                total, current = total + current, 0
        elif word.kind == "number" and not word.form[0].isdigit():
            if current is None or current == 0 or _adds(current, worth):
                current = (current or 0) + worth
            elif 10 <= current <= 20 and 10 <= worth <= 99:  # nineteen ninety, then perhaps four
                current = current * 100 + worth
            else:
                break
        elif not (_joint(word) and current is not None and _goes_on(words, at, current)):
            break
        at += 1
    count, at = _with_scale_and_half(total + (current or 0), words, at)
    return Numeral(count), at


def _adds(current: float, worth: float) -> bool:
    """Twenty and four, nineteen ninety and four, two hundred and six."""
    place = 100 if current >= 100 and current % 100 == 0 else 10
    return current >= 20 and current % 10 == 0 and worth < place


def _joint(word: Word) -> bool:
    return word.form in ("-", "and")


def _goes_on(words: list[Word], at: int, current: float) -> bool:
    """Whether the number goes on behind a hyphen or an "and"."""
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    if following.kind == "scale":
        return words[at].form == "-"
    if following.kind not in ("number", "ordinal") or following.form[0].isdigit():
        return False
    return _adds(current, float(following.worth)) and (words[at].form == "-" or current >= 100)


def _with_scale_and_half(count: float, words: list[Word], at: int) -> tuple[float, int]:
    """Behind the number a scale ("2 dozen") or a fraction ("two and a half", "two-and-half")."""
    if at < len(words) and words[at].kind == "scale":
        count, at = count * float(words[at].worth), at + 1
    rest = [w.form for w in words[at : at + 6] if w.form != "-"]
    for fraction, worth in ((("and", "a", "half"), 0.5), (("and", "half"), 0.5), (("and", "a", "quarter"), 0.25)):
        if tuple(rest[: len(fraction)]) == fraction:
            dashes = 0
            taken = 0
            while taken < len(fraction):
                dashes += words[at + taken + dashes].form == "-"
                taken += words[at + taken + dashes].form == fraction[taken]
            return count + worth, at + taken + dashes
    return count, at
