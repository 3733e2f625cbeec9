"""Whether two names can be one actor's: surnames, initials, particles, acronyms."""

from truceline.annotate import Annotation
from truceline.extract.report_names import folded

Name = tuple[str, ...]
_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "s", "in", "on"})
_ARTICLES = frozenset({"al", "el", "ul", "the"})  # no part of what tells two names apart


def words_of_name(a: Annotation, first: int, end: int) -> Name:
    """The words of a name in small letters, without stops, dashes, articles and possessives; never empty."""
    words = [folded(form).strip(".'’‘`-–") for form in a.forms[first:end]]
    kept = tuple(word.removeprefix("el-") for word in words if word and word not in ("s", "-"))
    return tuple(word for word in kept if word not in _ARTICLES) or kept or ("",)


def acronym(name: Name) -> str:
    """The initials of a name of two words or more; of a single word the word without stops."""
    letters = [word[:1] for word in name if word not in _SMALL]
    return "".join(letters) if len(letters) > 1 else name[-1].replace(".", "")


def same_person(one: Name, other: Name) -> bool:
    """Whether two names can be one person's: the same surname, and first names that do not contradict.

    "Mistura" and "Staffan de Mistura", "J. Okello" and "Jan Okello", "Aung San Suu Kyi" and "Suu Kyi" can; so can a
    first name alone ("Saddam").
    """
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return short[0] in long
    if short[-1] != long[-1]:
        return False
    if long[-len(short) :] == short:
        return True
    first, second = short[0], long[0]
    return first == second or (first[:1] == second[:1] and min(len(first), len(second)) == 1)


def same_body(one: Name, other: Name) -> bool:
    """Whether two names can be one body's: the same words, or one the acronym of the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) > 1:
        # Some acronyms follow another language's order of words: FNL for the National Liberation Forces.
        letters = short[0].replace(".", "")
        return len(letters) > 1 and (acronym(long) == letters or _same_letters(acronym(long), letters))
    return False


def _same_letters(one: str, other: str) -> bool:
    return len(one) > 2 and sorted(one) == sorted(other)
