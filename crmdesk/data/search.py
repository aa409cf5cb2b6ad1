"""The words of clients, for search as you type, and the texts for its second answer.

One design for both stores (architecture.md): each folded word of a client stands in `search_word`, and typing its
beginning is a range scan; `search_text` holds everything in one folded text for substrings. Who writes clients, people
or contact points touches the client, and `reindex` does the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, false, or_, select

from crmdesk.data import bulk
from crmdesk.data.dialects import among, chunks
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, ContactPoint, Person, SearchText, SearchWord, User
from crmdesk.domain.clients import ClientHit
from crmdesk.domain.phones import digits_typed
from crmdesk.domain.text import digits_of, fold, words_of

WORD_LENGTH = 60
AFTER_ALL = "\U0010ffff"  # no text goes on with the last code point
CANDIDATES = 200  # prefix hits looked at before they are put into alphabetical order

_CLIENTS = Ready(
    select(Client.id, Client.manager_id, Client.name, Client.code, Client.tax_number, Client.city).where(
        Client.archived_at.is_(None), among(Client.id)
    )
)
_PEOPLE = Ready(
    select(Person.client_id, Person.surname, Person.given_name, Person.patronymic).where(
        Person.archived_at.is_(None), among(Person.client_id)
    )
)
_CONTACTS = Ready(select(
    ContactPoint.client_id, ContactPoint.kind, ContactPoint.original, ContactPoint.normal
).where(ContactPoint.archived_at.is_(None), among(ContactPoint.client_id)))  # fmt: skip
_FORGET = tuple(Ready(delete(table).where(among(table.client_id))) for table in (SearchWord, SearchText))
_WORD_COLUMNS = ("word", "client_id", "manager_id")
_TEXT_COLUMNS = ("client_id", "manager_id", "text")


def reindex(connection: Connection, client_ids: Collection[int]) -> None:
    """Brings the search words and texts of these clients up to date; archived ones are no longer found."""
    for ids in chunks(client_ids):
        for statement in _FORGET:
            statement.run(connection, ids=ids)
        _fill(connection, ids)


def reindex_all(connection: Connection) -> None:
    """The same for every client: after bulk loads, and for the doctor."""
    for table in (SearchWord, SearchText):
        connection.execute(delete(table))
    everybody = connection.execute(select(Client.id).where(Client.archived_at.is_(None))).scalars().all()
    words: list[Any] = []
    texts: list[Any] = []
    for ids in chunks(everybody):
        for client_id, manager_id, found, text in _read(connection, ids):
            words.extend((word, client_id, manager_id) for word in found)
            texts.append((client_id, manager_id, text))
    words.sort(key=lambda row: row[:2])  # in the order of the table: pages are written once
    bulk.load(connection, SearchWord, _WORD_COLUMNS, words)
    bulk.load(connection, SearchText, _TEXT_COLUMNS, texts)


def words_for(facts: Sequence[str | None], phones: Iterable[tuple[str, str]]) -> tuple[list[str], str]:
    """The words and the folded text under which a client is found; phones as (original, E.164)."""
    words: dict[str, None] = {}
    parts = []
    for fact in facts:
        if fact:
            parts.append(fold(fact))
            words.update(dict.fromkeys(words_of(fact)))
    for original, normal in phones:
        typed, digits = digits_of(original), digits_of(normal)
        for number in dict.fromkeys((digits or typed, digits[-10:], typed)):
            if number:
                words[number] = None
        parts.extend(dict.fromkeys(part for part in (digits, typed) if part))
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in words)), "\n".join(parts)


def _read(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, int | None, list[str], str]]:
    facts: dict[int, list[str | None]] = defaultdict(list)
    phones: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for client_id, *names in _PEOPLE.rows(connection, ids=ids):
        facts[client_id].extend(names)
    for client_id, kind, original, normal in _CONTACTS.rows(connection, ids=ids):
        if kind == "phone":
            phones[client_id].append((original, normal))
        else:
            facts[client_id].append(normal or original)
    for client_id, manager_id, *own in _CLIENTS.rows(connection, ids=ids):
        yield client_id, manager_id, *words_for(own + facts[client_id], phones[client_id])


def _fill(connection: Connection, ids: Sequence[int]) -> None:
    words: list[Any] = []
    texts: list[Any] = []
    for client_id, manager_id, found, text in _read(connection, ids):
        words.extend((word, client_id, manager_id) for word in found)
        texts.append((client_id, manager_id, text))
    bulk.load(connection, SearchWord, _WORD_COLUMNS, words)
    bulk.load(connection, SearchText, _TEXT_COLUMNS, texts)


# ---- asking --------------------------------------------------------------------------------------------

_HIT = select(
    Client.id, Client.name, Client.city, Client.code, Client.action_segment, Client.importance, Client.manager_id,
    User.name.label("manager"),
).outerjoin(User, User.id == Client.manager_id)  # fmt: skip


@lru_cache
def _prefix(words: int, owned: bool) -> Ready:
    """Clients that have, for each of so many beginnings, a word beginning so."""
    first = SearchWord
    found = select(first.client_id).where(first.word >= bindparam("p0"), first.word < bindparam("q0"))
    if owned:
        found = found.where(first.manager_id == bindparam("manager"))
    for place in range(1, words):
        other = SearchWord.__table__.alias()
        found = found.where(
            exists().where(
                and_(
                    other.c.client_id == first.client_id,
                    other.c.word >= bindparam(f"p{place}"),
                    other.c.word < bindparam(f"q{place}"),
                )
            )
        )
    found = found.order_by(first.word).limit(bindparam("candidates"))
    return Ready(_HIT.where(Client.id.in_(found)).order_by(Client.sort_key, Client.id).limit(bindparam("hits")))


@lru_cache
def _inside(parts: int, owned: bool) -> Ready:
    """Clients whose text contains each of so many parts."""
    statement = _HIT.join(SearchText, SearchText.client_id == Client.id)
    for place in range(parts):
        statement = statement.where(SearchText.text.like(bindparam(f"p{place}"), escape="\\"))
    if owned:
        statement = statement.where(SearchText.manager_id == bindparam("manager"))
    return Ready(statement.order_by(Client.sort_key, Client.id).limit(bindparam("hits")))


def prefix_hits(connection: Connection, text: str, limit: int, manager_id: int | None = None) -> tuple[ClientHit, ...]:
    """The first answer: clients that have a word beginning with each typed word; in under a millisecond."""
    found: list[ClientHit] = []
    for typed in _readings(text):
        typed = sorted(typed, key=len, reverse=True)  # the longest is the rarest
        values: dict[str, Any] = {"candidates": max(CANDIDATES, limit), "hits": limit}
        for place, word in enumerate(typed):
            values[f"p{place}"] = word[:WORD_LENGTH]
            values[f"q{place}"] = word[:WORD_LENGTH] + AFTER_ALL
        if manager_id is not None:
            values["manager"] = manager_id
        found += map(ClientHit._make, _prefix(len(typed), manager_id is not None).rows(connection, **values))
    return tuple(dict.fromkeys(found))[:limit]


def inner_hits(connection: Connection, text: str, limit: int, manager_id: int | None = None) -> tuple[ClientHit, ...]:
    """The second answer: clients whose text contains each typed part anywhere, digits of phones too."""
    parts = _parts(text)
    if not parts:
        return ()
    values: dict[str, Any] = {"hits": limit}
    for place, part in enumerate(parts):
        values[f"p{place}"] = _pattern(part)
    if manager_id is not None:
        values["manager"] = manager_id
    rows = _inside(len(parts), manager_id is not None).rows(connection, **values)
    return tuple(map(ClientHit._make, rows))


def prefix_clause(text: str) -> ColumnElement[bool]:
    """Whether a client has, for each typed word, a word beginning so: for lists that are filtered besides."""
    readings = [
        and_(
            *(
                Client.id.in_(
                    select(SearchWord.client_id).where(
                        SearchWord.word >= word[:WORD_LENGTH], SearchWord.word < word[:WORD_LENGTH] + AFTER_ALL
                    )
                )
                for word in typed
            )
        )
        for typed in _readings(text)
    ]
    return or_(*readings) if readings else false()


def inner_clause(text: str) -> ColumnElement[bool]:
    """Whether a client's text contains each typed part anywhere, digits of phones too."""
    parts = _parts(text)
    found = select(SearchText.client_id).where(*(SearchText.text.like(_pattern(part), escape="\\") for part in parts))
    return Client.id.in_(found) if parts else false()


def _parts(text: str) -> list[str]:
    digits = digits_typed(text)
    return [digits] if digits else fold(text).split()


def _pattern(part: str) -> str:
    return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _readings(text: str) -> list[list[str]]:
    """What may have been meant: words; for a number also the same with the trunk 8 read as the country's 7."""
    digits = digits_typed(text)
    if not digits:
        words = words_of(text)
        return [words] if words else []
    if digits.startswith("8") and len(digits) > 3:
        return [[digits], ["7" + digits[1:]]]
    return [[digits]]
