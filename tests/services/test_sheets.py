"""The services of the sheet on real stores: sheets, files, the records behind each figure, plans, quiet, base."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.domain import months as calendar
from crmdesk.domain.base_loss import BaseChange
from crmdesk.domain.evidence import EvidenceKind
from crmdesk.domain.lists import Role
from crmdesk.domain.quiet import B0, OfficeRhythm, QuietSort
from crmdesk.domain.sheet import DEFAULT_FACTORS, AlarmKind, Factor, Sheet, SheetRequest, Sort
from crmdesk.services import plans, sheets, users
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UsageError, UserError
from crmdesk.system.jobs import Stopped
from tests.data.rows import add_client, add_order
from tests.data.sheet_office import fill, recount

LAST = 202610
ALL_SIX = (
    Factor.TURNOVER,
    Factor.GROSS_PROFIT,
    Factor.IMPORTANT_PRODUCTS,
    Factor.SKUS,
    Factor.ORDERS,
    Factor.PROMISES_KEPT,
)


def a_sheet(desk: Desk, **request: object) -> Sheet:
    manager = fill(desk)
    return sheets.sheet(desk, SheetRequest(manager, LAST, **request))  # type: ignore[arg-type]


# ---- sheets --------------------------------------------------------------------------------------------


def test_that_all_managers_come_in_one_batch_the_largest_first(office: Desk) -> None:
    fill(office)
    batch = sheets.all_sheets(office)
    assert {sheet.login for sheet in batch.sheets} == {"ivanova", "kovalenko", "sidorov"}
    totals = [sheet.totals.all.total for sheet in batch.sheets]
    assert totals == sorted(totals, reverse=True)
    raw = recount(office)
    shown = calendar.ending(LAST, 6)
    assert sum(totals) == sum(seen.turnover for (_, month), seen in raw.items() if month in shown)


def test_that_a_batch_without_a_month_shows_the_last_full_one(office: Desk) -> None:
    assert sheets.last_full_month(office) == LAST
    assert sheets.all_sheets(office).sheets[0].months[-1] == LAST


def test_that_an_owner_with_tracked_clients_gets_a_sheet_too(office: Desk) -> None:
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        add_client(writing, manager_id=office.me.id, tracked=True)
    assert "boss" in {sheet.login for sheet in sheets.all_sheets(office).sheets}


def test_that_a_batch_can_be_stopped_between_managers(office: Desk) -> None:
    fill(office)

    class Impatient:
        def __init__(self) -> None:
            self.seen: list[tuple[int, int]] = []

        def progress(self, done: int, total: int) -> None:
            self.seen.append((done, total))

        def check(self) -> None:
            if self.seen:
                raise Stopped

    job = Impatient()
    with pytest.raises(Stopped):
        sheets.all_sheets(office, job=job)
    assert job.seen == [(0, 3)]


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("sheet_months", {"months": 0}),
        ("sheet_months", {"months": 13}),
        ("sheet_ahead", {"ahead": 4}),
        ("sheet_ahead", {"ahead": -1}),
        ("sheet_factors", {"factors": ()}),
        ("sheet_factors", {"factors": (Factor.TURNOVER, Factor.TURNOVER)}),
        ("sheet_factors", {"factors": tuple(Factor)}),
    ],
)
def test_that_a_sheet_without_room_is_refused(sqlite_office: Desk, key: str, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        sheets.sheet(sqlite_office, SheetRequest(1, LAST, **wrong))  # type: ignore[arg-type]
    assert refused.value.key == key


def test_that_a_manager_nobody_knows_is_refused(office: Desk) -> None:
    with pytest.raises(UserError) as refused:
        sheets.sheet(office, SheetRequest(1, LAST))
    assert refused.value.key == "no_such_manager"


# ---- choices -------------------------------------------------------------------------------------------


def test_that_factors_are_kept_for_the_office(office: Desk) -> None:
    assert sheets.factors(office) == DEFAULT_FACTORS
    sheets.set_factors(office, ALL_SIX)
    assert sheets.factors(office) == ALL_SIX
    fill(office, clients=4)
    assert sheets.all_sheets(office).sheets[0].factors == ALL_SIX
    with pytest.raises(UsageError):
        sheets.set_factors(office, [])


def test_that_what_holds_for_everybody_is_not_a_managers_to_change(office: Desk) -> None:
    office.me = users.find(office, "ivanova")
    for change in (
        lambda: sheets.set_factors(office, ALL_SIX),
        lambda: sheets.set_alarm_rule(office, ratio=8.0),
        lambda: plans.set_plan(office, "ivanova", LAST, 500_00),
    ):
        with pytest.raises(UserError) as refused:
            change()
        assert refused.value.key == "no_right"
    assert sheets.factors(office) == DEFAULT_FACTORS
    assert plans.plan(office, "ivanova") == {}


def test_that_a_plan_is_set_changed_and_seen_on_the_sheet(office: Desk) -> None:
    plans.set_plan(office, "ivanova", LAST, 500_00)
    plans.set_plan(office, "ivanova", LAST, 700_00)
    assert plans.plan(office, "ivanova") == {LAST: 700_00}
    sheet = sheets.sheet(office, SheetRequest(users.find(office, "ivanova").id, LAST))
    assert sheet.head.month.plan == 700_00
    assert sheet.head.month.share == 0
    assert sheet.head.month.below_norm
    for month, amount, key in ((202613, 1, "not_a_month"), (LAST, -1, "below_zero")):
        with pytest.raises((UsageError, UserError)) as refused:
            plans.set_plan(office, "ivanova", month, amount)
        assert refused.value.key == key


def test_that_tracking_gives_a_client_a_row(office: Desk) -> None:
    manager = users.find(office, "ivanova").id
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        small, large = (add_client(writing, name, manager_id=manager) for name in ("Малый", "Большой"))
        add_order(writing, small, total=1_00)
        add_order(writing, large, total=900_00)
    request = SheetRequest(manager, LAST)
    assert sheets.sheet(office, request).rows == ()
    assert sheets.track_top(office, manager, 1) == 1
    assert [row.name for row in sheets.sheet(office, request).rows] == ["Большой"]
    sheets.set_tracked(office, [small, large], tracked=True)
    sheets.set_tracked(office, [large], tracked=False)
    assert [row.name for row in sheets.sheet(office, request).rows] == ["Малый"]


# ---- what stands behind a figure -----------------------------------------------------------------------


def test_that_every_cell_is_the_sum_of_the_records_behind_it(office: Desk) -> None:
    sheet = a_sheet(office, factors=ALL_SIX)
    compared = 0
    for row in sheet.rows:
        for factor in (*ALL_SIX, Factor.CALLS, Factor.VISITS, Factor.MAILINGS):
            for place, month in enumerate(sheet.months):
                records = sheets.behind(office, row.client_id, factor.value, month)
                figures = row.months[place]
                compared += bool(records)
                match factor:
                    case Factor.TURNOVER:
                        assert sum(one.amount or 0 for one in records) == figures.turnover
                    case Factor.GROSS_PROFIT:
                        assert sum(one.amount or 0 for one in records) == figures.gross_profit
                    case Factor.IMPORTANT_PRODUCTS:
                        assert sum(one.amount or 0 for one in records) == figures.important
                    case Factor.SKUS:
                        assert len(records) == figures.skus
                    case Factor.ORDERS:
                        assert len(records) == figures.orders
                    case Factor.PROMISES_KEPT:
                        assert len(records) == figures.promises_due
                        assert sum(one.note == "kept" for one in records) == figures.promises_kept
                    case Factor.CALLS:
                        assert len(records) == figures.calls
                    case Factor.VISITS:
                        assert len(records) == figures.visits
                    case Factor.MAILINGS:
                        assert len(records) == figures.mailings
        distinct = sheets.behind(office, row.client_id, "skus", last_month=LAST)
        assert len(distinct) == row.sums[Factor.SKUS]
        for place, month in enumerate(sheet.ahead):
            planned = sheets.behind(office, row.client_id, "plan", month)
            assert sorted(one.id for one in planned) == sorted(item.source_id for item in row.plan[place])
    assert compared > 80


def test_that_the_figures_of_the_head_open_their_records(office: Desk) -> None:
    sheet = a_sheet(office)
    request = SheetRequest(sheet.manager_id, LAST)
    head = sheet.head

    def records(what: str, month: int | None = None) -> list[object]:
        return list(sheets.behind_head(office, request, what, month))

    def money(what: str, month: int | None = None) -> int:
        return sum(one.amount or 0 for one in sheets.behind_head(office, request, what, month))

    assert len(records("overdue_tasks")) == head.overdue_tasks > 0
    promises = sheets.behind_head(office, request, "promises")
    assert len(promises) == head.promises_due
    assert sum(one.note == "late" for one in promises) == head.promises_broken > 0
    assert money("fact") == sheet.totals.all.total
    assert money("tracked") == sheet.totals.tracked.total
    assert money("others") == sheet.totals.others.total != 0
    assert money("fact", LAST) == head.month.fact
    assert money("plan") == sheet.totals.plan.total
    assert len(records("calls")) == head.calls
    assert len(records("visits")) == head.visits
    assert len({one.client_id for one in sheets.behind_head(office, request, "completeness")}) == head.clients_with_gaps
    base = [one.note for one in sheets.behind_head(office, request, "base")]
    assert [base.count(kind) for kind in (BaseChange.LOST, BaseChange.WON_BACK, BaseChange.NEW)] == [
        head.lost,
        head.won_back,
        head.new,
    ]


def test_that_alarms_goal_and_potential_open_their_records(office: Desk) -> None:
    sheet = a_sheet(office)
    kinds = set()
    for row in sheet.rows:
        for alarm in row.alarms:
            records = sheets.behind(office, row.client_id, alarm.kind)
            if alarm.kind is AlarmKind.PROMISE:
                assert max((office.clock.today() - one.day).days for one in records if one.day) == alarm.values[0]
            if alarm.kind is AlarmKind.SILENT:
                sales = [one.day for one in records if one.day and (one.amount or 0) > 0]
                assert not sales or (office.clock.today() - max(sales)).days == alarm.values[0]
            kinds.add(alarm.kind)
        potential = sheets.behind(office, row.client_id, "potential")
        assert bool(potential) == (row.potential is not None)
        assert all(one.kind is EvidenceKind.POTENTIAL for one in potential)
        sheets.behind(office, row.client_id, "goal")
        assert len(sheets.behind(office, row.client_id, "history")) == sum(
            row.history[i] is not None and len(sheets.behind(office, row.client_id, "turnover", month))
            for i, month in enumerate(calendar.ending(LAST, 24))
        )
    assert len(kinds) >= 3


def test_that_a_figure_nobody_knows_is_refused(sqlite_office: Desk) -> None:
    with pytest.raises(UsageError):
        sheets.behind(sqlite_office, 1, "weather")
    with pytest.raises(UsageError):
        sheets.behind_head(sqlite_office, SheetRequest(1, LAST), "weather")


# ---- paper and files -----------------------------------------------------------------------------------


def test_that_the_three_files_agree_and_the_journal_knows_them(office: Desk, tmp_path: Path) -> None:
    sheet = a_sheet(office)
    for name in ("one.pdf", "one.xlsx", "one.json"):
        assert sheets.save(office, sheet, tmp_path / name, lang="ru") == tmp_path / name
    found = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert found["manager"] == "ivanova"
    assert [row["client_id"] for row in found["rows"]] == [str(row.client_id) for row in sheet.rows]
    book = CalamineWorkbook.from_path(tmp_path / "one.xlsx")
    cells = [cell for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert all(row.name in cells for row in sheet.rows)
    document = pypdfium2.PdfDocument(tmp_path / "one.pdf")
    text = document[0].get_textpage().get_text_range()
    document.close()
    with office.store.read() as connection:
        logged = connection.execute(select(tables.AccessLog.__table__).order_by(tables.AccessLog.id)).all()
    assert [(line.kind, line.rows) for line in logged] == [
        ("print", len(sheet.rows)),
        ("export", len(sheet.rows)),
        ("export", len(sheet.rows)),
    ]
    assert re.fullmatch("sheet [0-9a-f]{16}", logged[0].what)
    assert logged[0].what.removeprefix("sheet ") in text.replace("\r\n", " ")
    assert {path.name for path in tmp_path.iterdir()} >= {"one.pdf", "one.xlsx", "one.json"}
    assert not list(tmp_path.glob("*.new"))


def test_that_a_batch_has_its_cover_and_in_json_is_a_list(sqlite_office: Desk, tmp_path: Path) -> None:
    fill(sqlite_office)
    batch = sheets.all_sheets(sqlite_office)
    sheets.save(sqlite_office, batch, tmp_path / "all.json", lang="uk")
    assert [one["manager"] for one in json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))] == [
        sheet.login for sheet in batch.sheets
    ]
    document = pypdfium2.PdfDocument(BytesIO(sheets.pdf(sqlite_office, batch, lang="uk")))
    assert len(document) == 1 + len(batch.sheets)
    document.close()


def test_that_a_preview_leaves_no_trace(sqlite_office: Desk) -> None:
    sheet = a_sheet(sqlite_office)
    assert sheets.pdf(sqlite_office, sheet, lang="en").startswith(b"%PDF")
    with sqlite_office.store.read() as connection:
        assert connection.execute(select(tables.AccessLog.__table__)).all() == []
    sheets.pdf(sqlite_office, sheet, lang="en", printed=True)
    with sqlite_office.store.read() as connection:
        assert len(connection.execute(select(tables.AccessLog.__table__)).all()) == 1


def test_that_the_seal_follows_from_the_data(sqlite_office: Desk) -> None:
    sheet = a_sheet(sqlite_office)
    for _ in range(2):
        sheets.pdf(sqlite_office, sheet, lang="ru", printed=True)
    with sqlite_office.store.read() as connection:
        seals = list(connection.scalars(select(tables.AccessLog.what)))
    assert len(set(seals)) == 2, "the first print is a change of the journal, so the second stands elsewhere"


def test_that_a_file_that_cannot_be_written_says_so_and_leaves_nothing(sqlite_office: Desk, tmp_path: Path) -> None:
    sheet = a_sheet(sqlite_office)
    with pytest.raises(UsageError) as refused:
        sheets.save(sqlite_office, sheet, tmp_path / "sheet.doc", lang="ru")
    assert refused.value.key == "sheet_ending"
    with pytest.raises(OutsideError) as failed:
        sheets.save(sqlite_office, sheet, tmp_path / "nowhere" / "sheet.json", lang="ru")
    assert failed.value.key == "sheet_not_saved"
    taken = tmp_path / "folder.json"
    taken.mkdir()
    with pytest.raises(OutsideError):
        sheets.save(sqlite_office, sheet, taken, lang="ru")
    assert not list(tmp_path.glob("*.new"))


# ---- who leaves ----------------------------------------------------------------------------------------


def test_that_the_quiet_list_has_two_orders(office: Desk) -> None:
    fill(office, clients=40)
    by_risk = sheets.quiet(office)
    by_money = sheets.quiet(office, sort=QuietSort.MONEY)
    assert {one.client_id for one in by_risk} == {one.client_id for one in by_money}
    assert [one.p_quiet for one in by_risk] == sorted((one.p_quiet for one in by_risk), reverse=True)
    assert [one.at_risk for one in by_money] == sorted((one.at_risk for one in by_money), reverse=True)
    assert all(one.silent_days >= 2.5 * one.usual_days for one in by_risk)
    shorter = {one.client_id: one.p_quiet for one in sheets.quiet(office, horizon=4)}
    assert all(shorter[one.client_id] > one.p_quiet for one in by_risk)
    assert by_risk
    with pytest.raises(UsageError):
        sheets.quiet(office, horizon=0)


def test_that_money_a_month_is_what_he_brought_while_he_bought(office: Desk) -> None:
    manager = users.find(office, "ivanova").id
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        client = add_client(writing, manager_id=manager, action_segment="CCC", tracked=True)
        for month in range(1, 8):
            add_order(writing, client, date(2026, month, 5), 100_00 * month)
    (found,) = sheets.quiet(office)
    # February to July and January: seven months with an order, 100 … 700: the mean is 400
    assert found.money_per_month == 400_00
    (row,) = sheets.sheet(office, SheetRequest(manager, LAST)).rows
    assert row.risk == round(row.p_quiet * 400_00)
    assert row.p_quiet == pytest.approx(found.p_quiet)
    assert row.rank == 1


def test_that_the_base_of_a_year_counts_lost_won_back_and_new(office: Desk) -> None:
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        steady, lost, back, fresh = (add_client(writing, name) for name in "абвг")
        for n in range(34):
            add_order(writing, steady, date(2024, 1, 10) + timedelta(days=30 * n))
        for n in range(8):
            add_order(writing, lost, date(2025, 5, 1) + timedelta(days=30 * n))
            add_order(writing, back, date(2024, 5, 1) + timedelta(days=30 * n))
        add_order(writing, back, date(2026, 9, 1))
        add_order(writing, fresh, date(2026, 10, 30))
    year = sheets.base(office, 2026)
    assert [month.month for month in year.months] == [*range(202601, 202612)]
    assert (year.lost, year.won_back, year.new) == (1, 1, 1)
    assert year.active_at_start == 2
    assert year.share_lost == 50
    with pytest.raises(UsageError):
        sheets.base(office, 0)


def test_that_the_office_fits_its_own_rhythm_and_keeps_it(office: Desk) -> None:
    fill(office, clients=40)
    before = sheets.quiet(office)
    fitted = sheets.refit(office)
    assert fitted.coefficients != B0
    with office.store.read() as connection:
        from crmdesk.data.quiet import kept_rhythm

        assert kept_rhythm(connection) == fitted
    assert {one.client_id for one in sheets.quiet(office)} != set() != {one.client_id for one in before}


def test_that_the_rhythm_is_fitted_once_a_month_where_there_is_something_to_fit(office: Desk) -> None:
    assert not sheets.refit_when_due(office)
    fill(office, clients=40)
    assert sheets.refit_when_due(office)
    assert not sheets.refit_when_due(office)
    office.clock = Clock.at(datetime(2026, 12, 1, 9), "Europe/Moscow")
    assert sheets.refit_when_due(office)


def test_that_the_office_sets_its_own_rule_and_a_fit_leaves_it(office: Desk) -> None:
    fill(office, clients=40)
    usual = {one.client_id for one in sheets.quiet(office)}
    sheets.set_alarm_rule(office, ratio=8.0)
    fewer = {one.client_id for one in sheets.quiet(office)}
    assert fewer < usual
    fitted = sheets.refit(office)
    assert (fitted.alarm_ratio, fitted.alarm_chance) == (8.0, OfficeRhythm().alarm_chance)
    with pytest.raises(UsageError):
        sheets.set_alarm_rule(office, chance=1.5)


def test_that_an_office_without_orders_has_no_quiet_clients_and_no_loss(office: Desk) -> None:
    assert sheets.quiet(office) == ()
    assert sheets.base(office, 2026).share_lost is None
    assert sheets.refit(office).coefficients == B0


def test_that_sorting_and_roles_do_not_change_the_totals(office: Desk) -> None:
    manager = fill(office)
    found = [sheets.sheet(office, SheetRequest(manager, LAST, sort=sort)) for sort in Sort]
    assert len({sheet.totals.all for sheet in found}) == 1
    assert len({sheet.risk_total for sheet in found}) == 1
    users.add(office, "newcomer", "Новикова София", Role.MANAGER)
    later = Clock.at(datetime(2026, 11, 2, 9, 31), "Europe/Moscow")
    assert later.today() == office.clock.today()
    assert any(sheet.login == "newcomer" and not sheet.rows for sheet in sheets.all_sheets(office).sheets)


def test_that_a_month_that_has_not_begun_is_refused_and_this_month_is_not(office: Desk) -> None:
    manager = users.find(office, "ivanova").id
    this_month = calendar.month_of(office.clock.today())
    assert sheets.sheet(office, SheetRequest(manager, this_month)).months[-1] == this_month
    with pytest.raises(UsageError, match="future_month"):
        sheets.sheet(office, SheetRequest(manager, calendar.add(this_month, 1)))
    with pytest.raises(UsageError, match="future_month"):
        sheets.all_sheets(office, last_month=calendar.add(this_month, 1))
