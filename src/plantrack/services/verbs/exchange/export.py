"""Write out what was recorded: everything, without loss."""

from collections.abc import Iterator

from plantrack.store.advance import Advance, scaled, unheard
from plantrack.store.commands import HERE
from plantrack.store.connection import SCHEMA_VERSION, Connection
from plantrack.store.exchange.fact_lines import ExportHead, head_line
from plantrack.store.exchange.fact_reading import all_lines, counters, fact_digest
from plantrack.store.stats import get


def export_whole(db: Connection, advance: Advance = unheard) -> Iterator[bytes]:
    """Yield the lines of everything, the head first; the caller holds one state of the data.

    All is read twice, for the head tells what stands below.
    """
    digest = fact_digest(db, scaled(advance, 0, 0.5))
    example = get(db, "example") is not None
    yield head_line(
        ExportHead("whole", SCHEMA_VERSION, HERE, digest.counts, digest.sha256, counters(db), example)
    )
    for _, line in all_lines(db, scaled(advance, 0.5, 1)):
        yield line
