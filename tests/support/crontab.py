"""What cron makes of a line."""

import subprocess


def as_cron_runs_it(line: str) -> list[str]:
    """Return the words that a command gets: cron takes its marks away as Debian's does, and the shell the rest."""
    command, text, escaped = line.split(" ", 5)[5], "", False
    for sign in command:
        if escaped:
            text = text[:-1] + sign if sign in "%\\" else text + sign
            escaped = False
            continue
        assert sign != "%", "the end of the line"
        text, escaped = text + sign, sign == "\\"
    show = 'for word; do printf "%s\\0" "$word"; done'
    shown = subprocess.run(
        ["/bin/sh", "-c", f"set -- {text}\n{show}"], capture_output=True, check=True, env={}
    )
    return shown.stdout.decode().split("\0")[:-1]
