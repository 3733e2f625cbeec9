"""One actor in the making, and the record that it becomes."""

from dataclasses import dataclass, field

from truceline.annotate import Annotation
from truceline.extract import Mention
from truceline.extract.sides import belongs
from truceline.lexicon.registry import Entry
from truceline.records import Actor
from truceline.records.reading import ActorKind
from truceline.resolve.names import Name


@dataclass(eq=False, slots=True)
class Identity:
    """An actor in the making; `heads` are the nouns that have described it, each with the words before it.

    `often` counts the mentions that do not only say somebody's side, `last` is the latest of these; `nouns` are the
    head words of all mentions, `plural` says whether one of them is in the plural. `add` keeps them.
    """

    kind: ActorKind
    entry: Entry | None = None
    side: "Identity | None" = None
    mentions: list[Mention] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    heads: dict[str, set[str]] = field(default_factory=dict)
    gender: str | None = None
    often: int = 0
    last: Mention | None = None
    nouns: set[str] = field(default_factory=set)
    plural: bool = False

    def add(self, mention: Mention, noun: str) -> None:
        """Adds a mention with its head word; what is asked of many mentions is counted here, once."""
        self.mentions.append(mention)
        self.nouns.add(noun)
        self.plural = self.plural or mention.plural
        if not mention.inner:
            self.often += 1
            self.last = mention


def within(side: Identity, identity: Identity) -> bool:
    """Whether `identity` is `side`, or one of those to whom that belongs in turn."""
    at: Identity | None = side
    while at is not None:
        if at is identity:
            return True
        at = at.side
    return False


def actor_record(a: Annotation, identity: Identity, ids: dict[int, str]) -> Actor:
    """The record of an actor; `ids` gives the id of each identity by its `id()`."""
    role = next((m.role for m in identity.mentions if m.role is not None), None)
    spans = sorted(dict.fromkeys(a.characters(m.first, m.end) for m in identity.mentions))
    return Actor(
        id=ids[id(identity)],
        name=_title(a, identity),
        kind=identity.kind,
        country=_country(identity),
        of=ids.get(id(_acts_for(identity))),
        role=a.report.text[slice(*a.characters(*role))] if role else None,
        mentions=[a.report.span(*span) for span in spans],
    )


def _acts_for(identity: Identity) -> Identity | None:
    """For whom an actor speaks or acts: its side; of somebody's spokesman or deputy the side of that person."""
    side = identity.side
    if side is not None and identity.kind == "person" and side.kind == "person" and side.side is not None:
        side = side.side
    return side if side is not None and belongs(identity.kind, side.kind) else None


def _country(identity: Identity) -> str | None:
    """The country of the registry's entry, else of the side, else the first that a mention tells."""
    at: Identity | None = identity
    while at is not None:
        if at.entry is not None:
            return at.entry.country
        at = at.side
    return next((mention.country for mention in identity.mentions if mention.country is not None), None)


def _title(a: Annotation, identity: Identity) -> str:
    """The registry's name, else the longest proper name in the report, else the first description without article."""
    if identity.entry is not None:
        return identity.entry.name
    named = [m.name for m in identity.mentions if m.name is not None]
    if named:
        return a.report.text[slice(*a.characters(*max(named, key=lambda n: n[1] - n[0])))]
    first = identity.mentions[0]
    start = first.first + (first.end - first.first > 1 and a.upos[first.first] == "DET")
    return a.report.text[slice(*a.characters(start, first.end))]
