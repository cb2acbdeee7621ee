"""The words with which people say that there is no difficulty, or nothing to propose."""

import re
from typing import Final

from plantrack.model.text import match_key

#: Nothing but such words, in whatever order: "Không có khó khăn, vướng mắc gì", "Chưa phát sinh".
_NO: Final = re.compile(
    r"(?:khong|chua)(?: (?:khong|chua|co|phat sinh|kho khan|vuong mac|ton tai|de xuat|kien nghi|y kien|gi|nao|deu|ca|va"
    r"|hay|hoac))*|none|no|nothing|no (?:difficulty|difficulties|proposals?)"
)
_APART: Final = re.compile(r"[\s,;.:!/&()-]+")
#: No such answer is longer.
_LONGEST: Final = 80


def says_nothing(text: str) -> bool:
    """Return whether a text only says that there is nothing to say."""
    if len(text) > _LONGEST or text[:1].casefold() not in "kcn":
        return False
    return _NO.fullmatch(_APART.sub(" ", match_key(text)).strip()) is not None
