"""The program: `crmdesk` opens the window, `crmdesk VERB …` works without one."""

from __future__ import annotations

import sys


def main() -> int:
    """The entry point; the exit code."""
    from crmdesk import cli

    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
