"""What a phrase calls an actor without a name: its noun, the words before it, whether it counts somebody new."""

from functools import cache

from truceline.annotate import Annotation
from truceline.extract import Mention
from truceline.lexicon import entries

_ADDRESS = frozenset({"mr", "mrs", "ms"})


def description(a: Annotation, mention: Mention) -> tuple[str, set[str]]:
    """The noun that describes the actor, and the nouns and adjectives before it that are no names of sides."""
    if mention.role is not None:
        first, end = mention.role
        noun = _role_head(a, first, end)
    else:
        first, noun = mention.first, mention.head
    if mention.side is not None and mention.side.end <= noun:
        first = max(first, mention.side.end)
    words = {
        a.lemmas[w].lower()
        for w in range(first, noun)
        if a.upos[w] in ("NOUN", "PROPN", "ADJ") and a.forms[w].lower().rstrip(".") not in _ADDRESS
    }
    return a.lemmas[noun].lower(), words


def counted(a: Annotation, mention: Mention) -> bool:
    """Whether a number or a quantity before the noun brings somebody new in, and no article points back."""
    numbers = any(a.upos[w] == "NUM" for w in range(mention.first, mention.head))
    return numbers and a.forms[mention.first].lower() not in entries("descriptions")["definite"]


def leans(a: Annotation, mention: Mention) -> bool:
    """Whether a description leans on what has been said, by its article: "the group", "those delegates"."""
    return a.forms[mention.first].lower() in entries("descriptions")["definite"]


@cache
def nouns_for(head: str) -> tuple[str, ...]:
    """The noun itself, and the nouns that stand for the same offices, first those that it can stand for."""
    lists = entries("stand_ins")
    others = sorted(noun for noun, offices in lists.items() if head in offices)
    return tuple(dict.fromkeys([head, *sorted(lists.get(head, ())), *others]))


def _role_head(a: Annotation, first: int, end: int) -> int:
    """The noun of an office: the last word before a preposition: "secretary" of "secretary of state"."""
    for w in range(first + 1, end):
        if a.upos[w] == "ADP" or a.forms[w] == ",":
            return w - 1
    return end - 1
