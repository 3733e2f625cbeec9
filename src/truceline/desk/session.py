"""What the keys do: a queue of waiting records is gone through, and each decision is kept as soon as it is made."""

from collections.abc import Callable, Sequence
from typing import get_args, get_type_hints

from rich.console import Console
from rich.text import Text

from truceline.desk.keys import END, Keys
from truceline.desk.pages import NOT_SHOWN, print_record
from truceline.page import printable
from truceline.review import KINDS, Item, KindName, Reviewed, Reviewer, ReviewError, Waiting, field_words, from_words

HELP = """\
  a  accept: the record is right          n  note: write a remark
  r  reject: the report does not say it   u  undo your last decision
  c  correct a field                      s  skip, or go on after correcting
  m  merge with another of its kind       +  add a record that was missed
  /  split off some of its mentions       q  quit; everything is kept
"""
PROMPT = "[a]ccept [r]eject [c]orrect [m]erge [n]ote [u]ndo [s]kip [q]uit [?] more: "


class Desk:
    """One person's session over a queue; `person` gives the reviewer of a report."""

    def __init__(
        self, console: Console, keys: Keys, waiting: Sequence[Waiting], person: Callable[[str], Reviewer]
    ) -> None:
        self.console = console
        self.keys = keys
        self.waiting = list(waiting)
        self.made: list[tuple[int, Reviewer, int]] = []
        """The decisions of this session that stand: place in the queue, who made it about which report, number."""
        self._person = person
        self._at = 0
        self._reviewer: Reviewer | None = None

    def run(self) -> int:
        """How many decisions were made and not undone; ends with the queue, with `q`, or with the keys."""
        while self._at < len(self.waiting):
            waits = self.waiting[self._at]
            reviewer = self._reviewer_of(waits.report_id)
            view = reviewer.view
            item = waits.item(view)
            if item is None or not (item.open or self._was_decided_here()):
                self._at += 1
            elif not self._decide(reviewer, view, item):
                return len(self.made)
        self._say("That was the last record of the queue.")
        return len(self.made)

    def _reviewer_of(self, report_id: str) -> Reviewer:
        if self._reviewer is None or self._reviewer.reading.report.id != report_id:
            self._reviewer = self._person(report_id)
        return self._reviewer

    def _was_decided_here(self) -> bool:
        """Whether the record on the desk was corrected in this session and has not been left since."""
        return bool(self.made) and self.made[-1][0] == self._at

    def _decide(self, reviewer: Reviewer, view: Reviewed, item: Item) -> bool:
        """Shows the record and does what one key says; False to quit."""
        print_record(self.console, view.reading, item, where=f"{self._at + 1} of {len(self.waiting)}")
        key = self.keys.key(lambda: self.console.print(Text(PROMPT, style="dim"), end=""))
        self.console.print(Text(printable(key)))
        if key in (END, "q"):
            return False
        steps: dict[str, Callable[[Reviewer, Reviewed, Item], None]] = {
            "a": self._accept, "r": self._reject, "c": self._correct, "m": self._merge, "n": self._note,
            "u": self._undo, "s": self._skip, "+": self._add, "/": self._split, "?": self._help,
        }  # fmt: skip
        step = steps.get(key)
        if step is None:
            self._say(f"The key {key!r} does nothing here: ? shows those that do.")
            return True
        try:
            step(reviewer, view, item)
        except ReviewError as refusal:
            self._say(str(refusal))
        return True

    def _kept(self, reviewer: Reviewer, number: int, what: str, *, go_on: bool) -> None:
        self.made.append((self._at, reviewer, number))
        self._say(f"{what} (decision {number}).")
        if go_on:
            self._at += 1

    def _accept(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        self._kept(reviewer, reviewer.accept(item), "Accepted", go_on=True)

    def _reject(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        self._kept(reviewer, reviewer.reject(item), "Rejected", go_on=True)

    def _correct(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        names = [name for name in get_type_hints(KINDS[item.kind].type) if name not in NOT_SHOWN]
        name = self._ask(f"Field ({', '.join(names)}): ")
        if not name:
            return self._say("Nothing was changed.")
        name = next((known for known in names if known.startswith(name)), name)
        if name in names:
            now = field_words(view.reading, item.kind, item.record, name)
            self._say(f"{name} is: {now}{_choices(item.kind, name)}")
        words = self._ask(f"{name}, new (- for nothing): ") if name in names else ""
        if name in names and not words:
            return self._say("Nothing was changed.")
        value = from_words(view.reading, item.kind, name, words)
        self._kept(reviewer, reviewer.correct(item, {name: value}), f"Corrected {name}", go_on=False)

    def _merge(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        others = [one for one in view.items if one.kind == item.kind and one.on_view and one.anchor != item.anchor]
        if item.kind not in ("actor", "proposal"):
            raise ReviewError(f"A {item.kind} cannot be merged: only actors and proposals can.")
        for other in others:
            name = getattr(other.record, "name", None) or getattr(other.record, "label", "")
            self._say(f"  {getattr(other.record, 'id', '')}  {name}")
        wanted = self._ask("Which are the same as this one (ids)? ").replace(",", " ").split()
        if not wanted:
            return self._say("Nothing was merged.")
        known = {str(getattr(other.record, "id", "")): other for other in others}
        missing = next((id for id in wanted if id not in known), None)
        if missing is not None:
            raise ReviewError(f"There is no other {item.kind} {missing!r}: write an id of the list.")
        self._kept(reviewer, reviewer.merge(item, [known[id] for id in wanted]), "Merged", go_on=False)

    def _split(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        if item.kind not in ("actor", "proposal"):
            raise ReviewError(f"A {item.kind} cannot be split: only actors and proposals can.")
        words = self._ask("Which mentions are somebody or something else (words, with | between)? ")
        if not words:
            return self._say("Nothing was split.")
        record = {"mentions": from_words(view.reading, item.kind, "mentions", words)}
        called = "name" if item.kind == "actor" else "label"
        name = self._ask(f"Its {called}: ")
        named = {called: name} if name else {}
        self._kept(reviewer, reviewer.split(item, {**record, **named}), "Split", go_on=False)

    def _add(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        wanted = self._ask(f"Kind ({', '.join(KINDS)}): ")
        kind = next((kind for kind in KINDS if kind == wanted), None)
        if kind is None:
            return self._say("Nothing was added: there is no such kind.")
        record = {}
        for name in get_type_hints(KINDS[kind].type):
            if name not in NOT_SHOWN:
                words = self._ask(f"  {name}{_choices(kind, name)}: ")
                if words:
                    record[name] = from_words(view.reading, kind, name, words)
        self._kept(reviewer, reviewer.add(kind, record), f"Added a {kind}", go_on=False)

    def _note(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        words = self._ask("Note: ")
        if words:
            self._kept(reviewer, reviewer.note(item, words), "Noted", go_on=False)

    def _undo(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        """The last decision of this session, or else this person's last on this report."""
        if self.made:
            at, maker, number = self.made[-1]
            maker.undo(number)
            self.made.pop()
            self._at = at
        else:
            last = reviewer.last_own()
            if last is None:
                return self._say("You have no decision on this report to undo.")
            number = last.number
            reviewer.undo(number)
        self._say(f"Decision {number} is undone.")

    def _skip(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        self._at += 1

    def _help(self, reviewer: Reviewer, view: Reviewed, item: Item) -> None:
        self.console.print(Text(HELP))
        self._say(
            "Words are copied from the report (words@2 for their second occurrence); names or ids stand for others."
        )

    def _ask(self, question: str) -> str:
        return self.keys.line(question).strip()

    def _say(self, sentence: str) -> None:
        self.console.print(Text(printable(sentence) if sentence.strip() else ""))


def _choices(kind: KindName, name: str) -> str:
    """The words that the field may hold, where they are given."""
    hint = get_type_hints(KINDS[kind].type)[name]
    options = [word for option in (hint, *get_args(hint)) for word in get_args(option) if isinstance(word, str)]
    return f" ({', '.join(dict.fromkeys(options))})" if options else ""
