"""What happened between the demo shop and a client: contacts, promises kept and broken, what is to come."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from crmdesk.domain import months
from crmdesk.domain.lists import ActionSegment, ContactKind, Importance, Rung, TaskKind
from crmdesk.services import content
from crmdesk.services.demo_cast import Part
from crmdesk.services.demo_sales import Sale, Span, open_day
from crmdesk.services.demo_words import DemoWords

AHEAD = 4  # months with planned work, the current one among them
SEASONS = (*["winter"] * 2, *["spring"] * 3, *["summer"] * 3, *["autumn"] * 4)  # of the topics, January first

# How often a contact of a kind ends in which result (lists.toml); orders are taken where an order followed.
CALLS = {
    "call_quote": 22, "call_no_need": 16, "call_meeting": 9, "call_part": 7, "call_trial": 6, "call_prepaid": 8,
    "call_referral": 3, "call_refused": 4, "call_not_reached": 9, "call_wrong_number": 1,
}  # fmt: skip
VISITS = {
    "visit_brief": 24, "visit_trial": 14, "visit_samples": 20, "visit_new_person": 7, "visit_contract": 4,
    "visit_referral": 5, "visit_no_one": 4,
}  # fmt: skip
OTHERS = {
    "letter_sent": 22, "letter_question": 10, "letter_forwarded": 3, "letter_order": 2, "neg_agreed": 4, "neg_part": 4,
    "neg_terms": 3, "neg_failed": 2, "event_contact": 3, "event_interest": 2, "complaint": 5,
    "payment_talk": 6, "survey": 3,
}  # fmt: skip
# What is left to write down of a client who buys nothing any more.
SILENT = {
    "call": {"call_no_need": 5, "call_not_reached": 5, "call_quote": 2},
    "visit": {"visit_samples": 4, "visit_no_one": 2},
    "": {"letter_sent": 4, "letter_returned": 1},
}
WEEKLY = 0.14  # the chance that a tracked client stands in the calendar on a given day
LENGTHS: dict[str, int] = {"call": 15, "visit": 60, "meeting": 45, "contract": 30, "letter": 15}  # minutes
CALLED_ALREADY = 0.07  # the chance that a tracked client was called today before EARLY
EARLY = 9 * 60 + 30  # the demo is the same at any hour of its day
SILENT_AFTER = 25  # days without an order
KINDS = {
    "call": ContactKind.CALL,
    "visit": ContactKind.VISIT,
    "letter": ContactKind.LETTER,
    "neg": ContactKind.NEGOTIATION,
    "event": ContactKind.EVENT,
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that took place; `day` an ordinal, `minute` after midnight."""

    kind: ContactKind
    day: int
    minute: int
    result: str
    rung: str
    resume: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do, or done: days are ordinals, `done` None while it is open."""

    kind: TaskKind
    title: str
    notes: str
    due: int | None
    promise: bool = False
    routine: bool = False
    done: int | None = None
    released: int | None = None
    reason: str = ""
    made: int = 0
    minute: int | None = None
    length: int | None = None  # minutes it takes


class Chronicle:
    """The contacts and tasks of one client, told by a manager who keeps the norm as well as the part says."""

    def __init__(
        self,
        part: Part,
        words: DemoWords,
        people: Sequence[str],
        sales: Sequence[Sale],
        when: Span,
        today: int,
        rnd: Random,
    ) -> None:
        self.part, self.words, self.people = part, words, people
        self.sales, self.when, self.today, self.rnd = sales, when, today, rnd
        self._days = [sale.day for sale in sales]

    # ---- what was ------------------------------------------------------------------------------------

    def contacts(self, months_back: int) -> list[Contact]:
        """Contacts of the last months, the current one among them, the oldest first."""
        part, rnd = self.part, self.rnd
        found: list[Contact] = []
        current = months.month_of(date.fromordinal(self.today))
        for ago in range(months_back, -1, -1):
            month = months.add(current, -ago)
            first, last = months.first_day(month).toordinal(), min(months.last_day(month).toordinal(), self.today - 1)
            if (
                last < self.when.first - 20
                or first > last
                or (part.shape == "lost" and not part.tracked and first > self.when.last + 45)
            ):
                continue
            share = (last - first + 1) / 30.4
            visits, calls = self._norm(ago)
            found += [self._contact("visit", VISITS, first, last) for _ in range(self._count(visits * share))]
            found += [self._contact("call", CALLS, first, last) for _ in range(self._count(calls * share))]
            if part.segment is ActionSegment.INFO or (part.segment is not ActionSegment.NONE and rnd.random() < 0.4):
                found += self._mailing(first, last)
            if part.segment is not ActionSegment.NONE and rnd.random() < 0.22 * share:
                found.append(self._contact("", OTHERS, first, last))
        if part.shape == "back" and self.when.away:
            found.append(self._said(ContactKind.CALL, "call_trial", "won_back", self.when.away[1] - 1))
        if part.shape == "lost":
            found.append(self._said(ContactKind.CALL, "call_refused", "lost", min(self.today - 1, self.when.last + 50)))
        return sorted(found, key=lambda contact: (contact.day, contact.minute))

    def _norm(self, ago: int) -> tuple[float, float]:
        """Visits and calls of a month `ago` months back."""
        part = self.part
        visits, calls = {
            ActionSegment.VVV: (1.25, 1.1),
            ActionSegment.CCC: (0.15, 2.4),
            ActionSegment.INFO: (0.03, 0.25),
            ActionSegment.NONE: (0.0, 0.05),
        }[part.segment]
        kept = part.discipline
        if part.shape in ("silent", "collapse") or part.trouble in ("no_visit", "no_call"):
            kept = min(1.0, 0.35 + 0.16 * ago)  # the manager let go slowly
        if part.trouble == "no_visit" and ago < part.amount + 1:
            visits = 0.0
        if part.trouble == "no_call" and ago < part.amount + 1:
            calls = 0.0
        if part.shape == "lead":
            calls = 1.0 if ago < 4 else 0.0
        return visits * kept, calls * kept

    def _count(self, mean: float) -> int:
        if mean <= 0:
            return 0
        count = int(mean) + (self.rnd.random() < mean % 1)
        if self.part.segment is ActionSegment.VVV and self.part.discipline >= 0.9 and mean > 0.8:
            return max(1, count)
        return count

    def _contact(self, prefix: str, choice: dict[str, int], first: int, last: int) -> Contact:
        day = _workday(self.rnd.randint(first, last), first, last)
        if self.part.shape in ("silent", "lost") and self._days and day > self._days[-1] + SILENT_AFTER:
            choice = SILENT[prefix]
        result = self.rnd.choices(tuple(choice), tuple(choice.values()))[0]
        sale = self._sale_near(day)
        if prefix in ("call", "visit") and sale and self.rnd.random() < 0.45:
            day, result = max(first, min(last, sale.day)), f"{prefix}_order"
        elif not self.sales and result in ("call_part", "call_prepaid", "call_trial"):
            result = "call_quote"
        kind = KINDS.get(result.split("_")[0]) or ContactKind(result)
        return self._said(kind, result if result in content.entries("contact_result") else "", result, day)

    def _sale_near(self, day: int) -> Sale | None:
        place = bisect_right(self._days, day + 3)
        return self.sales[place - 1] if place and self.sales[place - 1].day >= day - 6 else None

    def _mailing(self, first: int, last: int) -> Iterator[Contact]:
        day = _workday(first + 9, first, last)
        if first + 9 <= self.today:
            yield self._said(ContactKind.MAILING, "letter_sent", "mailing", day)

    def _said(self, kind: ContactKind, result: str, told: str, day: int) -> Contact:
        rnd = self.rnd
        sale = self._sale_near(day) or (rnd.choice(self.sales) if self.sales else None)
        line = rnd.choice(sale.lines) if sale else None
        entry = content.entries("contact_result").get(result)
        due = date.fromordinal(_workday(day + rnd.randint(3, 16), 0, 10**7))
        resume = self.words.resume(
            rnd,
            told,
            product=line.sku.plain if line else self.words.said["topics"]["any"][2][0],
            run=abs(line.pieces) if line else 500,
            person=rnd.choice(self.people),
            rival=rnd.choice(self.words.said["rivals"]),
            day=f"{due.day:02d}.{due.month:02d}",
        )
        if kind in (ContactKind.CALL, ContactKind.VISIT) and rnd.random() < 0.015:
            resume = ""  # nobody is perfect, and the sheet must show it
        rung = str(entry.facts["level"]) if entry else str(Rung.NONE)
        return Contact(kind, day, 9 * 60 + rnd.randrange(105) * 5, result, rung, resume)

    # ---- what is promised and planned ----------------------------------------------------------------

    def deeds(self, contacts: Sequence[Contact], kept: float) -> list[Deed]:
        """Tasks done, promises, what is overdue and to come. `kept`: the share of promises the manager keeps."""
        found = [*self._done(contacts), *self._promises(kept)]
        if self.part.shape != "lost" or self.part.tracked:
            found += self._troubles()
            if self.part.segment is not ActionSegment.NONE:
                found += self._coming()
            if self.part.tracked and self.part.segment in (ActionSegment.VVV, ActionSegment.CCC):
                found += self._week()
        return found

    def _week(self) -> Iterator[Deed]:
        """What stands in the manager's calendar from today to the end of next week, hour by hour."""
        rnd = Random(f"week {self.rnd.getstate()[1][0]}")  # apart, so that the past stays as it was
        if rnd.random() < CALLED_ALREADY and open_day(self.today) == self.today:
            title, notes, _ = self._topic_of(rnd, self.today)
            length = LENGTHS["call"]
            early = EARLY - length * rnd.randint(1, 2)
            yield Deed(
                TaskKind.CALL,
                title,
                notes,
                self.today,
                done=self.today,
                made=self.today - 3,
                minute=early,
                length=length,
            )
            return
        for day in range(self.today, self.today + 13 - self.today % 7):
            if open_day(day) != day or rnd.random() > WEEKLY:
                continue
            title, notes, kind = self._topic_of(rnd, day)
            made = self.today - rnd.randint(1, 12)
            promise = rnd.random() < 0.12
            if promise:
                title, notes = rnd.choice(self.words.said["tasks"]["promises"])
                kind = TaskKind.OTHER
            length = LENGTHS.get(kind, 15)
            minute = None if rnd.random() < 0.25 else 9 * 60 + 30 * rnd.randrange(16)
            yield Deed(kind, title, notes, day, promise=promise, made=made, minute=minute, length=length)

    def _done(self, contacts: Sequence[Contact]) -> Iterator[Deed]:
        rnd = self.rnd
        for contact in contacts:
            if contact.kind in (ContactKind.CALL, ContactKind.VISIT) and rnd.random() < 0.3:
                title, notes, _ = self._topic(contact.day)
                late = rnd.randint(1, 6) if rnd.random() < 0.13 else 0
                yield Deed(
                    TaskKind(contact.kind),
                    title,
                    notes,
                    contact.day - late,
                    done=contact.day,
                    made=contact.day - late - 14,
                    minute=contact.minute if not late else None,
                    length=LENGTHS[contact.kind],
                )

    def _promises(self, kept: float) -> Iterator[Deed]:
        rnd, part = self.rnd, self.part
        personal = part.segment in (ActionSegment.VVV, ActionSegment.CCC)
        often = (0.11 if personal else 0.02) * (1.0 if part.tracked else 0.1) * (1.3 if part.size == "large" else 0.8)
        for _ in range(self._count(often * 24)):
            title, notes = rnd.choice(self.words.said["tasks"]["promises"])
            due = _workday(self.today - rnd.randint(12, 700), 0, 10**7)
            if due < self.when.first or due > self.when.last + 40:
                continue
            late = 0 if rnd.random() < kept else rnd.randint(1, 8)
            if rnd.random() < 0.04:
                reason = rnd.choice(self.words.said["tasks"]["released"])
                yield Deed(
                    TaskKind.OTHER, title, notes, due, promise=True, released=due - 1, reason=reason, made=due - 6
                )
            else:
                yield Deed(
                    TaskKind.OTHER,
                    title,
                    notes,
                    due,
                    promise=True,
                    done=due + late - rnd.choice((0, 0, 1)) * (not late),
                    made=due - 7,
                )

    def _troubles(self) -> Iterator[Deed]:
        rnd, part = self.rnd, self.part
        if part.trouble == "late_promise":
            title, notes = rnd.choice(self.words.said["tasks"]["promises"])
            yield Deed(
                TaskKind.OTHER, title, notes, self.today - part.amount, promise=True, made=self.today - part.amount - 8
            )
        if not part.tracked and rnd.random() < 0.97:  # nobody lets so many small things lie
            return
        personal = part.segment in (ActionSegment.VVV, ActionSegment.CCC)
        if personal and rnd.random() < (0.6 if part.discipline < 0.75 else 0.1):
            title, notes, kind = self._topic(self.today)
            due = _workday(self.today - rnd.randint(2, 34), 0, 10**7)
            yield Deed(kind, title, notes, due, made=due - 10)
        if rnd.random() < 0.06:
            title, notes = rnd.choice(self.words.said["tasks"]["hanging"])
            yield Deed(TaskKind.OTHER, title, notes, None, made=self.today - rnd.randint(30, 120))

    def _coming(self) -> Iterator[Deed]:
        rnd, part = self.rnd, self.part
        current = months.month_of(date.fromordinal(self.today))
        empty = self._empty_months()
        for ahead in range(AHEAD):
            if ahead in empty:
                continue
            month = months.add(current, ahead)
            first, last = months.first_day(month).toordinal(), months.last_day(month).toordinal()
            first = max(first, self.today)
            made = self.today - rnd.randint(1, 25)
            if part.segment is ActionSegment.INFO:
                day = max(first, _workday(months.first_day(month).toordinal() + 9, first, last))
                yield Deed(
                    TaskKind.MAILING, self.words.said["tasks"]["routine_mailing"], "", day, routine=True, made=made
                )
                continue
            day = _workday(rnd.randint(first, last), first, last)
            visit = part.segment is ActionSegment.VVV
            kind, title = (TaskKind.VISIT, "routine_visit") if visit else (TaskKind.CALL, "routine_call")
            yield Deed(
                kind,
                self.words.said["tasks"][title],
                "",
                day,
                routine=True,
                made=made,
                minute=600 + 30 * rnd.randrange(12),
            )
            if rnd.random() < (0.4 if visit else 0.25):
                topic, notes, topic_kind = self._topic(last)
                due = _workday(rnd.randint(first, last), first, last)
                yield Deed(topic_kind, topic, notes, due, made=made)
            if part.size == "large" and rnd.random() < 0.1:
                title, notes = rnd.choice(self.words.said["tasks"]["events"])
                yield Deed(TaskKind.EVENT, title, notes, _workday(rnd.randint(first, last), first, last), made=made)
            if rnd.random() < 0.06:
                title, notes = rnd.choice(self.words.said["tasks"]["promises"])
                due = _workday(rnd.randint(first, last), first, last)
                yield Deed(TaskKind.OTHER, title, notes, due, promise=True, made=made)

    def _empty_months(self) -> frozenset[int]:
        """Coming months in which nobody planned anything: a breach for the sheet to show."""
        part, rnd = self.part, self.rnd
        if part.shape == "silent" and part.segment is ActionSegment.VVV:
            return frozenset({1, 2, 3})
        if part.trouble == "no_plan":
            return frozenset({2, 3})
        if part.trouble in ("no_call", "no_visit") and part.shape != "flat":
            return frozenset({1 + rnd.randrange(3), 3})
        if not part.tracked:
            return frozenset({1, 2, 3}) if rnd.random() < 0.75 else frozenset({0, 1, 2, 3})
        nothing = rnd.random()
        forgotten = 0.06 if part.importance is Importance.REGULAR else 0.0
        return frozenset({0, 1, 2, 3} if nothing < forgotten else {3} if nothing < 0.13 else ())

    def _topic(self, day: int) -> tuple[str, str, TaskKind]:
        return self._topic_of(self.rnd, day)

    def _topic_of(self, rnd: Random, day: int) -> tuple[str, str, TaskKind]:
        season = SEASONS[date.fromordinal(day).month - 1]
        name = season if rnd.random() < 0.45 else "any"
        title, notes, kind = rnd.choice(self.words.said["topics"][name])
        return title, notes, TaskKind(kind)


def _workday(day: int, first: int, last: int) -> int:
    """The working day at or before a day, kept within first…last."""
    day = open_day(day)
    if day < first:  # the month begins with a weekend
        day = first + max(0, 7 - (first + 6) % 7) % 7 if (first + 6) % 7 > 4 else first
    return min(last, day)
