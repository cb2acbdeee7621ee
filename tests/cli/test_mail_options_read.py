"""The options of mail, before anything is sent."""

import pytest

from plantrack.cli.mail_options import MailOptions, read_options
from plantrack.cli.session import Session
from plantrack.errors import Failure
from tests.support.posting import A, B


def read(to: list[str] | None, attach: list[str] | None = None, **session: str) -> MailOptions | None:
    """Read the options of a command line."""
    asked = Session()
    asked.options.update(session)
    return read_options(asked, to, attach, resend=False, catch_up=False, sender=None)


def test_without_an_address_no_mail_was_asked_for() -> None:
    assert read(None) is None
    assert read([]) is None


@pytest.mark.parametrize(
    ("attach", "files"),
    [(None, ()), (["xlsx,docx"], ("docx", "xlsx")), (["docx", "docx"], ("docx",)), ([","], ())],
)
def test_files_are_attached_once_in_one_order(attach: list[str] | None, files: tuple[str, ...]) -> None:
    assert read([A, B], attach) == MailOptions((A, B), files, resend=False, catch_up=False, sender=None)


def test_a_form_is_of_a_file_beside_the_mail_only() -> None:
    with pytest.raises(Failure) as caught:
        read([A], format="md")
    assert (caught.value.code, caught.value.params) == (
        "options-exclude", {"option": "--mail-to", "other": "--format"},
    )  # fmt: skip
    assert read([A], format="md", output="a.md") is not None
