"""`python -m grader` is `grade`."""

import os
import sys

# `python -m` puts the folder that it is run in first; a learner's random.py there is not Python's own.
if not getattr(sys.flags, "safe_path", False) and sys.path[0] != os.path.dirname(os.path.dirname(__file__)):
    del sys.path[0]

from grader.start import main

if __name__ == "__main__":
    main()
