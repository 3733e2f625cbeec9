"""Mentions of the same actor, put together: by the registry, by name, by office, by description. GUIDE §2."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from truceline.annotate import Annotation
from truceline.extract import Mention
from truceline.lexicon import entries
from truceline.lexicon.registry import Entry
from truceline.records import Actor
from truceline.records.reading import ActorKind
from truceline.resolve.descriptions import counted, description, leans, nouns_for
from truceline.resolve.identity import Identity, actor_record, within
from truceline.resolve.likeness import Likeness
from truceline.resolve.names import Name, acronym, same_body, same_person, words_of_name
from truceline.resolve.preferences import scores, weights

_AHEAD = 3  # sentences from a description to the name that explains it, if the side is the same; else one
_DEEP = 4  # sides of sides
_RECENT = 12  # actors of one name or description that are still looked at
_COMPARED = 40  # actors, those spoken of last, with which a description is compared
_BODIES = frozenset({"armed group", "organisation", "party", "ngo", "media"})


@dataclass(frozen=True, slots=True)
class Identities:
    """The actors of one report, its mentions in the order of the text, and the id of the actor of each.

    `genders` says of an actor's id whether the report calls it "he" or "she", where a title tells.
    """

    actors: list[Actor]
    mentions: list[Mention]
    ids: list[str]
    genders: dict[str, str] = field(default_factory=dict)


def identified(annotation: Annotation, mentions: list[Mention]) -> Identities:
    """The actors that the mentions refer to, in the order of their first mentions, with ids `a1`, `a2` …"""
    return gathered(annotation, mentions, Known(annotation))


def gathered(annotation: Annotation, mentions: list[Mention], known: "Known") -> Identities:
    """The actors of the mentions once all of these have been resolved in turn."""
    for mention in mentions:
        known.resolve(mention)
    known.add_sides_of_entries()
    known.add_presumed_sides()
    needed = _needed(known)
    kept = [mention for mention in mentions if id(known.found[mention]) in needed]
    ids: dict[int, str] = {}
    for mention in kept:
        ids.setdefault(id(known.found[mention]), f"a{len(ids) + 1}")
    unique = {id(known.found[mention]): known.found[mention] for mention in kept}
    actors = [actor_record(annotation, identity, ids) for identity in unique.values()]
    genders = {ids[key]: identity.gender for key, identity in unique.items() if identity.gender is not None}
    return Identities(actors, kept, [ids[id(known.found[mention])] for mention in kept], genders)


def _needed(known: "Known") -> set[int]:
    """The identities that the report refers to by themselves, and the sides of those."""
    needed: set[int] = set()
    for identity in known.found.values():
        if any(not mention.inner for mention in identity.mentions):
            at: Identity | None = identity
            while at is not None and id(at) not in needed:
                needed.add(id(at))
                at = at.side
    return needed


class Known:
    """The actors met so far in one report, by all that a later mention may call them."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.found: dict[Mention, Identity] = {}
        self.by_entry: dict[str, Identity] = {}
        self.by_word: dict[str, list[Identity]] = defaultdict(list)  # of a name, or the acronym of one
        self.by_head: dict[str, list[Identity]] = defaultdict(list)  # the latest last
        self.last: dict[str, Identity] = {}  # of each kind
        self.persons: dict[int, Identity] = {}
        self.armies: list[Identity] = []  # the latest last
        self.waiting: set[Mention] = set()
        self.described: dict[str, list[Identity]] = defaultdict(list)  # whom phrases without a name have brought in
        self.spoken_of: dict[int, Identity] = {}  # all but those that only say a side, the latest last
        self.sentences = [first for first, _ in annotation.sentences]

    def resolve(self, mention: Mention) -> Identity:
        """The identity of the mention, a new one if it is nobody known; the mention is added to it."""
        if mention in self.found:
            return self.found[mention]
        self.waiting.add(mention)
        side = self._side(mention)
        identity = self._identity_of(mention, side)
        self.waiting.discard(mention)
        self.found[mention] = identity
        self._add(identity, mention, side)
        return identity

    def add_sides_of_entries(self) -> None:
        """Gives the actors of the registry the sides that the registry gives them, where the report names these."""
        for identity in list(self.by_entry.values()):
            side = self.by_entry.get(identity.entry.of or "") if identity.entry is not None else None
            if identity.side is None and side is not None and not within(side, identity):
                identity.side = side

    def add_presumed_sides(self) -> None:
        """Gives actors without a side that of the office that they hold."""
        for mention, identity in list(self.found.items()):
            if identity.side is None and mention.presumed is not None:
                side = self.resolve(mention.presumed)
                if not within(side, identity):
                    identity.side = side

    def _side(self, mention: Mention) -> Identity | None:
        if mention.side is not None and mention.side not in self.waiting:
            return self.resolve(mention.side)
        if mention.owner is not None:
            return self._owner(mention)
        return None

    def _owner(self, mention: Mention) -> Identity | None:
        """For whom the possessive pronoun of a phrase stands: "its spokesman", "his adviser"."""
        form = self.annotation.forms[mention.owner or 0].lower()
        words = entries("descriptions")
        kinds: tuple[str, ...] = ()
        if form in words["it"] or form in words["they"]:
            kinds = ("armed group", "organisation", "party", "ngo", "government", "military", "media")
        elif form in words["he"] or form in words["she"]:
            kinds = ("person",)
        found = [self.last[kind] for kind in kinds if kind in self.last]
        return max(found, key=lambda identity: identity.mentions[-1].first, default=None)

    def _identity_of(self, mention: Mention, side: Identity | None) -> Identity:
        before = mention.again
        if before is not None and before not in self.waiting:
            same = self.resolve(before)
            if same.kind == "person":
                return same
            if mention.entry is None or same.entry in (None, mention.entry):
                if same.entry is None and mention.entry is not None and mention.entry.key not in self.by_entry:
                    self.by_entry[mention.entry.key] = same
                    same.entry, same.kind = mention.entry, mention.entry.kind
                if not (mention.entry is not None and same.entry is None):
                    return same
        if mention.entry is not None:
            return self._of_entry(mention, mention.entry, side)
        if mention.name is not None:
            same_named = (
                self._by_name(mention) or self._by_office(mention, side) or self._foretold(mention, mention.kind, side)
            )
        else:
            same_named = self._by_description(mention, side)
            if leans(self.annotation, mention):
                same_named = self.preferred(mention, side, same_named)
        return same_named or Identity(mention.kind)

    def _of_entry(self, mention: Mention, entry: Entry, side: Identity | None) -> Identity:
        """The identity of the registry's entry, perhaps of one whom the report has called by another name."""
        known = self.by_entry.get(entry.key)
        if known is None:
            same = self._by_name(mention) if mention.name is not None and not mention.inner else None
            known = same if same is not None and same.entry is None and same.kind == entry.kind else None
            known = known or self._foretold(mention, entry.kind, side) or Identity(entry.kind)
            known.entry, known.kind = entry, entry.kind
            self.by_entry[entry.key] = known
        return known

    def _by_name(self, mention: Mention) -> Identity | None:
        assert mention.name is not None
        name = words_of_name(self.annotation, *mention.name)
        person = mention.kind == "person" and mention.entry is None
        same = same_person if person else same_body
        for word in dict.fromkeys((name[-1], name[0], acronym(name))):
            for identity in islice(reversed(self.by_word.get(word, [])), _RECENT):
                if (identity.kind == "person") == person and any(same(name, other) for other in identity.names):
                    return identity
        return None

    def _by_office(self, mention: Mention, side: Identity | None) -> Identity | None:
        """An actor known by office only, now named: "Kenya's president … President Jan Okello"."""
        if mention.kind != "person" or mention.role is None:
            return None
        head, before = description(self.annotation, mention)
        for identity in islice(reversed(self.by_head[head]), _RECENT):
            agrees = (side is None or identity.side is side) and identity.heads[head] <= before | {head}
            if identity.kind == "person" and not identity.names and agrees and before <= identity.heads[head]:
                return identity
        return None

    def _foretold(self, mention: Mention, kind: ActorKind, side: Identity | None) -> Identity | None:
        """Whom the sentences before describe and this one names: "Kenya's main rebel group … The Free Army said".

        One with the same side first; without a side only the subject of its sentence.
        """
        if mention.inner or kind not in ("person", "armed group"):
            return None
        here = self._sentence(mention.first)
        new = [i for i in reversed(self.described[kind][-_RECENT:]) if not i.names and i.entry is None]
        found = None
        for identity in new:
            away = here - self._sentence(identity.mentions[0].first)
            if not 0 < away <= _AHEAD or not self._may_be_called(identity, mention):
                continue
            if side is not None and identity.side is side:
                return identity
            subject = self.annotation.deprels[identity.mentions[0].head].startswith("nsubj")
            states = side is not None and identity.side is not None and side.kind == identity.side.kind == "government"
            if subject and away == 1 and not states:
                found = found or identity
        acting = self.annotation.deprels[mention.head].startswith(("nsubj", "obl:agent"))
        return found if acting else None

    def _may_be_called(self, identity: Identity, mention: Mention) -> bool:
        """Whether a description and a name with its office suit each other."""
        first = identity.mentions[0]
        if (first.plural and identity.kind == "person") or counted(self.annotation, first):
            return False
        new = self.annotation.forms[first.first].lower() in entries("descriptions")["new"]
        if new and self._sentence(first.first) > 0:
            return False
        if mention.role is None or identity.kind != "person":
            return True
        head, _ = description(self.annotation, mention)
        return any(noun in identity.heads for noun in nouns_for(head))

    def _sentence(self, word: int) -> int:
        return bisect_right(self.sentences, word) - 1

    def _by_description(self, mention: Mention, side: Identity | None) -> Identity | None:
        """An actor that such words have described, of the same side; else whom such nouns stand for."""
        words = entries("descriptions")
        forms = self.annotation.forms
        head, before = description(self.annotation, mention)
        opening = forms[mention.first].lower()
        if head in words["government"] and mention.kind == "government" and (side or before <= words["of_state"]):
            return self._government(mention, side)
        if head in words["forces"] and mention.kind == "military" and not counted(self.annotation, mention):
            return self._forces(side)
        if opening in words["new"] or (mention.plural and counted(self.annotation, mention)):
            return None
        if mention.plural and mention.kind == "person":
            return None
        if opening in words["definite"] and head in words["body"] and not (mention.plural or side or before):
            return self.last.get(mention.kind) if mention.kind in _BODIES else None
        definite = opening in words["definite"] or mention.owner is not None or side is not None
        for noun in (head,) if mention.plural else nouns_for(head):
            for identity in islice(reversed(self.by_head.get(noun, [])), _RECENT):
                if noun != head and not definite:
                    continue
                if self._agrees(identity, mention, side, noun, before):
                    return identity
        if definite and head in words["body"] and not mention.plural and side is None:
            return self.last.get(mention.kind) if mention.kind in _BODIES else None
        one = mention.kind == "person" and not mention.plural and side is None and not before
        if one and opening == "the" and head in words["rulers"]:
            return self._most_spoken_of(head)
        if head in words["fighters"] and side is None and (not before or (definite and before <= words["of_fighters"])):
            return self.last.get("armed group")
        return None

    def preferred(self, mention: Mention, side: Identity | None, rule: Identity | None) -> Identity | None:
        """Whom a description means by learned preferences, which know whom the rules would take."""
        known = self.comparable(mention, rule)
        rows = Likeness(self.annotation, mention, side, self._sentence, rule).rows(known)
        found = scores(weights("descriptions"), rows)
        best = max(range(len(found)), key=found.__getitem__)
        return known[best] if best < len(known) else None

    def comparable(self, mention: Mention, rule: Identity | None) -> list[Identity]:
        """The actors that a mention may mean, the latest last: persons for a person, others for others.

        Not the former president for "the president", nor a minister; but always whom the rules would take.
        """
        one = mention.kind == "person" and not mention.plural
        noun, before = description(self.annotation, mention)
        known = []
        for identity in islice(reversed(self.spoken_of.values()), _COMPARED):
            if identity is rule or ((identity.kind == "person") == one and not _holds_another(identity, noun, before)):
                known.append(identity)
        known.reverse()
        return known if rule is None or any(identity is rule for identity in known) else [*known, rule]

    def _government(self, mention: Mention, side: Identity | None) -> Identity | None:
        """The state meant by "the government": of the side that the phrase names, else the one most spoken of."""
        at = side
        for _ in range(_DEEP):
            if at is None or at.kind == "government":
                break
            at = at.side
        if at is not None:
            return at
        if side is not None or mention.local is None:
            return None
        return self.by_entry.setdefault(mention.local.key, Identity("government", entry=mention.local))

    def _forces(self, side: Identity | None) -> Identity | None:
        """The armed forces of a side, whether called army, troops or soldiers; without a side the ones named last."""
        for identity in islice(reversed(self.armies), _RECENT):
            of = identity.side
            if side is None or of is side or of is None:
                return identity
        return None

    def _most_spoken_of(self, office: str) -> Identity | None:
        """The person named most often so far, unless the report gives another office."""
        lapsed = entries("descriptions")["lapsed"]
        named = [i for i in self.persons.values() if i.names and (not i.heads or office in i.heads)]
        named = [i for i in named if not i.heads.get(office, set()) & lapsed]
        return max(named, key=lambda i: len(i.mentions), default=None)

    def _agrees(self, identity: Identity, mention: Mention, side: Identity | None, noun: str, before: set[str]) -> bool:
        """Whether an actor described by `noun` may be meant: its kind, its side, and what stood before the noun."""
        if (identity.kind == "person") != (mention.kind == "person" and not mention.plural):
            return False
        if side is not None and identity.side is not None and identity.side is not side:
            return identity.side.side is side
        if side is not None and identity.side is None and identity.names and len(self.by_head[noun]) > 1:
            return False
        described = identity.heads.get(noun, set())
        if described & entries("descriptions")["lapsed"] - before:
            return False
        return before <= described or (described <= before and not identity.names)

    def _add(self, identity: Identity, mention: Mention, side: Identity | None) -> None:
        identity.add(mention, self.annotation.lemmas[mention.head].lower())
        if not mention.inner:
            self.spoken_of.pop(id(identity), None)
            self.spoken_of[id(identity)] = identity
        if len(identity.mentions) == 1 and mention.name is None and mention.entry is None:
            self.described[identity.kind].append(identity)
        if identity.side is None and side is not None and not within(side, identity):
            identity.side = side
        if identity.kind == "person":
            self.last["person"] = self.persons[id(identity)] = identity
        words = entries("descriptions")
        nobody = self.annotation.forms[mention.first].lower() in words["nobody"]
        if self.annotation.lemmas[mention.head].lower() not in words["officials"] and not nobody:
            self.last[identity.kind] = identity
        if mention.name is not None:
            self._add_name(identity, words_of_name(self.annotation, *mention.name))
        if mention.role is not None or mention.name is None or mention.kind != "person":
            head, before = description(self.annotation, mention)
            if head not in identity.heads or self.by_head[head][-1] is not identity:
                self.by_head[head].append(identity)
            identity.heads.setdefault(head, set()).update(before)
            if identity.kind == "military" and head in entries("descriptions")["forces"]:
                self.armies.append(identity)
        self._add_gender(identity, mention)

    def _add_name(self, identity: Identity, name: Name) -> None:
        if name not in identity.names:
            identity.names.append(name)
            for word in {*name, acronym(name)}:
                self.by_word[word].append(identity)

    def _add_gender(self, identity: Identity, mention: Mention) -> None:
        if identity.kind != "person" or identity.gender is not None:
            return
        words = entries("descriptions")
        end = mention.name[0] if mention.name is not None else mention.end
        for i in range(max(0, min(mention.first, end - 1)), end):
            form = self.annotation.forms[i].lower().rstrip(".")
            if form in words["female"] or form in words["male"]:
                identity.gender = "she" if form in words["female"] else "he"


def _holds_another(identity: Identity, noun: str, before: set[str]) -> bool:
    """Whether the report says that an actor held the office formerly, or for one at the top holds another."""
    words = entries("descriptions")
    if identity.heads.get(noun, set()) & words["lapsed"] - before:
        return True
    return noun in words["rulers"] and bool(identity.heads) and identity.heads.keys().isdisjoint(nouns_for(noun))
