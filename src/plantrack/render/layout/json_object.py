"""What the answers in JSON are made of."""

from typing import Any

Object = dict[str, Any]
