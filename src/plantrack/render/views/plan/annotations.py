"""Problems of plan files as other programs take them: a line each, or what GitHub and GitLab annotate.

GitHub reads workflow commands, `::error file=…::message`; GitLab reads the artifact of a Code Quality report.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from typing import Final

from plantrack.i18n.words import Words
from plantrack.model.problem import Problem
from plantrack.model.text import visible
from plantrack.render.layout.json_object import Object
from plantrack.render.views.plan.check import problem_words

#: What speaks of other lines changes when something is added above it.
_MOVING: Final = ("line", "lines", "first")
_GRAVE: Final = {"error": "critical", "warning": "minor"}


def line(problems: Iterable[Problem], words: Words) -> str:
    """Write `FILE:LINE:COLUMN: error[P012]: MESSAGE HINT`; what a file as a whole has stands at its beginning."""
    return "".join(f"{_line(problem, words)}\n" for problem in problems)


def _line(problem: Problem, words: Words) -> str:
    place = f"{visible(problem.file)}:{max(1, problem.line)}:{max(1, problem.column)}"
    return f"{place}: {problem.severity}[{problem.code}]: {' '.join(problem_words(problem, words))}"


def github(problems: Iterable[Problem], words: Words) -> str:
    """Write a workflow command for each problem."""
    return "".join(f"{_command(problem, words)}\n" for problem in problems)


def _command(problem: Problem, words: Words) -> str:
    message, hint = problem_words(problem, words)
    at = {"line": str(problem.line), "col": str(problem.column)} if problem.line else {}
    properties = {"file": problem.file, **at, "title": problem.code}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{problem.severity} {listed}::{_data(f'{message} — {hint}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(problems: Iterable[Problem], words: Words) -> str:
    """Write a Code Quality report."""
    seen: Counter[str] = Counter()
    report = [_entry(problem, words, seen) for problem in problems]
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _entry(problem: Problem, words: Words, seen: Counter[str]) -> Object:
    return {
        "description": " — ".join(problem_words(problem, words)),
        "check_name": problem.code,
        "fingerprint": _fingerprint(problem, seen),
        "severity": _GRAVE[problem.severity],
        "location": {"path": problem.file, "lines": {"begin": max(1, problem.line)}},
    }


def _fingerprint(problem: Problem, seen: Counter[str]) -> str:
    """Return what tells a problem from others: not its line, so that it is the same one when lines are added above."""
    params = sorted(f"{key}={value}" for key, value in problem.params.items() if key not in _MOVING)
    said = "\0".join([problem.file, problem.code, problem.excerpt.strip(), *params])
    seen[said] += 1
    return hashlib.sha256(f"{said}\0{seen[said]}".encode("utf-8", "surrogatepass")).hexdigest()


#: The forms by the names by which they are asked for.
FORMS: Final = {"line": line, "github": github, "gitlab": gitlab}
