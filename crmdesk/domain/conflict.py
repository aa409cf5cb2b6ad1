"""Two people changed the same record: what each of them wants, and what becomes of it. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Row = TypeVar("Row", bound=DataclassInstance)
else:
    Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Field:
    """One field in a lost race: what I want, what is stored now, what we both saw before."""

    mine: Any
    theirs: Any
    base: Any

    @property
    def contested(self) -> bool:
        """Whether both of us changed it, and not to the same."""
        return self.mine not in (self.base, self.theirs)


def race(mine: Row, theirs: Row, base: Row) -> dict[str, Field]:
    """The fields that somebody else changed since `base`, whether I did too or not."""
    found = {}
    for field in fields(base):
        name = field.name
        stored, seen = getattr(theirs, name), getattr(base, name)
        if name != "version" and stored != seen:
            found[name] = Field(getattr(mine, name), stored, seen)
    return found


def contested(changed: Mapping[str, Field]) -> tuple[str, ...]:
    """The fields that somebody has to decide on; the rest settles itself: theirs where I did not touch it."""
    return tuple(name for name, field in changed.items() if field.contested)


def settled(mine: Row, changed: Mapping[str, Field], theirs: Collection[str] = ()) -> Row:
    """My row with what they changed: theirs where I touched nothing, and where I chose theirs; mine elsewhere."""
    taken = {name: field.theirs for name, field in changed.items() if name in theirs or not field.contested}
    return replace(mine, **taken)


def stored(base: Row, changed: Mapping[str, Field], version: int) -> Row:
    """The row as it is stored now: what I saw, with what they changed; the base of my next attempt."""
    return replace(base, **{name: field.theirs for name, field in changed.items()}, version=version)
