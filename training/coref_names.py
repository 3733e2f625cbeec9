"""Features of names beside actors, for the comparison in `training.coref`; Truceline leaves names to rules."""

from __future__ import annotations

from collections.abc import Sequence

from truceline.resolve.identity import Identity
from truceline.resolve.likeness import Likeness
from truceline.resolve.names import same_body, same_person, words_of_name
from truceline.resolve.preferences import Features


class NamedLikeness(Likeness):
    """Compares a description or a name with actors."""

    def rows(self, known: Sequence[Identity]) -> list[Features]:
        """The features of descriptions; for a name also how it compares with those of the actors."""
        rows = super().rows(known)
        if self.mention.name is None:
            return rows
        name = words_of_name(self.a, *self.mention.name)
        same = same_person if self.mention.kind == "person" else same_body
        for row, identity in zip(rows, known, strict=False):
            suits = any(same(name, other) for other in identity.names)
            row += ["name suits" if suits else "name differs"] if identity.names else ["without a name"]
            row += ["words in common"] * any(set(name) & set(other) for other in identity.names)
        rows[-1].append("new, a name of one word" if len(name) == 1 else "new, a longer name")
        return rows
