"""Shells on a real terminal (a pseudo-terminal), with the completion that the program prints: keys go in, the line comes out."""

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from plantrack.cli import completion
from plantrack.cli.completion.answer import SCRIPTS

pty = pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")
#: What each shell reads first. Ctrl-G writes the line as it stands into `$LINES`, when all before it is done.
SETTINGS = {
    "bash": """
PS1='> '
HISTFILE=
bind 'set enable-bracketed-paste off' 'set bell-style none' 2> /dev/null
bind 'set show-all-if-ambiguous on'
bind 'set page-completions off'
bind 'set completion-query-items 0'
eval "$(plantrack completion bash)"
tell() { printf '%s' "$READLINE_LINE" > "$TOLD"; }
bind -x '"\\C-g": tell'
""",
    "zsh": """
PS1='> '
unset zle_bracketed_paste
setopt no_beep
LISTMAX=1000
autoload -Uz compinit && compinit -u -d "$HOME/zcompdump"
eval "$(plantrack completion zsh)"
tell() { print -rn -- "$BUFFER" > "$TOLD" }
zle -N tell
bindkey -e
bindkey '^G' tell
""",
    "fish": """
set fish_greeting
function fish_prompt; echo '> '; end
plantrack completion fish | source
function tell; commandline | string collect > $TOLD; end
bind \\cg tell
""",
}
#: How each switches completion on, in its settings; and how it finds the script that was installed for the machine.
_SWITCHED_ON = {
    "bash": 'eval "$(plantrack completion bash)"',
    "zsh": 'eval "$(plantrack completion zsh)"',
    "fish": "plantrack completion fish | source",
}
_INSTALLED = {
    "bash": ("bash-completion/completions/plantrack", ". /usr/share/bash-completion/bash_completion"),
    "zsh": (
        "zsh/site-functions/_plantrack",
        'fpath=("$HOME/share/zsh/site-functions" $fpath); compinit -u -D',
    ),
    "fish": ("fish/vendor_completions.d/plantrack.fish", ""),
}
_STARTED = {
    "bash": ["bash", "--noprofile", "--rcfile", "{settings}", "-i"],
    "zsh": ["zsh", "-i"],
    "fish": ["fish", "-i"],
}
_SETTINGS_IN = {"bash": "settings", "zsh": ".zshrc", "fish": "config/fish/config.fish"}
_SCREEN = "stty rows 60 cols 120 -echo; "


class Shell:
    """A shell that somebody types into; it is one of the program's own, whatever is installed."""

    def __init__(
        self, name: str, folder: Path, home: Path, language: str = "vi", *, installed: bool = False
    ) -> None:
        self.folder = folder
        self.told = home / "told"
        self.seen = b""
        os.mkfifo(self.told)
        # Where fish finds none of its own, it reads all of the machine's manual pages, and the terminal stays open so long.
        (home / "data/fish/generated_completions").mkdir(parents=True)
        settings = home / _SETTINGS_IN[name]
        settings.parent.mkdir(parents=True, exist_ok=True)
        text = SETTINGS[name]
        if installed:
            text = text.replace(_SWITCHED_ON[name], _install(name, home / "share"))
        settings.write_text(text, "utf-8")
        started = [part.replace("{settings}", str(settings)) for part in _STARTED[name]]
        environment = {
            "HOME": str(home),
            "ZDOTDIR": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_DATA_DIRS": f"{home / 'share'}:/usr/local/share:/usr/share",
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "PLANTRACK_LANG": language,
            "TOLD": str(self.told),
            "PATH": f"{_program(home)}:{os.environ['PATH']}",
        }
        self.child, self.screen = pty.fork()
        if self.child == 0:  # pragma: no cover (the other process)
            os.chdir(folder)
            shell = str(shutil.which(started[0]))
            wrapped = ["/bin/sh", "-c", f'{_SCREEN} exec "$0" "$@"', shell, *started[1:]]
            os.execve("/bin/sh", wrapped, environment)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        try:
            while part := os.read(self.screen, 4096):
                self.seen += part
        except OSError:  # Linux says so when the other side is closed
            pass

    def line(self, typed: str) -> str:
        """Type keys into an empty line, and return the line as it then stands."""
        os.write(self.screen, b"\x15" + typed.encode() + b"\x07")
        return self.told.read_text("utf-8").removesuffix("\n")

    def end(self) -> str:
        """End the shell, and return all that was to be seen."""
        os.write(self.screen, b"\x15exit\r")
        self._reader.join()
        os.waitpid(self.child, 0)
        os.close(self.screen)
        return self.seen.decode("utf-8", "replace")


def _install(name: str, share: Path) -> str:
    """Put the script of a shell where an installation has it, and return how the shell comes to look there."""
    place, settings = _INSTALLED[name]
    file = share / place
    file.parent.mkdir(parents=True)
    shutil.copy(Path(completion.__file__).parent / SCRIPTS[name], file)
    return settings


def _program(home: Path) -> Path:
    """Make a program of this name that runs what is tested."""
    folder = home / "bin"
    folder.mkdir()
    source = Path(completion.__file__).parents[3]
    file = folder / "plantrack"
    file.write_text(f'#!/bin/sh\nPYTHONPATH={source} exec {sys.executable} -m plantrack "$@"\n')
    file.chmod(0o755)
    return folder
