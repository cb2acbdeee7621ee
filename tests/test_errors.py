"""Failures: a code with an exit code, and what the system refuses as one of them."""

import re

import pytest

from plantrack.errors import CODES, Exit, Failure, failing_as, reason_of


def test_a_failure_has_its_code_its_parameters_and_its_exit_code() -> None:
    failure = Failure("unknown-task", task="12", near=("21",))
    assert (failure.code, failure.params) == ("unknown-task", {"task": "12", "near": ("21",)})
    assert failure.exit_code is Exit.NO_SUCH
    assert "unknown-task" in str(failure)


def test_a_parameter_may_have_any_name() -> None:
    failure = Failure("bad-date", code="x", self="y")
    assert (failure.code, failure.params) == ("bad-date", {"code": "x", "self": "y"})


def test_every_code_can_be_written_in_a_script_and_ends_a_process_as_a_failure() -> None:
    for code, exit_code in CODES.items():
        assert re.fullmatch("[a-z]+(-[a-z0-9]+)*", code)
        assert exit_code not in (Exit.DONE, Exit.FOUND)


def test_what_the_system_refuses_is_a_failure_with_its_reason() -> None:
    with pytest.raises(Failure) as caught, failing_as("output-failed", file="a.md"):
        raise OSError(28, "No space left on device", "/tmp/x")
    assert (caught.value.code, caught.value.params) == (
        "output-failed",
        {"file": "a.md", "reason": "No space left on device"},
    )
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize("error", [ValueError("x"), Failure("bad-date", text="x"), KeyboardInterrupt()])
def test_nothing_else_is_taken_for_it(error: BaseException) -> None:
    with pytest.raises(type(error)) as caught, failing_as("output-failed", file="a.md"):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(13, "Permission denied"), "Permission denied"),
        (OSError("Not a regular file"), "Not a regular file"),
        (ValueError("embedded null byte"), "embedded null byte"),
    ],
)
def test_the_reason_is_in_the_words_of_whoever_refused(error: BaseException, reason: str) -> None:
    assert reason_of(error) == reason
