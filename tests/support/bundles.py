"""Bundles that somebody wrote otherwise, with a head that fits."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plantrack.store.exchange.fact_lines import BundleHead, fact_line, head_line, read_head


def altered(
    file: Path, change: Callable[[list[dict[str, Any]]], object] = lambda _: None, **other: Any
) -> Path:
    """Change facts of a bundle, or what its head says, and write a head over them; salts come first."""
    first, *lines = file.read_bytes().splitlines(keepends=True)
    head, facts = read_head(first), [json.loads(line) for line in lines]
    assert isinstance(head, BundleHead)
    change(facts)
    made = [fact_line(fact.pop("type"), [*fact], [*fact.values()]) for fact in [dict(f) for f in facts]]
    counts = {**dict.fromkeys(head.counts, 0), **Counter(fact["type"] for fact in facts)}
    sha256 = hashlib.sha256(b"".join(made)).hexdigest()
    new = BundleHead(**{**head._asdict(), "counts": counts, "sha256": sha256, **other})
    file.write_bytes(b"".join([head_line(new), *made]))
    return file
