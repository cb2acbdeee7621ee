"""The settings of the mail server: where they come from, and that nothing of the account shows."""

import base64
from pathlib import Path

import pytest

from plantrack.deliver.mail.server import MailServer, server_from
from plantrack.errors import Failure

SECRET = "Mật-khẩu:rất/dài@1"
QUOTED = "M%E1%BA%ADt-kh%E1%BA%A9u:r%E1%BA%A5t%2Fd%C3%A0i%401"


def settings(url: str, **more: str) -> MailServer:
    return server_from({"PLANTRACK_SMTP_URL": url, **more})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay.example.org", ("smtp", "relay.example.org", 25, "", "")),
        ("smtps://u:p@h.vn", ("smtps", "h.vn", 465, "u", "p")),
        ("smtp+starttls://u%40h.vn:p%3A%2F@h.vn", ("smtp+starttls", "h.vn", 587, "u@h.vn", "p:/")),
        ("smtp+starttls://u:a@b@h.vn:2525/", ("smtp+starttls", "h.vn", 2525, "u", "a@b")),
        ("smtps://[::1]:1", ("smtps", "::1", 1, "", "")),
        ("smtp://u:p@127.0.0.1:25", ("smtp", "127.0.0.1", 25, "u", "p")),
        ("smtps://thư.vn", ("smtps", "xn--th-e0a.vn", 465, "", "")),
        (f"smtps://u:{QUOTED}@h", ("smtps", "h", 465, "u", SECRET)),
    ],
)
def test_an_address_of_a_server_is_read(url: str, expected: tuple[object, ...]) -> None:
    assert tuple(settings(url))[:5] == expected


def test_the_sender_may_stand_in_the_address() -> None:
    assert settings("smtp://h?from=K%E1%BA%BF%20ho%E1%BA%A1ch%20%3Ca@b.vn%3E").sender == "Kế hoạch <a@b.vn>"


@pytest.mark.parametrize(
    "url",
    ["", "mail.vn", "http://u:Secret1@h", "smtp://", "smtps://u:Sec#ret1@h", "smtps://u:Sec/ret1@h", "smtp://h:Secret1"]
    + ["smtps://u:Secret1@h:99999", "smtps://u:Secret1@h:0", "smtps://u:Secret1@h/path", "smtps://u:Secret1@h?to=x"]
    + ["smtps://u:Sec ret1@h", "smtps://u:Secret1%0d%0aRCPT@h", "smtps://u:Secret1@h\n", "smtp://u:Secret1@mail.vn"]
    + ["smtps://u:Secret1\udcff@h", "smtps://\udcff:Secret1@h", "smtps://u:Secret1@h?from=\ud800", "smtps://u:%ff@h", "smtps://u:Secret1@a..b", "smtps://u:Secret1@[::1", "smtps://u:Secret1℀@h", "smtps://u@h"],
)  # fmt: skip
def test_a_wrong_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Failure) as failed:
        settings(url)
    failure = failed.value
    assert failure.code in ("mail-url", "mail-no-server", "mail-insecure", "mail-no-password")
    assert "ret1" not in repr(failure)
    assert failure.__cause__ is None
    assert failure.__suppress_context__ or failure.__context__ is None


def test_a_password_comes_from_the_address_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(SECRET + "\nmore\n", encoding="utf-8")
    by_file = {"PLANTRACK_SMTP_PASSWORD_FILE": str(file)}
    assert settings("smtps://u@h", **by_file).password == SECRET
    assert settings("smtps://u@h", PLANTRACK_SMTP_PASSWORD="p", **by_file).password == "p"
    assert settings("smtps://u:q@h", PLANTRACK_SMTP_PASSWORD="p", **by_file).password == "q"
    assert settings("smtps://h", **by_file).password == ""
    file.write_bytes(b"\xef\xbb\xbf" + SECRET.encode() + b"\r\n")
    assert settings("smtps://u@h", **by_file).password == SECRET, "as Windows writes it"


@pytest.mark.parametrize("content", [None, b"", b"\nx", b"\xff\xfe"])
def test_a_password_file_that_cannot_be_read_is_not_named(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Failure) as failed:
        settings("smtps://u@h", PLANTRACK_SMTP_PASSWORD_FILE=str(file))
    assert failed.value.code == "mail-password-file"
    assert str(file) not in repr(failed.value), "some have put the password itself there"


def test_a_password_in_bytes_that_are_no_utf_8_goes_out_as_it_is() -> None:
    server = settings(
        "smtps://u@h", PLANTRACK_SMTP_PASSWORD=b"m\xe2t-kh\xe9".decode("utf-8", "surrogateescape")
    )
    assert base64.b64decode(server.sign_in_lines()["LOGIN"][2]) == b"m\xe2t-kh\xe9"
    assert server.masked(f"535 {server.password}") == "535 ***"


def test_a_server_does_not_show_its_password() -> None:
    server = MailServer("smtp", "localhost", 1, "nguoi-gui", SECRET)
    assert SECRET not in repr(server)
    assert server.masked(f"535 no {SECRET} for nguoi-gui\n{server.sign_in_lines()}").count("***") >= 4
    assert SECRET not in server.masked(SECRET.encode())
