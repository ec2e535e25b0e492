"""The command of the packaged program."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from lsd2.cli.main import main

    sys.exit(main())
