"""What scripts read of an answer in JSON."""

import json
from typing import Any

from plantrack.render.formats.json import dumps


def as_json(data: Any) -> Any:
    """Return data as it is read again, its rows in lists."""
    return json.loads(dumps(data))
