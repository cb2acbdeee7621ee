"""The catalogues as they are written, by key."""

import io
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "src" / "plantrack" / "i18n" / "locale"


def sources(language: str) -> list[Path]:
    """Return the files a language is written in."""
    return sorted((LOCALE / language).glob("*.po"))


def messages(language: str) -> dict[str, Message]:
    """Return every entry of a language by its key."""
    found = {}
    for path in sources(language):
        for message in read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True):
            if message.id:
                found[keys(message)[0]] = message
    return found


def keys(message: Message) -> tuple[str, ...]:
    """Return the one key, or the two keys of an entry with plurals."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def texts(message: Message) -> tuple[str, ...]:
    """Return the one text, or the texts of an entry with plurals."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(text: str) -> set[str]:
    """Return the names of a text's places; each is a bare name in braces."""
    parts = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    assert all(name and name.isidentifier() and not (s or c) for name, s, c in parts), text
    return {str(name) for name, _, _ in parts}


VI = messages("vi")
EN = messages("en")


def keys_of(section: str) -> set[str]:
    """Return what stands after the name of a section in its keys."""
    return {key.removeprefix(f"{section}.") for key in VI if key.startswith(f"{section}.")}
