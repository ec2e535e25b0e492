"""The window of the packaged program, and its worker process."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from lsd2_gui.app import main

    sys.exit(main())
