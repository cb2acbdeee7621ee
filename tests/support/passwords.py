"""A password that can be told apart, in every place where the program reads one."""

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

#: It is no part of anything else.
MARK = "Mat-khau-7f3q"


def passwords(folder: Path) -> dict[str, str]:
    """Return the variables of a mail server with the password everywhere; a file in `folder` has it too."""
    file = folder / "smtp-password"
    file.write_text(f"{MARK}\n", "utf-8")
    return {
        "PLANTRACK_SMTP_URL": f"smtp://nguoi-gui:{MARK}@127.0.0.1:9?from=kh@example.org",
        "PLANTRACK_SMTP_PASSWORD": MARK,
        "PLANTRACK_SMTP_PASSWORD_FILE": str(file),
    }


def forms_of(mark: str) -> tuple[bytes, ...]:
    """Return the forms in which a password may be found: as it is, as mail sends it, as a URL and UTF-16 have it."""
    text = mark.encode()
    return text, b64encode(text), text.replace(b"-", b"%2D"), mark.encode("utf-16-le")


def files_with(folder: Path, mark: str) -> list[Path]:
    """Return the files below a folder whose bytes have a password."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [
        path
        for path in files
        if any(form in data for data in parts_of(path.read_bytes()) for form in forms_of(mark))
    ]


def parts_of(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file, and of the parts that one of Word or Excel packs."""
    yield data
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as package:
            yield from map(package.read, package.namelist())
