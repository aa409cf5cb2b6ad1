"""The sentences of errors: what happened, where, what to do. Keys are those of CrmError; no Qt here."""

from __future__ import annotations

from crmdesk.system.errors import CrmError
from crmdesk.system.i18n import Words


def N_(text: str) -> str:
    """Marks a text for translation; returns it as it is."""
    return text


TEXTS: dict[str, str] = {
    "no_office": N_("There is no office at {address}. Create one with: crmdesk init {address}"),
    "office_exists": N_("Something is already at {address}. Choose another place for the new office."),
    "office_busy": N_("Another program is writing to the office at {address} and does not finish. Try again."),
    "no_folder": N_("There is no folder {folder}. Make it first, or choose another place."),
    "read_only_folder": N_(
        "Nothing can be written in the folder {folder}. Choose another place, or ask for the right."
    ),
    "read_only_office": N_("The office at {address} can only be read: there is no right to write to it."),
    "office_unreadable": N_("The file {address} cannot be opened: there is no right to read it."),
    "office_empty": N_("The file {address} is empty: there is no office in it. Restore a copy with: crmdesk restore"),
    "not_an_office": N_("{address} is not an office of CRMDesk. It was left as it is."),
    "office_damaged": N_("The office at {address} is damaged. It was left as it is. Restore a copy: crmdesk restore"),
    "office_in_use": N_(
        "{who} has had the office open on the computer {host} since {since}. In a network folder it is open in one "
        "place at a time. If that computer is off, delete the file {note}"
    ),
    "newer_schema": N_("A newer CRMDesk has worked with the office at {address}. Install that release here, too."),
    "older_schema": N_("The office at {address} is of an older release. Bring it up to date with: crmdesk upgrade"),
    "disk_full": N_("The disk of {address} is full. Nothing was saved. Free some room and try again."),
    "disk_failed": N_("The disk of {address} failed. Nothing was saved. Check the disk and try again."),
    "changed_meanwhile": N_("Somebody else has changed this meanwhile. Look at it again, then change it."),
    "text_not_kept": N_("A text holds a sign that cannot be kept (a zero, half of a sign). Type the text anew."),
    "text_too_long": N_("A text is longer than its field. Shorten it and save again."),
    "number_too_large": N_("A number is too large to be kept. Check it and save again."),
    "no_such_capacity": N_("A day has room for {least} to {most} minutes, not {value}."),
    "empty_name": N_("A name is needed. Type one and save again."),
    "no_right": N_("You have no right to do that in {address}. Ask the owner of the office."),
    "try_again": N_("Two people changed the same at {address} at once. Nothing was saved. Try again."),
    "connection_lost": N_("There is no connection to {address}. Check the network and the server, then try again."),
    "server_password": N_("The server of {address} wants another password. Check login and password."),
    "server_no_database": N_("The server has no such database: {address}. Check its name."),
    "server_no_login": N_("The server of {address} does not know this login, or has closed it. Ask the owner."),
    "server_no_entry": N_(
        "The server of {address} takes no connections from this computer. Its pg_hba.conf must allow them."
    ),
    "server_starting": N_("The server of {address} is starting or stopping. Try again in a minute."),
    "server_refuses": N_("The server of {address} does not let us in: {reason}"),
    "server_slow": N_("The server of {address} took too long to answer. Nothing was saved. Try again."),
    "server_overloaded": N_("The server of {address} has too much to do now. Try again in a minute."),
    "server_too_old": N_("{address} is Postgres {found}. CRMDesk needs release {oldest} or newer."),
    "not_utf8": N_("The database {address} keeps texts as {encoding}. Make one with the encoding UTF8."),
    "may_not_make_roles": N_(
        "The login “{login}” may not make logins for others on this server. "
        'Its administrator allows it with: ALTER ROLE "{login}" CREATEROLE'
    ),
    "password_empty": N_("A password cannot be empty."),
    "no_passwords_here": N_("An office in a file has no passwords. They belong to an office on a Postgres server."),
    "unknown_zone": N_("There is no time zone “{zone}”. An example of a right one: Europe/Moscow."),
    "unknown_currency": N_("“{currency}” is not a currency. Give its three letters: RUB, UAH, EUR…"),
    "bad_login": N_("“{login}” cannot be a login: use 1 to 63 letters or digits, without spaces at the ends."),
    "login_taken": N_("Somebody already has the login “{login}”. Choose another one."),
    "login_is_the_servers": N_("The server knows you as “{known}”; you cannot work as “{login}” over this connection."),
    "say_who_you_are": N_("Several people work in this office. Say who you are: --as LOGIN"),
    "user_disabled": N_("The user “{login}” is disabled. Ask the owner of the office."),
    "no_such_user": N_("There is no user “{login}” in this office. See the list: crmdesk user list"),
    "last_owner": N_("“{login}” is the only owner. Make somebody else an owner first."),
    # the supervisor's sheet
    "no_such_manager": N_("There is no manager with the number {manager} in this office."),
    "sheet_months": N_("A sheet shows 1 to {most} past months; {months} were asked for."),
    "sheet_ahead": N_("A sheet shows 0 to {most} coming months; {ahead} were asked for."),
    "sheet_factors": N_("A sheet has room for 1 to {most} factors, each of them once."),
    "sheet_ending": N_("A sheet can be saved as .pdf, .xlsx or .json; {file} ends otherwise."),
    "no_such_cell": N_("The sheet has no figure called “{what}”."),
    "sheet_not_saved": N_("{file} could not be saved: {why}. Nothing was changed; choose another place."),
    "not_a_month": N_("{month} is not a month. Write a year and a month, for example 2026-10."),
    "not_a_year": N_("{year} is not a year that can be counted. Write it like 2026."),
    "quiet_rule": N_("The chance is 0 to 1, the silence 0 to 100 usual gaps."),
    "quiet_horizon": N_("The horizon is 1 to {most} weeks; {weeks} were asked for."),
    # what is typed in about clients and people
    "name_missing": N_("A client needs a name. Type one and save again."),
    "name_too_long": N_("The name has {length} characters, at most {limit} are kept. Shorten it."),
    "field_too_long": N_("{length} characters were typed, at most {limit} are kept."),
    "norm_out_of_range": N_("A norm is 0 to {most} a month, {value} was typed."),
    "choose_client": N_("There is no client “{name}”. Type some letters and choose one of those offered."),
    "tax_number_ru": N_("A tax number has 10 or 12 digits, here are {found}."),
    "tax_number_ua": N_("A tax number has 8 or 10 digits, here are {found}."),
    "not_in_list": N_("“{value}” is not one of the values to choose from."),
    "below_zero": N_("{value} is below zero; give a number from zero up."),
    "no_such_client": N_("There is no such client any more. Look for him among the archived ones."),
    "client_changed": N_("Somebody else has just changed “{name}”. Compare the two and save again."),
    "no_right_to_transfer": N_("Only the owner or a supervisor gives clients to another manager."),
    "too_many_clients": N_("{count} clients are chosen; at most {limit} are changed at once. Choose fewer."),
    "view_nameless": N_("A list needs a name. Type one."),
    "view_name_too_long": N_("The name has {length} characters, at most {limit} are kept. Shorten it."),
    "view_not_yours": N_("Everybody sees this list: only the owner or a supervisor changes it."),
    "no_such_saved_view": N_("There is no such list any more. Somebody has put it away."),
    "person_nameless": N_("A person needs at least a surname or a given name."),
    "person_changed": N_("Somebody else has just changed “{name}”. Open the card again and repeat your change."),
    "no_such_person": N_("There is no such person any more. Open the card again."),
    "no_such_task": N_("There is no such task any more. Refresh the list."),
    "task_not_open": N_("“{title}” is already done or released."),
    "task_not_done": N_("“{title}” is not done yet."),
    "task_open": N_("“{title}” is still to be done."),
    "promise_to_nobody": N_("A promise is made to somebody. Choose the client."),
    "promise_undated": N_("A promise needs its day. Choose when it is to be kept."),
    "time_undated": N_("A time needs its day. Choose the day."),
    "no_such_time": N_("There is no such time of day. Write it as 15:30."),
    "no_such_length": N_("A task takes from 1 minute to 24 hours, not {minutes} min."),
    "not_your_day": N_("A manager sees his own day only."),
    "done_in_future": N_("{day} is still to come. Nothing can be done then already."),
    "task_changed": N_("Somebody else has just changed “{title}”. Refresh the list and repeat your change."),
    "title_too_long": N_("The title has {length} characters, at most {limit} are kept. Shorten it."),
    "reason_missing": N_("Say why it is no longer to be done."),
    "no_such_order": N_("There is no such order any more. Refresh the list."),
    "order_changed": N_("Somebody else has just changed order {number}. Refresh the list and repeat your change."),
    "unknown_kind": N_("There is no kind “{kind}”. The kinds are: {kinds}."),
    "unknown_ending": N_("{file} has an unknown ending. Use one of: {endings}."),
    "not_written": N_("{file} could not be written: {why}. Close it in other programs, or choose another place."),
    "no_lines": N_("An order needs at least one line."),
    "no_such_day": N_("There is no such day: {day}.{month}.{year}. Check the birthday."),
    # files that come in (exchange)
    "no_file": N_("There is no file {file}. Check the name and the folder."),
    "unreadable_file": N_("{file} cannot be read: {why}. Close it in other programs and try again."),
    "not_a_file": N_("{file} is not a file. Choose a table, a text file or a contact file."),
    "empty_file": N_("{file} is empty. Save it again in the program it comes from."),
    "file_too_big": N_("{file} has {megabytes} MB, at most {limit} MB can be read. Split it into parts."),
    "not_a_table": N_("{file} is not a table. CSV, XLSX, XLS, ODS and vCard files can be read."),
    "damaged_file": N_("{file} is damaged. Open it in the program it comes from and save it again."),
    "bomb": N_("{file} unpacks to far more than a table holds and was not opened. Save it as CSV."),
    "xml_with_dtd": N_("{file} holds a DTD, which tables do not have, and was not opened. Save it as CSV."),
    "locked_file": N_("{file} is protected by a password. Take the password off and try again."),
    "no_sheet": N_("{file} has no sheet called {sheet}."),
    "broken_row": N_("{file}: row {row} cannot be read. Look at the quotation marks there, or save the file as XLSX."),
    "file_too_heavy": N_("Reading {file} takes too much memory or time. Split it into parts or save it as CSV."),
    "unknown_encoding": N_("There is no encoding called {encoding}."),
    # the demo office
    "unknown_demo_size": N_("There is no demo office of the size “{size}”. The sizes are: {sizes}."),
    # the command line
    "which_office": N_("No office is open yet. Say which one: --office FILE, or make one: crmdesk init FILE"),
    "password_in_address": N_("Leave the password out of the address: others could read it. It will be asked for."),
    "no_such_view": N_("There is no view “{view}”. The views are: {views}."),
    "no_screen": N_("There is no screen here to open the window on. The commands work without one: crmdesk --help"),
    "no_window": N_("The window is not part of this installation."),
    "file_trouble": N_("{file} cannot be read or written: {why}."),
    "demo_needs_empty_office": N_("A demo can only fill an empty office, and this one has clients already."),
    # backups
    "no_backup": N_("There is no backup {file}. Check the name and the folder."),
    "backup_damaged": N_("The backup {file} is damaged and was not restored. Take an older one."),
    "backup_not_verified": N_("The copy {file} did not agree with the office and was thrown away. Try again."),
    "no_recent_copy": N_(
        "The base has no verified copy of the last {hours} hours, and only the owner's program can make one. "
        "Ask the owner to open CRMDesk, then import again."
    ),
    "backup_by_owner": N_("On a server the owner of the office makes the backups. Ask him."),
    "office_open_elsewhere": N_("The office at {address} is open. Close it on every computer and try again."),
    "restore_without_you": N_("The backup has no user “{login}”, as whom you are connected. Nothing was changed."),
    # the window
    "no_answer": N_("The base has not answered for {seconds} seconds. Check the network, then try again."),
    "picture_not_saved": N_("The picture {file} could not be written. Choose another folder."),
    "paper_not_saved": N_("{file} could not be saved: {why}. Choose another place."),
    "printer_failed": N_("The printer {printer} took nothing. Look at it, then print again."),
    "nothing_to_undo": N_("There is nothing to undo any more."),
    "undo_changed_since": N_("“{name}” has been changed since by somebody else. Nothing was undone."),
    # imports (services.imports)
    "empty_table": N_("There are no rows in {file}. Choose another sheet or another file."),
    "unclear_kind": N_(
        "It is not clear what {file} brings. Say it: clients, people, orders, products, interactions, tasks."
    ),
    "bad_mapping": N_(
        "The mapping cannot be used: {what}. It is a JSON file with “kind” and “columns”; each column needs one of the"
        " known fields."
    ),
    "future_month": N_("{month} has not begun. A sheet shows past months: name this month or an earlier one."),
    "unknown_import_kind": N_("{kind} cannot be imported. Known: {kinds}."),
    "no_import": N_("There is no import {id}."),
    "import_undone": N_("The import {id} was taken back before."),
}


REASONS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File name too long"),
    N_("Input/output error"),
)
"""What Linux says of a file, in English whatever the person's language; Windows speaks it by itself."""


def sentence(error: CrmError, words: Words) -> str:
    """The error in the person's language. An unknown key is a bug, and says its own name."""
    text = TEXTS.get(error.key)
    if text is None:
        return str(error)
    values = dict(error.values)
    if values.get("why") in REASONS:
        values["why"] = words.gettext(str(values["why"]))
    return words.gettext(text, **values)


def told(error: Exception, words: Words) -> str:
    """Any failure of work in one sentence: a rule's own, or that it is our mistake."""
    if isinstance(error, CrmError):
        return sentence(error, words)
    return words.gettext("This is a mistake of the program itself. A report has been kept on this computer.")
