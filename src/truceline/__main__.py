"""`python -m truceline` is the command line, for where its folder is not on the path of commands."""

import sys

from truceline.cli import main

if __name__ == "__main__":
    sys.exit(main())
