"""Who breaks a command off while it waits for the server: it ends at once, as on a file, and leaves nothing."""

import signal

import pytest

from tests.faults.lines import numbers
from tests.faults.processes import ended, start
from tests.support.office import Office

_WAITING = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_who_waits_for_others_to_write_can_be_broken_off(sent: signal.Signals, office: Office) -> None:
    if signal.getsignal(sent) == signal.SIG_IGN:  # what runs behind a shell is born deaf to it
        signal.signal(sent, signal.default_int_handler if sent == signal.SIGINT else signal.SIG_DFL)
    before = numbers(office)
    with office.opened() as seen, office.opened() as other:
        with other.atomic():  # nobody else may write
            other.query("SELECT 1")
            process = start(office.folder, ("--db", office.address(), "add", "Họp", "--area", "3"))
            while seen.query(_WAITING) != [(1,)]:
                assert process.poll() is None
            process.send_signal(sent)
            done = ended(process)
            assert done.code == (130 if sent == signal.SIGINT else -sent), done
            assert done.said == "interrupted"
        other.close()
        while seen.query(_OTHERS) != [(0,)]:
            pass
    assert numbers(office) == before
