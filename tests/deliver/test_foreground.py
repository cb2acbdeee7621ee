"""Another program has the terminal: Ctrl-C is for it."""

import os
import signal
import threading

from plantrack.deliver import foreground


def test_a_break_is_for_the_other_program_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    with foreground.left_to_it():
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_thread_hears_of_no_signal_anyway() -> None:
    ran = []

    def work() -> None:
        with foreground.left_to_it():
            ran.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [True]
