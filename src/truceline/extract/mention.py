"""A mention: one phrase of a report that refers to an actor. GUIDE §2."""

from dataclasses import dataclass

from truceline.extract.drafts import Range
from truceline.lexicon.registry import Entry
from truceline.records.reading import ActorKind


@dataclass(eq=False, slots=True)
class Mention:
    """A phrase that refers to an actor; ranges are of words, half-open.

    `name` is the proper name in it, `role` the office before or behind the name, `entry` whom the registry knows by the
    name. `side` is the mention of whom the phrase says that the actor belongs to; `presumed` that of the state for
    which the actor acts by office where the phrase names none ("Mr. Putin", "the foreign minister"): it says nothing of
    who is who. `owner` is the word of a possessive pronoun ("its spokesman"); `again` the mention of the same actor
    that this one renames or stands in. `inner` mentions are names that only say the side of somebody else ("Kenyan" in
    "the Kenyan envoy"). `local` is the state that the report names most, which "the government" without a side means.
    `country` is that of the phrase, or where the report plays, for actors whom neither the registry nor a side places.
    """

    first: int
    end: int
    head: int
    kind: ActorKind
    name: Range | None = None
    role: Range | None = None
    entry: Entry | None = None
    side: "Mention | None" = None
    presumed: "Mention | None" = None
    owner: int | None = None
    again: "Mention | None" = None
    plural: bool = False
    inner: bool = False
    local: Entry | None = None
    country: str | None = None
