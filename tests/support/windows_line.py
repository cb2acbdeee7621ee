"""What Windows makes of a command line: `cmd` of its marks, and a program of its quotes."""

from collections.abc import Iterator
from itertools import takewhile


def argv(line: str) -> list[str]:
    """Return the arguments of a program, as C's library reads them behind the program's name (CommandLineToArgvW)."""
    found, word, is_quoted, slashes = list[str](), "", False, 0
    has_word = False
    for sign in line + " ":
        if sign == "\\":
            slashes += 1
            has_word = True
            continue
        if sign == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                is_quoted = not is_quoted
            has_word, slashes = True, 0
            continue
        word, slashes = word + "\\" * slashes, 0
        if sign in " \t" and not is_quoted:
            found += [word] if has_word else []
            word, has_word = "", False
        else:
            word, has_word = word + sign, True
    assert not is_quoted, f"a quote stays open: {line}"
    return found


def run_by_cmd(arguments: str) -> tuple[dict[str, str], str]:
    """Return the variables that are set, and the line that is run, of what `cmd` is given (`/s /c "…"`)."""
    assert arguments.startswith('/d /s /c "')
    assert arguments.endswith('"')
    *settings, line = _steps(arguments.removeprefix('/d /s /c "')[:-1])
    assert all(step.startswith("set ") for step in settings)
    return dict(step.removeprefix("set ").split("=", 1) for step in settings), line


def _steps(line: str) -> Iterator[str]:
    """Split at `&&`, and take away the marks; nothing that means something may stand without one.

    Only the program, which a step begins with, stands in quotes.
    """
    signs, step = iter(line), ""
    for sign in signs:
        if sign == '"' and not step:
            step = f'"{"".join(takewhile(lambda inside: inside != chr(34), signs))}"'
        elif sign == "^":
            step += next(signs)
        elif sign == "&":
            assert next(signs) == "&"
            yield step
            step = ""
        else:
            assert sign not in '"|<>()%!', f"{sign} means something here: {line}"
            step += sign
    yield step
