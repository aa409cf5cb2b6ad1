"""What the overview says of each manager, counted from his sheet."""

from __future__ import annotations

from collections.abc import Sequence

from crmdesk.documents.sheet_words import SIGNS
from crmdesk.domain.sheet import AlarmKind, Sheet

ALARM_GROUPS: tuple[tuple[str, frozenset[AlarmKind]], ...] = (
    (SIGNS[AlarmKind.SILENT], frozenset({AlarmKind.SILENT})),
    (SIGNS[AlarmKind.PROMISE], frozenset({AlarmKind.PROMISE})),
    (SIGNS[AlarmKind.NO_VISIT], frozenset({AlarmKind.NO_VISIT, AlarmKind.NO_CALL})),
    (SIGNS[AlarmKind.SKUS_FALL], frozenset({AlarmKind.SKUS_FALL, AlarmKind.TURNOVER_FALL})),
)
"""The signs the overview counts clients by, and the alarms each stands for."""


def alarm_counts(sheet: Sheet) -> tuple[int, ...]:
    """How many clients have ■ ◆ ● ▼, and how many months are ○ empty."""
    kinds = [{alarm.kind for alarm in row.alarms} for row in sheet.rows]
    counts = [sum(bool(found & group) for found in kinds) for _, group in ALARM_GROUPS]
    return (*counts, sum(sum(row.empty) for row in sheet.rows))


def worst_managers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """At most three managers, most money at risk first."""
    return sorted((sheet for sheet in sheets if sheet.risk_total > 0), key=lambda sheet: -sheet.risk_total)[:3]


def weighted_completeness(sheets: Sequence[Sheet]) -> int:
    """Completeness of the data over all tracked clients, per cent."""
    clients = sum(len(sheet.rows) for sheet in sheets)
    return round(sum(sheet.head.completeness * len(sheet.rows) for sheet in sheets) / clients) if clients else 100


def history(sheet: Sheet) -> list[int | None]:
    """24 months of the tracked clients' turnover; None before the first order of any."""
    months = zip(*(row.history for row in sheet.rows), strict=True)
    return [sum(v for v in month if v is not None) if any(v is not None for v in month) else None for month in months]
