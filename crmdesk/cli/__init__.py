"""The command line: the same services without a screen. The verbs and their options: docs and `crmdesk --help`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from crmdesk.cli.screens import Screens

EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_OUTSIDE = 0, 1, 2, 3


def run(arguments: Sequence[str], screens: Screens | None = None) -> int:
    """Does what the arguments say; the exit code: 0 done, 1 refused or findings, 2 bad usage, 3 outside trouble.

    `screens` are the window and the pictures, lent by __main__: this room knows no Qt.
    """
    if "--version" in arguments[:1]:
        from crmdesk import __version__

        print(f"CRMDesk {__version__}")
        return EXIT_DONE
    _speak_utf8()
    from crmdesk.cli import parser, session  # not before: `--version` answers at once
    from crmdesk.system.errors import CrmError, OutsideError, UsageError
    from crmdesk.system.i18n import words
    from crmdesk.system.jobs import Stopped
    from crmdesk.ui.error_texts import sentence

    spoken = words(session.language(arguments))
    now = None
    try:
        options = parser.parse(arguments, spoken)
        now = session.Session(options, spoken, screens or Screens())
        return int(options.do(now))
    except CrmError as error:
        spoken = now.words if now else spoken
        print(sentence(error, spoken), file=sys.stderr)
        if isinstance(error, UsageError):
            return EXIT_USAGE
        return EXIT_OUTSIDE if isinstance(error, OutsideError) else EXIT_REFUSED
    except (KeyboardInterrupt, Stopped):
        print("\n" + spoken.gettext("Stopped. Nothing was left half done."), file=sys.stderr)
        return EXIT_REFUSED
    except BrokenPipeError:  # somebody reads only the first lines: `crmdesk due | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except OSError as error:
        told = OutsideError("file_trouble", file=error.filename or "", why=error.strerror or str(error))
        print(sentence(told, spoken), file=sys.stderr)
        return EXIT_OUTSIDE
    except SystemExit as ended:  # argparse has said what it had to say
        return int(ended.code or 0)
    finally:
        if now:
            now.close()


def _speak_utf8() -> None:
    """Cyrillic on a Windows console, or in a pipe to a program that expects UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
