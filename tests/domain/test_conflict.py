from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.clients import ClientForm
from crmdesk.domain.conflict import Field, contested, race, settled, stored

BASE = ClientForm(1, "Ромашка", city="Тула", version=7)
_texts = st.sampled_from(["", "Тула", "Орёл", "Курск"])
_changes = st.fixed_dictionaries({}, optional={"city": _texts, "notes": _texts, "address": _texts})


def test_that_only_what_both_changed_is_contested() -> None:
    mine = replace(BASE, city="Курск", notes="звонить утром")
    theirs = replace(BASE, city="Орёл", address="Мира, 4", version=8)
    changed = race(mine, theirs, BASE)
    assert changed == {"city": Field("Курск", "Орёл", "Тула"), "address": Field("", "Мира, 4", "")}
    assert contested(changed) == ("city",)
    whole = settled(mine, changed)
    assert (whole.city, whole.address, whole.notes) == ("Курск", "Мира, 4", "звонить утром")
    assert settled(mine, changed, {"city"}).city == "Орёл"
    assert stored(BASE, changed, 8) == theirs


def test_that_the_same_change_made_twice_is_no_conflict() -> None:
    both = replace(BASE, city="Орёл")
    assert contested(race(both, replace(both, version=8), BASE)) == ()


@given(_changes, _changes)
def test_that_nothing_typed_disappears_and_nothing_untouched_is_overwritten(
    my_changes: dict[str, str], their_changes: dict[str, str]
) -> None:
    mine, theirs = replace(BASE, **my_changes), replace(BASE, **their_changes, version=8)
    changed = race(mine, theirs, BASE)
    whole = settled(mine, changed)
    for name in ("city", "notes", "address"):
        base = getattr(BASE, name)
        touched = getattr(mine, name) != base
        assert getattr(whole, name) == getattr(mine if touched else theirs, name)
    assert stored(BASE, changed, 8) == theirs
