"""What is tried here is killed, filled and signalled as POSIX has it."""

import os

collect_ignore = ["test_faults.py"] if os.name == "nt" else []
