"""What files of Office share: text that XML can hold, and one way of packing."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Final

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The languages as documents name them.
LOCALES: Final = {"vi": "vi-VN", "en": "en-GB"}
_CORE: Final = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_APP: Final = 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
#: What XML cannot hold, however it is written.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": None})
_SPECIAL: Final = re.compile('[&<>"\r]')
#: The earliest day that a zip archive knows, so that the bytes tell nothing of when it was made.
_DAY: Final = (1980, 1, 1, 0, 0, 0)
#: Markup is so alike that packing it harder takes much longer and makes it little smaller.
_LEVEL: Final = 2


def legal(text: str) -> str:
    """Return text that XML can hold: a control character is shown as `\\x1b`."""
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return text


def xml_text(text: str) -> str:
    """Return text as XML has it, in an element or an attribute."""
    text = legal(text)
    return text.translate(_MARKUP) if _SPECIAL.search(text) else text


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def packed(parts: Mapping[str, bytes | Iterable[bytes]]) -> Iterator[bytes]:
    """Pack parts, each in one piece or in many: the same parts give the same bytes, whenever and wherever.

    What is packed is small beside what was said; so it is held until it is whole.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in sorted(parts, key=_place):
            info = zipfile.ZipInfo(name, _DAY)
            info.create_system, info.external_attr = 3, 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            pieces = parts[name]
            with archive.open(info, "w") as file:
                file.writelines([pieces] if isinstance(pieces, bytes) else pieces)
    yield out.getvalue()


def _place(name: str) -> tuple[bool, bool, str]:
    """Put first what says what the other parts are: programs that look at a file's beginning rely on it."""
    return name != "[Content_Types].xml", name != "_rels/.rels", name


def described(title: str, language: str) -> dict[str, bytes]:
    """Write the parts that describe a file: what it is called, its language, what made it; no author and no clock."""
    core = (
        f"<cp:coreProperties {_CORE}><dc:title>{xml_text(title)}</dc:title>"
        f"<dc:language>{LOCALES[language]}</dc:language><cp:revision>1</cp:revision></cp:coreProperties>"
    )
    app = f"<Properties {_APP}><Application>plantrack</Application></Properties>"
    parts = {"docProps/core.xml": core, "docProps/app.xml": app}
    return {name: (_DECLARATION + part).encode() for name, part in parts.items()}
