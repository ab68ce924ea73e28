"""The command line: one command a file."""

import os

# Before numpy is imported anywhere: threads of its own make small products slower, and answers wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
