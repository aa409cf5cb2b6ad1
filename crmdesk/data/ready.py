"""Statements compiled once a dialect and then given to the driver as they are.

At each execution SQLAlchemy's cache hashes the whole statement and builds a context and a result around it: 0.03 ms
for a small statement, 0.2 ms for a large one, many times the work of the store. Hot statements go through `Ready`
instead: same text, same transaction, same types of values and results, constant defaults of columns too. No lists
that expand (see dialects.among), no events; the driver's errors are told by driver_errors like all others.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect

Processor = Callable[[Any], Any]
Answer = Callable[[], list[Sequence[Any]]]
listeners: list[Callable[[str], object]] = []
"""Who hears the text of each statement: the tests that count them."""


class Ready:
    """A statement of Core; `run` it for its effect, or ask for its `rows` or its `first` row, as plain sequences."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._forms: dict[str, _Form] = {}

    def run(self, connection: Connection, **values: Any) -> Any:
        """Executes it, every parameter given by name; returns the driver's cursor."""
        if not connection.in_transaction():
            connection.begin()
        form = self._form(connection)
        for hear in listeners:
            hear(form.text)
        driver: Any = connection.connection.driver_connection
        return driver.execute(form.text, form.parameters(values))

    def rows(self, connection: Connection, **values: Any) -> list[Sequence[Any]]:
        """All rows, the values as the columns' types say."""
        return self.ask(connection, **values)()

    def ask(self, connection: Connection, **values: Any) -> Answer:
        """Asks now; its rows come when the answer is called. Inside `dialects.together` a server is asked several
        statements in one round trip so."""
        cursor = self.run(connection, **values)
        form = self._form(connection)

        def answer() -> list[Sequence[Any]]:
            found: list[Sequence[Any]] = cursor.fetchall()
            return form.read(found, cursor) if found else found

        return answer

    def named(self, connection: Connection, **values: Any) -> list[Any]:
        """All rows, the values by the names of their columns too."""
        rows = self.rows(connection, **values)
        form = self._form(connection)
        if form.record is None:
            record: Any = namedtuple("Record", form.columns)  # type: ignore[misc]
            form.record = record._make
        return list(map(form.record, rows))

    def first(self, connection: Connection, **values: Any) -> Sequence[Any] | None:
        """The first row, or None."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def _form(self, connection: Connection) -> _Form:
        name = connection.dialect.name
        form = self._forms.get(name)
        if form is None:
            form = self._forms[name] = _Form(self.statement, connection.dialect)
        return form


class _Form:
    """The statement as one dialect writes it."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.text = str(compiled)
        self._dialect = dialect
        self._names: Sequence[str] | None = compiled.positiontup
        self._binders: dict[str, Processor] = {}
        self._constants: dict[str, Any] = {}
        defaults = {
            column.key: column.default.arg
            for column in getattr(compiled, "insert_prefetch", ())
            if column.default is not None and column.default.is_scalar
        }
        for name, parameter in compiled.binds.items():
            value = defaults.get(name, parameter.value)
            binder = parameter.type.dialect_impl(dialect).bind_processor(dialect)
            if parameter.required:
                if binder is not None:
                    self._binders[name] = binder
            else:
                self._constants[name] = binder(value) if binder else value
        described = getattr(compiled, "_result_columns", ())
        self._types = [column.type for column in described]
        self.columns = [column.keyname for column in described]
        self.record: Callable[[Sequence[Any]], Any] | None = None
        self._readers: list[tuple[int, Processor]] | None = None

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        known = {**self._constants, **values}
        for name, binder in self._binders.items():
            known[name] = binder(values[name])
        return known if self._names is None else tuple([known[name] for name in self._names])

    def read(self, rows: list[Sequence[Any]], cursor: Any) -> list[Sequence[Any]]:
        """The rows with values as the columns' types say. A driver describes its columns anew each time it is asked:
        it is asked once."""
        if self._readers is None:  # what the driver calls a column's type is known only now
            self._readers = [
                (place, reader)
                for place, (kind, column) in enumerate(zip(self._types, cursor.description, strict=True))
                if (reader := kind.dialect_impl(self._dialect).result_processor(self._dialect, column[1])) is not None
            ]
        if not self._readers:
            return rows
        found: list[Sequence[Any]] = []
        for row in rows:
            values = list(row)
            for place, reader in self._readers:
                values[place] = reader(values[place])
            found.append(values)
        return found
