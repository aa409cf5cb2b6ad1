"""The verbs and options of the command line, in the language of the person: argparse with its own words replaced."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NoReturn

from crmdesk.cli import care_verbs, file_verbs, lists_verbs, office_verbs, paper_verbs, selftest, window_verbs
from crmdesk.domain import months
from crmdesk.domain.lists import Role
from crmdesk.domain.sheet import Sort
from crmdesk.system.i18n import LANGUAGES, Words

Verb = Callable[[Any], int]


def N_(text: str) -> str:
    """Marks a text for translation; returns it as it is."""
    return text


# What argparse itself says; it looks these up at the moment it speaks.
ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
)


class Parser(argparse.ArgumentParser):
    """argparse that says a mistake in one sentence and takes no shortened options."""

    def __init__(self, *, words: Words, **kwargs: Any) -> None:
        self.words = words
        super().__init__(**{"allow_abbrev": False, **kwargs})

    def error(self, message: str) -> NoReturn:
        """One sentence to stderr, and exit code 2."""
        told = self.words.gettext("{program}: {mistake}. Help: {program} --help", program=self.prog, mistake=message)
        print(told, file=sys.stderr)
        raise SystemExit(2)


def parse(arguments: Sequence[str], words: Words) -> argparse.Namespace:
    """The options; `do` is the verb's function. Ends the program by SystemExit on a mistake or after --help."""
    vars(argparse)["_"] = words.gettext  # its own door to translations reads only compiled files of the system
    options = _Build(words).parser.parse_args(arguments)
    defaults = {"office": None, "login": None, "lang": None, "now": None, "json": False}
    return argparse.Namespace(**{**defaults, **vars(options)})


class _Build:
    """Builds the parser; `w` are the words."""

    def __init__(self, words: Words) -> None:
        self.w = w = words
        self.words = words
        self.shared = Parser(add_help=False, words=words)
        group = self.shared.add_argument_group(w.gettext("for every command"))
        keep = argparse.SUPPRESS  # said before or after the verb, and not forgotten by the verb's own parser
        where = w.gettext("the office: a file or postgresql://…; without it CRMDESK_OFFICE, then the last one opened")
        group.add_argument("--office", metavar=w.gettext("ADDRESS"), default=keep, help=where)
        group.add_argument(
            "--as",
            dest="login",
            metavar=w.gettext("LOGIN"),
            default=keep,
            help=w.gettext("who you are (SQLite; a server knows it)"),
        )
        group.add_argument("--lang", choices=LANGUAGES, default=keep, help=w.gettext("the language"))
        group.add_argument(
            "--now",
            metavar=w.gettext("MOMENT"),
            type=self.moment,
            default=keep,
            help=w.gettext("the office's clock, for rehearsals"),
        )
        group.add_argument("--json", action="store_true", default=keep, help=w.gettext("an answer for programs"))
        about = w.gettext(
            "A CRM for a small office: one sheet of paper per manager. Without a command it opens the window."
        )
        self.parser = Parser(prog="crmdesk", description=about, parents=[self.shared], words=words)
        self.parser.add_argument("--version", action="store_true", help=w.gettext("the release, and nothing else"))
        self.parser.set_defaults(do=window_verbs.window)
        self.verbs = self.parser.add_subparsers(title=w.gettext("commands"), metavar=w.gettext("COMMAND"))
        self.office_verbs()
        self.file_verbs()
        self.care_verbs()
        self.paper_verbs()
        self.list_verbs()
        self.window_verbs()

    def verb(self, name: str, do: Verb, about: str) -> Parser:
        """A verb that takes the shared options too."""
        made: Parser = self.verbs.add_parser(
            name, help=about, description=about, parents=[self.shared], words=self.words
        )
        made.set_defaults(do=do)
        return made

    def office_verbs(self) -> None:
        """init, user."""
        w = self.w
        init = self.verb("init", office_verbs.init, w.gettext("make a new office"))
        init.add_argument(
            "place", metavar=w.gettext("OFFICE"), help=w.gettext("a new file, or postgresql://… of an empty database")
        )
        init.add_argument(
            "--demo", choices=("small", "medium", "large"), help=w.gettext("fill it with a demo print shop")
        )
        init.add_argument(
            "--seed", type=self.number, default=1, metavar="N", help=w.gettext("another demo for another number")
        )
        init.add_argument("--name", metavar=w.gettext("NAME"), help=w.gettext("what the office is called"))
        init.add_argument("--currency", metavar="ABC", help=w.gettext("RUB, UAH, EUR…"))
        init.add_argument(
            "--zone", metavar=w.gettext("ZONE"), help=w.gettext("the time zone: Europe/Moscow, Europe/Kyiv…")
        )
        init.add_argument("--country", metavar="AB", help=w.gettext("the country of phones without a code: RU, UA…"))
        init.add_argument("--owner", metavar=w.gettext("LOGIN"), help=w.gettext("the owner's login"))
        init.add_argument("--owner-name", metavar=w.gettext("NAME"), help=w.gettext("the owner's name"))
        user = self.verb("user", office_verbs.user_list, w.gettext("the people of the office"))
        self.verbs, before = user.add_subparsers(title=w.gettext("commands"), metavar=w.gettext("COMMAND")), self.verbs
        add = self.verb("add", office_verbs.user_add, w.gettext("let somebody in"))
        add.add_argument("new_login", metavar=w.gettext("LOGIN"))
        add.add_argument("--name", metavar=w.gettext("NAME"), help=w.gettext("surname, given name, patronymic"))
        add.add_argument(
            "--role", choices=[role.value for role in Role], default="manager", help=w.gettext("what he is here")
        )
        add.add_argument("--branch", metavar=w.gettext("NAME"), help=w.gettext("his branch"))
        self.verb("list", office_verbs.user_list, w.gettext("show everybody"))
        disable = self.verb("disable", office_verbs.user_disable, w.gettext("let somebody in no longer"))
        disable.add_argument("old_login", metavar=w.gettext("LOGIN"))
        again = self.verb("enable", office_verbs.user_enable, w.gettext("let somebody in again"))
        again.add_argument("old_login", metavar=w.gettext("LOGIN"))
        secret = self.verb("password", office_verbs.user_password, w.gettext("give a login of the server a password"))
        secret.add_argument("old_login", metavar=w.gettext("LOGIN"))
        self.verbs = before

    def file_verbs(self) -> None:
        """import, undo-import, export."""
        w = self.w
        bring = self.verb("import", file_verbs.import_, w.gettext("clients and sales from a file"))
        kinds = "clients, people, orders, products, interactions, tasks"
        bring.add_argument("kind", metavar=w.gettext("KIND"), help=kinds + ", auto")
        bring.add_argument("file", metavar=w.gettext("FILE"), nargs="+")
        mapping = w.gettext("which column is what, as JSON; else guessed")
        bring.add_argument("--mapping", metavar=w.gettext("FILE.json"), help=mapping)
        keep = w.gettext("take the good rows even if others are refused")
        bring.add_argument("--keep-good", action="store_true", help=keep)
        make = w.gettext("make clients and products that are not known yet")
        bring.add_argument("--create-unknown", action="store_true", help=make)
        dry = w.gettext("show what would happen, write nothing")
        bring.add_argument("--dry-run", action="store_true", help=dry)
        undo = self.verb("undo-import", file_verbs.undo_import, w.gettext("take an import back"))
        number = w.gettext("the number that the import gave")
        undo.add_argument("import_id", metavar=w.gettext("IMPORT"), type=self.number, help=number)
        export = self.verb("export", file_verbs.export, w.gettext("the office's records as a table; leaves a trace"))
        export.add_argument(
            "kind", metavar=w.gettext("KIND"), help="clients, people, orders, products, interactions, tasks"
        )
        export.add_argument("file", metavar=w.gettext("FILE.csv|.xlsx"))

    def care_verbs(self) -> None:
        """backup, restore, doctor, upgrade."""
        w = self.w
        backup = self.verb("backup", care_verbs.backup, w.gettext("a verified copy of the office"))
        backup.add_argument("--to", metavar=w.gettext("FOLDER"), help=w.gettext("where to; else beside the office"))
        restore = self.verb("restore", care_verbs.restore, w.gettext("the office back from a copy"))
        restore.add_argument("file", metavar=w.gettext("FILE"))
        doctor = self.verb("doctor", care_verbs.doctor, w.gettext("integrity, derived figures, orphans"))
        self.verb("upgrade", care_verbs.upgrade, w.gettext("bring an office of an older release up to date"))
        doctor.add_argument("--repair", action="store_true", help=w.gettext("mend what can be counted anew"))

    def paper_verbs(self) -> None:
        """sheet."""
        w = self.w
        sheet = self.verb("sheet", paper_verbs.sheet, w.gettext("the supervisor's sheet"))
        whose = sheet.add_mutually_exclusive_group(required=True)
        whose.add_argument("--manager", metavar=w.gettext("LOGIN"), help=w.gettext("one manager's"))
        whose.add_argument("--all", action="store_true", help=w.gettext("every manager's, with a cover"))
        last = w.gettext("the last past month shown; else the last full one")
        sheet.add_argument("--month", type=self.month, metavar="YYYY-MM", help=last)
        sheet.add_argument(
            "--months", type=self.number, default=6, metavar="N", help=w.gettext("how many past months, 1 to 12")
        )
        sheet.add_argument(
            "--ahead", type=self.number, default=3, metavar="N", help=w.gettext("how many coming months, 0 to 3")
        )
        sorts = [sort.value for sort in Sort]
        sheet.add_argument("--sort", choices=sorts, default=sorts[0], help=w.gettext("the order of the rows"))
        out = w.gettext("FILE.pdf|.xlsx|.json")
        sheet.add_argument("--out", required=True, metavar=out, help=w.gettext("where to write it"))

    def list_verbs(self) -> None:
        """due, quiet, base."""
        w = self.w
        due = self.verb("due", lists_verbs.due, w.gettext("what is overdue and what is coming"))
        due.add_argument("--manager", metavar=w.gettext("LOGIN"), help=w.gettext("only his"))
        due.add_argument(
            "--until", metavar=w.gettext("DAY"), type=self.day, help=w.gettext("up to this day; else a week ahead")
        )
        quiet = self.verb("quiet", lists_verbs.quiet, w.gettext("who is going silent"))
        quiet.add_argument(
            "--horizon", type=self.number, default=13, metavar="N", help=w.gettext("weeks to look ahead")
        )
        quiet.add_argument(
            "--sort", choices=("risk", "money"), default="risk", help=w.gettext("the likeliest, or the dearest first")
        )
        base = self.verb("base", lists_verbs.base, w.gettext("lost, won back and new clients of a year"))
        base.add_argument("--year", type=self.number, metavar="YYYY", required=True, help=w.gettext("the year"))

    def window_verbs(self) -> None:
        """shot, self-test."""
        w = self.w
        shot = self.verb("shot", window_verbs.shot, w.gettext("a picture of a view"))
        shot.add_argument("view", metavar=w.gettext("VIEW"))
        shot.add_argument("--out", required=True, metavar=w.gettext("FILE.png"), help=w.gettext("where to write it"))
        shot.add_argument(
            "--size", type=self.size, default=(1366, 768), metavar="1366x768", help=w.gettext("width and height")
        )
        shot.add_argument("--scale", type=self.scale, default=1.0, metavar="1.5", help=w.gettext("points on one pixel"))
        self.verb("self-test", selftest.self_test, w.gettext("the installed program proves itself"))
        shot.add_argument("--dark", action="store_true", help=w.gettext("in dark colours"))

    # ---- kinds of values -------------------------------------------------------------------------------

    def number(self, text: str) -> int:
        """A whole number."""
        try:
            return int(text)
        except ValueError:
            raise self._wrong(self.w.gettext("“{said}” is not a whole number", said=text)) from None

    def scale(self, text: str) -> float:
        """A scale between a half and four."""
        try:
            found = float(text)
        except ValueError:
            found = 0.0
        if not 0.5 <= found <= 4:
            raise self._wrong(self.w.gettext("“{said}” is not a scale from 0.5 to 4", said=text))
        return found

    def size(self, text: str) -> tuple[int, int]:
        """1366x768."""
        wide, _, high = text.lower().partition("x")
        if not (wide.isdecimal() and high.isdecimal() and 200 <= int(wide) <= 8000 and 200 <= int(high) <= 8000):
            raise self._wrong(self.w.gettext("“{said}” is not a size like 1366x768", said=text))
        return int(wide), int(high)

    def day(self, text: str) -> date:
        """2026-11-02."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self._wrong(self.w.gettext("“{said}” is not a day like 2026-11-02", said=text)) from None

    def moment(self, text: str) -> datetime:
        """2026-11-02T09:30, in office time unless it names a zone."""
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise self._wrong(self.w.gettext("“{said}” is not a moment like 2026-11-02T09:30", said=text)) from None

    def month(self, text: str) -> int:
        """2026-10."""
        try:
            return months.parse_iso(text)
        except ValueError:
            raise self._wrong(self.w.gettext("“{said}” is not a month like 2026-10", said=text)) from None

    def _wrong(self, told: str) -> argparse.ArgumentTypeError:
        return argparse.ArgumentTypeError(told)
