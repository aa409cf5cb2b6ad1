"""Where the built program begins: the same entry as the `crmdesk` command."""

import multiprocessing
import sys

from crmdesk.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # an import reads its file in a child process
    sys.exit(main())
