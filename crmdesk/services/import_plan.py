"""What an import is going to do: worked out by reading, then written in one transaction, or only shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crmdesk.data import imports as store
from crmdesk.data.writing import Writing
from crmdesk.domain.text import digits_of, fold
from crmdesk.domain.users import User
from crmdesk.system.jobs import NO_JOB, Job

# Parents before children.
_TABLES = (
    "product_group", "product", "client", "person", "contact_point", "orders", "order_line", "interaction", "task",
)  # fmt: skip
_PLAIN = frozenset(("order_line",))  # not records of their own: no birth, no import id


@dataclass(frozen=True, slots=True)
class Refusal:
    """What of a row does not come in, and why: `reason_key` is a key of ui.import_texts, `values` fill its sentence."""

    row: int
    column: str
    reason_key: str
    values: Mapping[str, str]


@dataclass(slots=True)
class Plan:
    """New rows and changes by table; what it means for the rows of the file: added, updated, unchanged, refused."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    added_rows: dict[str, Iterable[Sequence[Any]]] = field(default_factory=dict)
    changes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    dropped_lines: list[int] = field(default_factory=list)  # orders whose lines are replaced
    touched: set[int] = field(default_factory=set)  # clients whose figures follow
    renamed: set[int] = field(default_factory=set)  # clients who are found by other words now
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    size: int = 0  # about how many rows are written, for the progress

    def put(self, table: str, columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
        """New rows of a table."""
        self.columns[table] = columns
        self.added_rows[table] = rows

    def write(self, writing: Writing, import_id: int, job: Job = NO_JOB) -> None:
        """Carries the plan out."""
        at = round(writing.at.timestamp() * 1000)
        done = 0
        store.drop_lines(writing, self.dropped_lines)
        for table in _TABLES:
            if table in self.added_rows:
                columns, rows = self.columns[table], self.added_rows[table]
                if table not in _PLAIN:
                    columns = (*columns, "created_at", "import_id")
                    rows = ((*row, at, import_id) for row in rows)
                before = done
                for count in store.add(writing, table, columns, rows):
                    job.check()
                    done = before + count
                    job.progress(min(done, self.size), max(self.size, 1))
            if table in self.changes:
                job.check()
                store.change(writing, table, self.changes[table])
        writing.touch(self.touched, words=False)
        writing.touch(self.renamed)


class Staff:
    """Who a file means by a manager: a login, a full name, a surname, «Иванова А. С.»."""

    def __init__(self, users: Iterable[User]) -> None:
        self._known: dict[str, int | None] = {}
        for user in users:
            self._say(fold(user.login), user.id)
            words = fold(user.name).split()
            for form in {" ".join(words), words[0] if words else "", " ".join(reversed(words[:2])), *_short(words)}:
                self._say(form, user.id)

    def _say(self, form: str, user_id: int) -> None:
        if form:
            # two of the same surname: the surname says nobody
            self._known[form] = user_id if self._known.get(form, user_id) == user_id else None

    def find(self, said: str) -> int | None:
        """The user's id; None for nobody, or for two."""
        words = fold(said).replace(".", ". ").split()
        return self._known.get(" ".join(words)) or self._known.get(" ".join(word.rstrip(".") for word in words))


def _short(words: Sequence[str]) -> Iterable[str]:
    initials = [word[0] for word in words[1:]]
    for count in range(1, len(initials) + 1):
        yield " ".join([words[0], *(f"{letter}." for letter in initials[:count])])


def tax_key(number: str) -> str:
    """A tax number as it is compared: the digits before a slash (ИНН/КПП)."""
    return digits_of(number.partition("/")[0])


Refuse = Callable[[int, str, str, str], None]
