"""Days with a name whose date moves from year to year, and those whose date does not."""

from datetime import date, timedelta

from dateutil.easter import easter


def named_day(rule: str, year: int) -> date:
    """The day in this year: `rule` is `MM-DD`, `easter` (Western) or `thanksgiving` (of the United States)."""
    if rule == "easter":
        return easter(year)
    if rule == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    month, day = rule.split("-")
    return date(year, int(month), int(day))
