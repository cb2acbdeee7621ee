"""What tests share that need a server in trouble."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import office as offices
from tests.support.office import Office
from tests.support.postgres_server import PostgresServer


@pytest.fixture
def office(postgres_server: PostgresServer, workspace: Path) -> Iterator[Office]:
    """An office with a database of the test's own."""
    with offices.office(postgres_server, workspace) as made:
        yield made
