"""The boundary: runs a command, and turns every failure into a sentence, an exit code and, if asked, JSON."""

import contextlib
import os
import sys
from collections.abc import Sequence

from plantrack.cli.session import Session
from plantrack.deliver import end_signals, streams
from plantrack.errors import Exit, Failure
from plantrack.model.typed.vietnamese_names import OPTIONS
from plantrack.services.context import Clock, utc_now

#: The versions of Typer that the tests have passed, as in pyproject.toml: from the first, below the second.
TYPER = ((0, 26, 8), (0, 29))


def main(args: Sequence[str], clock: Clock = utc_now) -> int:
    """Run the program with its arguments; return its exit code."""
    session = Session(clock)
    try:
        return _foreseen(session, args)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told)
        from plantrack.cli.failing.defect import defect

        return _fail(session, defect(session, args, error))
    finally:
        session.close()
        _tell_place(session)


def _foreseen(session: Session, args: Sequence[str]) -> int:
    """Run, and tell each failure that has words; what is left is a defect, also one of the telling."""
    try:
        return _run(session, args)
    except Failure as failure:
        code = _fail(session, failure)
        if code == Exit.NO_SUCH:  # it may be there by now
            _tell_elsewhere(session)
        return code
    except KeyboardInterrupt:
        return _fail(session, Failure("interrupted"))
    except Exception:
        if cause := _cause(session):
            return _fail(session, cause)
        raise


def _tell_elsewhere(session: Session) -> None:
    """Tell that what was read is not up to date; `db status` answers it, and what writes is refused."""
    if session.command != "db status" and not session.writes and session.elsewhere is not None:
        from plantrack.cli.place_notice import tell_elsewhere

        tell_elsewhere(session)


def _tell_place(session: Session) -> None:
    """Tell what is unsafe about where the database lies that was read or written, once a day; `db status` answers it."""
    if "://" in (session.options.get("db") or ""):
        from plantrack.cli.place_notice import tell_password

        tell_password(session)
    if session.looked_at is not None and session.command != "db status":
        from plantrack.cli.place_notice import tell_place

        with contextlib.suppress(OSError, ValueError):  # what cannot be found out is no reason to fail
            tell_place(session, session.looked_at)


def _cause(session: Session) -> Failure | None:
    """Look for what may lie behind an error that nobody foresaw: a folder that is gone, damage to the data."""
    try:
        os.getcwd()
    except OSError:
        return Failure("folder-gone")
    with contextlib.suppress(Exception):  # of two defects, the first is told
        return session.damage()
    return None


def _run(session: Session, args: Sequence[str]) -> int:
    _foresee(session, args)
    _refuse_other_typer()
    from plantrack.cli.typer_adapter import program

    ended = program().main(args=list(args), prog_name="plantrack", obj=session, standalone_mode=False)
    if ended == Exit.INTERRUPTED:
        raise KeyboardInterrupt
    _tell_elsewhere(session)
    return session.exit_code


def _refuse_other_typer() -> None:
    """Say plainly that the Typer that is installed is another one: its inside differs between minor versions."""
    import typer

    parts = typer.__version__.split(".")[:3]
    found = tuple(int("".join(filter(str.isdigit, part)) or 0) for part in parts)
    if not TYPER[0] <= found < TYPER[1]:
        wanted = [".".join(map(str, version)) for version in TYPER]
        command = f"pip install 'typer>={wanted[0]},<{wanted[1]}'"
        raise Failure(
            "typer-version", found=typer.__version__, first=wanted[0], below=wanted[1], command=command
        )


def _foresee(session: Session, args: Sequence[str]) -> None:
    """Note how an error is to be worded, should the arguments not even parse."""
    args = args[: args.index("--")] if "--" in args else args
    for name in ("lang", "format", "output", "width"):
        for typed in (f"--{name}", f"--{OPTIONS[name]}"):
            for before, arg in zip(["", *args], args, strict=False):
                if before == typed:
                    session.options.setdefault(name, arg)
                elif arg.startswith(f"{typed}="):
                    session.options.setdefault(name, arg.partition("=")[2])


def _fail(session: Session, failure: Failure) -> int:
    from plantrack.cli.failing.error_output import tell_failure

    try:
        tell_failure(session, failure)
    except Failure as second:  # the envelope could not be printed
        for name in ("format", "output"):
            session.options.pop(name, None)
        tell_failure(session, failure)
        tell_failure(session, second)
    return failure.exit_code


def run() -> None:
    """Run as a process, which ends without taking its parts to pieces."""
    end_signals.listen()
    streams.use_utf8()
    code = main([_utf8(arg) for arg in sys.argv[1:]])
    end_signals.obey()
    os._exit(code if streams.flush() else code or Exit.DELIVERY)


def _utf8(arg: str) -> str:
    """Read an argument as UTF-8, also where the locale made Python read it otherwise."""
    return os.fsencode(arg).decode("utf-8", "surrogateescape")
