"""Files of annexes that are damaged on purpose, and what is said of them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plantrack.errors import Exit, Failure
from plantrack.i18n.failure import sentence
from plantrack.i18n.words import LANGUAGES, Words


def zipped(**parts: bytes) -> bytes:
    """Return an archive; "__" in a name stands for "/", "_" for "."."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return file.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return file.getvalue()


#: `refusal` with the reader and folder of a test given.
Refused = Callable[..., Failure]


def refusal(
    read: Callable[[Path], object], folder: Path, data: bytes, code: str, name: str = "x.docx"
) -> Failure:
    """Read bytes as an annex, which must fail with `code`, in words of both languages."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(Failure) as found:
        read(path)
    assert found.value.code == code
    assert found.value.exit_code == Exit.FILE
    for language in LANGUAGES:
        assert all("{" not in text for text in sentence(Words(language), found.value))
    return found.value
