"""How words are made to fit their cells: only words are cut, never a figure, and what is left out is counted.

Every function is given `room` in mm and a `measure` from text to mm, so it knows no font and can be tested alone.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from crmdesk.documents.sheet_words import AlarmText, Form
from crmdesk.domain.coming import BIRTHDAY
from crmdesk.domain.sheet import Coming
from crmdesk.domain.text import without_legal_form

Measure = Callable[[str], float]
ItemText = Callable[[Coming, Form], str]

NBSP = "\u00a0"
_ENDS = " ,;.·-–—«(\"'" + NBSP
_WIDE, _NARROW = 1.5, 0.9  # gaps between alarms, mm; narrow when one of them is a bare sign


# ---- names ------------------------------------------------------------------------------------------


def fit_names(names: Sequence[str], room: float, measures: Sequence[Measure]) -> list[str]:
    """Each name as printed within `room`: without legal form, then without what follows a comma, then with ….

    Different names print differently: where two cuts would look alike, their ends are kept, or they are numbered.
    Equal names stay equal. `measures` has one measure a name (some are printed bold).
    """
    printed = [_first_fitting(name, room, measure) for name, measure in zip(names, measures, strict=True)]
    owners: dict[str, set[str]] = {}
    for name, text in zip(names, printed, strict=True):
        owners.setdefault(text, set()).add(name)
    taken = {text for text, group in owners.items() if len(group) == 1}
    given: dict[str, str] = {}
    for name, text, measure in zip(names, printed, measures, strict=True):
        if len(owners[text]) > 1 and name not in given:
            choices = _telling(name, room, measure)
            given[name] = next((choice for choice in choices if choice not in taken), text)
            taken.add(given[name])
    return [given.get(name, text) for name, text in zip(names, printed, strict=True)]


def _first_fitting(name: str, room: float, measure: Measure) -> str:
    plain = without_legal_form(name)
    head = plain.split(",")[0].rstrip() or plain
    for choice in (name, plain, head):
        if measure(choice) <= room:
            return choice
    return next(_prefixes(head, "…", room, measure), "…")


def _prefixes(text: str, ending: str, room: float, measure: Measure) -> Iterator[str]:
    """The longest beginning of the text that fits with `ending` after it, then shorter ones."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip(_ENDS) + ending) <= room:
            low = middle
        else:
            high = middle - 1
    for length in range(low, 0, -1):
        yield text[:length].rstrip(_ENDS) + ending


def _telling(name: str, room: float, measure: Measure) -> Iterator[str]:
    """Ways to print a name that looks like another one when cut: whole if it fits, its end kept, numbered."""
    if measure(name) <= room:
        yield name
    plain = without_legal_form(name)
    for kept in (4, 6, 8, 10, 12):
        tail = plain[-kept:].lstrip(_ENDS)
        if len(plain) > kept:
            yield from itertools.islice(_prefixes(plain[:-kept], "…" + tail, room, measure), 1)
    for number in itertools.count(2):
        yield next(_prefixes(plain, f"… ({number})", room, measure), f"…{number}")


# ---- alarms -----------------------------------------------------------------------------------------


def fit_alarms(alarms: Sequence[AlarmText], room: float, measure: Measure) -> tuple[list[str], float]:
    """The texts of one line and the gap between them.

    Of all choices of long, short and bare sign that fit: the gravest alarm in words, most alarms in words, longest.
    """
    best: tuple[tuple[bool, bool, int, tuple[int, ...]], list[str], float] | None = None
    for levels in itertools.product((2, 1, 0), repeat=len(alarms)):
        texts = [_alarm(alarm, level) for alarm, level in zip(alarms, levels, strict=True)]
        gap = _WIDE if all(levels) else _NARROW
        length = sum(map(measure, texts)) + gap * (len(texts) - 1)
        score = (length <= room, bool(levels and levels[0]), sum(level > 0 for level in levels), levels)
        if best is None or score > best[0]:
            best = (score, texts, gap)
    return (best[1], best[2]) if best else ([], _WIDE)


def _alarm(alarm: AlarmText, level: int) -> str:
    if level == 0:
        return alarm.sign
    return alarm.sign + NBSP + (alarm.long if level == 2 else alarm.short)


# ---- what is planned --------------------------------------------------------------------------------


def fit_plan(items: Sequence[Coming], room: float, measure: Measure, text: ItemText) -> str:
    """The items of a coming month on one line; what does not fit is counted as +n.

    In turn: whole; birthdays without surname; the routine contacts counted; all bare; the gravest ones and a count;
    those of what must not be forgotten that fit; short forms; any that fits; at last the gravest one's day. No word
    is ever cut.
    """
    gravest = items[_gravest_first(items)[0]]
    last = counted([str(gravest.day.day)], len(items) - 1)
    return next((choice for choice in _plans(items, room, measure, text) if measure(choice) <= room), last)


def _plans(items: Sequence[Coming], room: float, measure: Measure, text: ItemText) -> Iterator[str]:
    """The choices, best first; those that name only some items are made to fit `room`."""
    yield ", ".join([text(item, Form.WHOLE) for item in items])
    soft = [text(item, Form.BARE if item.kind == BIRTHDAY else Form.WHOLE) for item in items]
    yield ", ".join(soft)
    special = [i for i, item in enumerate(items) if not item.routine]
    routine = len(items) - len(special)
    if special and routine:
        yield counted([soft[i] for i in special], routine)
    bare = [text(item, Form.BARE) for item in items]
    yield ", ".join(bare)
    if special and routine:
        yield counted([bare[i] for i in special], routine)
    order = _gravest_first(items)
    short = [text(item, Form.SHORT) for item in items]
    graver = [i for i in order if not items[i].routine] or order
    for begin in ([bare[i] for i in graver], [short[i] for i in graver], [bare[i] for i in order]):
        chosen = next((k for k, one in enumerate(begin) if measure(counted([one], len(items) - 1)) <= room), None)
        if chosen is not None:
            yield _filled([begin[chosen], *(bare[i] for k, i in enumerate(order) if k != chosen)], room, measure)


def _filled(texts: Sequence[str], room: float, measure: Measure) -> str:
    """The first text, then of the others in turn those that still fit, and a count of the rest."""
    shown = list(texts[:1])
    for text in texts[1:]:
        if measure(counted([*shown, text], len(texts) - len(shown) - 1)) <= room:
            shown.append(text)
    return counted(shown, len(texts) - len(shown))


def _gravest_first(items: Sequence[Coming]) -> list[int]:
    """What must not be forgotten before the routine contacts; else as they stand."""
    return sorted(range(len(items)), key=lambda i: items[i].routine)


def counted(shown: Sequence[str], more: int) -> str:
    """The shown items and how many more there are."""
    return ", ".join(shown) + (f" +{more}" if more else "")


def fit_plan_lines(items: Sequence[Coming], room: float, measure: Measure, text: ItemText) -> list[str]:
    """The same on two lines: as many items as fit on the first, the rest on the second."""
    whole = ", ".join(text(item, Form.WHOLE) for item in items)
    if measure(whole) <= room:
        return [whole]
    if len(items) == 1:
        return [fit_plan(items, room, measure, text)]
    first = 1
    for count in range(len(items) - 1, 1, -1):
        if measure(", ".join(text(item, Form.WHOLE) for item in items[:count])) <= room:
            first = count
            break
    return [fit_plan(items[:first], room, measure, text), fit_plan(items[first:], room, measure, text)]


def unique_titles(names: Sequence[str], longest: int) -> list[str]:
    """Each name cut to `longest` characters, later repeats numbered; letter case does not tell two apart."""
    seen: Counter[str] = Counter()
    titles = []
    for name in names:
        title = name[:longest].rstrip()
        while seen[title.casefold()]:
            seen[title.casefold()] += 1
            number = f" ({seen[title.casefold()]})"
            title = title[: longest - len(number)].rstrip() + number
        seen[title.casefold()] += 1
        titles.append(title)
    return titles
