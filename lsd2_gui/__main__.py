"""`python -m lsd2_gui`, and the entry script of the frozen program."""

import sys

from lsd2_gui.app import main

if __name__ == "__main__":
    sys.exit(main())
