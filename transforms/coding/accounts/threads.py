"""An account while it is being built: the items of an article that speak of one event."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.coding.items.item import Item, Spot


@dataclass(slots=True)
class Thread:
    """An account being built."""

    items: list[Item]
    scope: str
    places: set[Spot] = field(default_factory=set)
    days: set[str] = field(default_factory=set)

    def of(self, kind: str) -> list[Item]:
        """Its items of one kind."""
        return [item for item in self.items if item.mention.kind == kind]

    def heads(self) -> frozenset[str]:
        """The head nouns of all its victims."""
        return frozenset().union(*(item.heads() for item in self.items))

    def people(self) -> frozenset[int]:
        """The persons among all its victims."""
        return frozenset().union(*(item.people for item in self.items))

    def is_echo(self) -> bool:
        """Whether it only recalls persons ("the murder of Ann Lee", "charged with killing her")."""
        return self.scope == "background" and all(
            item.people and (item.mention.recalled or item.mention.court) for item in self.items
        )

    @property
    def last(self) -> Item:
        """The item that joined last."""
        return self.items[-1]

    @property
    def families(self) -> frozenset[str]:
        """The kinds of events that its clauses name."""
        return frozenset().union(*(item.families for item in self.items))
