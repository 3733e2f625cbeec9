"""Lengths of time and recurring times as TIMEX3 writes them: P10D, PT48H, PXM, P2Y3M; P1W, XXXX-WXX-1."""

from truceline.extract.timex.phrases import Amount, Phrase

_SECONDS = {"TS": "S", "TM": "M", "TH": "H"}
# Units that are counted in another one.
_COUNTED_IN = {"DE": (10, "Y"), "CE": (100, "Y"), "ML": (1000, "Y"), "FN": (2, "W"), "Q": (3, "M")}
_UNTOLD = {"FN": "PXW", "WE": "PXWE", "ML": "PXML"}


def duration(amounts: list[Amount]) -> str:
    """The length of these amounts together ("two years and three months"); of a range, both ends: P60D/P100D.

    An untold count is X; quarters count as three months, decades as ten years, unless their number is untold.
    """
    first = amounts[0]
    if first.most is not None:
        return f"{_one(Amount(first.count, first.unit))}/{_one(Amount(first.most, first.unit))}"
    days = [a for a in amounts if a.unit not in _SECONDS and a.count is not None]
    hours = [a for a in amounts if a.unit in _SECONDS and a.count is not None]
    if first.count is None or len(days) + len(hours) < len(amounts) or _alike(amounts):
        return _one(first)
    clock = "".join(_written(a) for a in hours)
    return "P" + "".join(_written(a) for a in days) + ("T" + clock if clock else "")


def _alike(amounts: list[Amount]) -> bool:
    """Whether a unit comes twice: then they are two lengths, and the first is meant."""
    return len({a.unit for a in amounts}) < len(amounts)


def _one(amount: Amount) -> str:
    if amount.count is None:
        if amount.unit in _SECONDS:
            return f"PTX{_SECONDS[amount.unit]}"
        return _UNTOLD.get(amount.unit, f"PX{amount.unit}")
    return ("PT" if amount.unit in _SECONDS else "P") + _written(amount)


def _written(amount: Amount) -> str:
    times, unit = _COUNTED_IN.get(amount.unit, (1, amount.unit))
    count = (amount.count or 0) * times
    if unit == "Y" and count < 1:  # half a year
        count, unit = count * 12, "M"
    elif amount.unit == "TH" and count < 1:
        count, unit = count * 60, "TM"
    elif unit == "M" and count < 1:
        count, unit = count * 4, "W"
    elif unit == "D" and count < 1:
        return f"T{count * 24:g}H"
    return f"{count:.10g}{_SECONDS.get(unit, unit)}"


def recurrence(phrase: Phrase) -> str | None:
    """The value of a time that comes again; none if the phrase says of no such thing."""
    if phrase.rate:
        number = phrase.rate[:-1] if phrase.rate[0].isdigit() else "1"
        unit = phrase.rate.lstrip("0123456789")
        return _one(Amount(int(number), unit))
    hours = f"T{phrase.clock or phrase.part}" if phrase.clock or phrase.part else ""
    if phrase.weekday and (phrase.every or phrase.plural):
        return f"XXXX-WXX-{phrase.weekday}{hours}"
    if phrase.unit == "WE" and (phrase.every or phrase.plural):
        return "XXXX-WXX-WE"
    if phrase.season and (phrase.every or phrase.plural):
        return f"XXXX-{phrase.season}"
    if phrase.every and phrase.month:
        return f"XXXX-{phrase.month:02}" + "".join(f"-{day:02}" for day in phrase.days[:1])
    if phrase.part and (phrase.every or phrase.plural) and phrase.weekday is None:
        return f"XXXX-XX-XXT{phrase.part}"
    if phrase.every and phrase.amounts:
        return duration(phrase.amounts)
    if phrase.every and phrase.unit:
        return _one(Amount(2 if phrase.has("other") else 1, phrase.unit))
    return None
