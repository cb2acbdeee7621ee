"""The code of a site as it is typed: `HN`, and `HN2` for a second computer there."""

import re
from collections.abc import Collection
from typing import Final

from plantrack.errors import Failure
from plantrack.model.text import nfc
from plantrack.model.typed.vietnamese_names import HUB

_FORM: Final = re.compile("[A-Z]{2,8}([1-9][0-9]?)?")
#: What stands before the label of a task anyway, and what is no site's.
_TAKEN: Final = frozenset({"NV", *(word.upper() for own in HUB.items() for word in own)})


def parse_site(text: str, taken: Collection[str]) -> str:
    """Read the code of a site; `taken`: codes that are something else's: plans, areas, activities.

    Raises: site-form, site-taken.
    """
    code = nfc(text).strip().upper()
    if not _FORM.fullmatch(code) or code in _TAKEN:
        raise Failure("site-form", site=text)
    if code in {one.upper() for one in taken}:
        raise Failure("site-taken", site=code)
    return code
