"""`python -m tests.hostile`: every text through every door into every form, where the suite takes some of each."""

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the tests of this folder with all texts; what is typed goes to pytest."""
    environment = {**os.environ, "PLANTRACK_HOSTILE": "all"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        str(Path(__file__).parent),
        *sys.argv[1:],
    ]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
