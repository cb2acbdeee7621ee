"""The line to a mail server: its settings, its safety, and all that can go wrong with it, against real servers."""

import datetime
import socket
import ssl
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from plantrack.deliver.mail import smtp
from plantrack.deliver.mail.smtp import MailServer, NotSent, SmtpSession, server_of
from plantrack.errors import Failure
from tests.deliver.mail.conftest import talking
from tests.support.mail_server import serving

#: Of the servers of these tests: accounts on a line that is not encrypted.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
#: Where Python itself gives up on an answer.
LONGEST_ANSWER = 8192
DATA = b"Subject: x\r\n\r\n.dot\r\nend\r\n"
SECRET = "Mật-khẩu:rất/dài@1"
QUOTED = "M%E1%BA%ADt-kh%E1%BA%A9u:r%E1%BA%A5t%2Fd%C3%A0i%401"


def local(
    port: int, scheme: str = "smtp", user: str = "", password: str = "", host: str = "localhost"
) -> MailServer:
    return MailServer(scheme, host, port, user, password)


def send(server: MailServer, to: str = "a@example.org", **given: bool) -> str:
    with SmtpSession(server) as line:
        return line.send("kh@example.org", to, DATA, **given)


def why(server: MailServer, to: str = "a@example.org", **given: bool) -> NotSent:
    with pytest.raises(NotSent) as failed:
        send(server, to, **given)
    assert SECRET not in f"{failed.value!r}{failed.value.said}"
    return failed.value


# Settings.


def settings(url: str, **more: str) -> MailServer:
    return server_of({"PLANTRACK_SMTP_URL": url, **more})


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
    + ["smtps://u:%ff@h", "smtps://u:Secret1@a..b", "smtps://u:Secret1@[::1", "smtps://u:Secret1℀@h", "smtps://u@h"],
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


@pytest.mark.parametrize("content", [None, b"", b"\nx", b"\xff\xfe"])
def test_a_password_file_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Failure) as failed:
        settings("smtps://u@h", PLANTRACK_SMTP_PASSWORD_FILE=str(file))
    assert failed.value.code == "mail-password-file"
    assert failed.value.params["file"] == str(file)


def test_a_server_does_not_show_its_password() -> None:
    server = local(1, user="nguoi-gui", password=SECRET)
    assert SECRET not in repr(server)
    assert server.masked(f"535 no {SECRET} for nguoi-gui\n{server.signatures()}").count("***") >= 4
    assert SECRET not in server.masked(SECRET.encode())


# Sending.


def test_a_message_is_taken_dots_and_all() -> None:
    with serving() as mail:
        assert send(local(mail.port)) == "250 2.0.0 queued as Đơn-1"
        assert mail.handler.taken == [("a@example.org", DATA)]


def test_a_line_serves_many_and_goes_on_after_a_refusal() -> None:
    with serving() as mail, SmtpSession(local(mail.port)) as line:
        mail.handler.ways = {"no": "refuse", "wait": "later", "big": "too large"}
        said = {}
        for who in ("a", "no", "b", "wait", "big", "c"):
            try:
                line.send("kh@example.org", f"{who}@example.org", DATA)
            except NotSent as failed:
                said[who] = (failed.why, failed.said, failed.for_all)
        assert mail.handler.boxes() == ["a@example.org", "b@example.org", "c@example.org"]
        assert mail.handler.connections == 1
    assert said == {
        "no": ("refused", "550 5.1.1 no such box\\x1b[31m here", False),
        "wait": ("later", "451 4.7.1 greylisted, try again in 5 minutes", False),
        "big": ("refused", "552 5.3.4 message too large", False),
    }


@pytest.mark.parametrize(("way", "expected"), [("drop", "lost"), ("drop after", "unsure")])
def test_a_line_that_breaks_is_opened_again_for_the_next(way: str, expected: str) -> None:
    with serving() as mail, SmtpSession(local(mail.port)) as line:
        mail.handler.ways = {"a": way}
        with pytest.raises(NotSent) as failed:
            line.send("kh@example.org", "a@example.org", DATA)
        line.send("kh@example.org", "b@example.org", DATA)
        assert (failed.value.why, failed.value.for_all) == (expected, False)
        assert mail.handler.boxes() == ["b@example.org"]
        assert mail.handler.connections == 2


@pytest.mark.parametrize(
    ("way", "patience", "expected"), [("stall", "STEP", "stalled"), ("stall after", "ANSWER", "unsure")]
)
def test_a_line_that_stalls_is_opened_again_for_the_next(
    way: str, patience: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patience is short only where the server answers nothing: a slow machine is no stalled one."""
    with serving() as mail, SmtpSession(local(mail.port)) as line:
        line.send("kh@example.org", "first@example.org", DATA)
        mail.handler.ways = {"a": way}
        with monkeypatch.context() as patch, pytest.raises(NotSent) as failed:
            patch.setattr(smtp, patience, 0.2)
            line.send("kh@example.org", "a@example.org", DATA)
        line.send("kh@example.org", "b@example.org", DATA)
        assert (failed.value.why, failed.value.for_all) == (expected, False)
        assert mail.handler.boxes() == ["first@example.org", "b@example.org"]
        assert mail.handler.connections == 2


def test_a_server_that_has_enough_is_called_again() -> None:
    with serving() as mail, SmtpSession(local(mail.port)) as line:
        line.send("kh@example.org", "a@example.org", DATA)
        mail.handler.ways = {"b": "closing"}
        line.send("kh@example.org", "b@example.org", DATA)
        assert mail.handler.boxes() == ["a@example.org", "b@example.org"]
        assert mail.handler.connections == 2


def test_a_message_that_may_have_been_taken_is_not_sent_again_in_the_same_run() -> None:
    with serving() as mail, SmtpSession(local(mail.port)) as line:
        line.send("kh@example.org", "a@example.org", DATA)
        mail.handler.ways = {"b": "drop after"}
        with pytest.raises(NotSent):
            line.send("kh@example.org", "b@example.org", DATA)
        assert mail.handler.connections == 1


def test_other_letters_need_a_server_that_takes_them() -> None:
    with serving() as mail:
        send(local(mail.port), "người@example.org", utf8=True)
        assert mail.handler.boxes() == ["người@example.org"]

    def old(caller: socket.socket) -> None:
        caller.sendall(b"220 old\r\n")
        caller.recv(100)
        caller.sendall(b"250 old\r\n")
        caller.recv(100)

    with talking(old) as port:
        failed = why(local(port), "người@example.org", utf8=True)
        assert (failed.why, failed.for_all) == ("no-utf8", False)


# A line that never comes about.


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    failed = why(local(port))
    assert (failed.why, failed.for_all) == ("unreachable", True)
    assert why(local(25, host="no-such-host.invalid")).why == "unreachable"


def test_a_server_that_says_nothing(short: None) -> None:
    with talking(lambda caller: caller.recv(1)) as port:  # until the caller has enough
        failed = why(local(port))
        assert (failed.why, failed.for_all) == ("stalled", True)


def test_a_server_that_dribbles_is_cut_off(short: None) -> None:
    said: list[bytes] = []

    def dribble(caller: socket.socket) -> None:
        while len(said) < LONGEST_ANSWER:
            said.append(b"2")
            caller.sendall(said[-1])
            time.sleep(0.05)

    with talking(dribble) as port:
        assert why(local(port)).for_all
    assert len(said) < LONGEST_ANSWER


def test_a_server_that_does_not_want_us() -> None:
    with talking(lambda caller: caller.sendall(b"554 5.7.1 go\r\n away\r\n")) as port:
        failed = why(local(port))
        assert (failed.why, failed.said, failed.for_all) == ("unwelcome", "554 5.7.1 go", True)


def test_a_server_that_talks_nonsense() -> None:
    with talking(lambda caller: caller.sendall(b"\xff\x00nonsense" * 2000)) as port:
        assert why(local(port)).for_all


# Signing in.


@pytest.mark.parametrize("password", ["plain", SECRET])
def test_signing_in(password: str) -> None:
    with serving(account=("người", password)) as mail:
        send(local(mail.port, user="người", password=password))
        assert len(mail.handler.taken) == 1


def test_a_wrong_password_is_said_once_and_never_shown() -> None:
    with serving(account=("u", "other")) as mail:
        failed = why(local(mail.port, user="nguoi-gui", password=SECRET))
        assert (failed.why, failed.for_all) == ("sign-in", True)
        assert failed.said.startswith("535 ")


def test_a_server_that_repeats_the_password_does_not_get_it_into_an_error() -> None:
    def echo(caller: socket.socket) -> None:
        caller.sendall(b"220 x\r\n")
        caller.recv(1000)
        caller.sendall(b"250-x\r\n250 AUTH PLAIN\r\n")
        weeks_heard = caller.recv(1000).strip().rpartition(b" ")[2]
        caller.sendall(b"535 I weeks_heard " + weeks_heard + b" and " + SECRET.encode() + b"\r\n")
        caller.recv(1000)

    with talking(echo) as port:
        assert why(local(port, user="nguoi-gui", password=SECRET)).said == "535 I weeks_heard *** and ***"


def test_a_server_without_accounts() -> None:
    with serving() as mail:
        assert why(local(mail.port, user="u", password="p")).why == "no-sign-in"


def test_a_server_that_wants_an_account() -> None:
    with serving(account=("u", "p")) as mail:
        failed = why(local(mail.port))
        assert failed.why == "refused"
        assert failed.said.startswith("530 ")


# Encryption.


def server_side(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


TLS = [("smtps", "tls"), ("smtp+starttls", "starttls")]
schemes = pytest.mark.parametrize(("scheme", "how"), TLS, ids=["smtps", "starttls"])
Trusted = Callable[[bytes], None]


@schemes
def test_an_encrypted_line(scheme: str, how: str, authority: trustme.CA, trusted: Trusted) -> None:
    trusted(authority.cert_pem.bytes())
    context = server_side(authority.issue_cert("localhost"))
    with serving(account=("u", SECRET), **{how: context}) as mail:
        send(local(mail.port, scheme, "u", SECRET))
        assert len(mail.handler.taken) == 1


def wrong(kind: str, authority: trustme.CA) -> trustme.LeafCert:
    """Make a certificate that must not be trusted."""
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    match kind:
        case "name":
            return authority.issue_cert("mail.example.org")
        case "authority":
            return trustme.CA().issue_cert("localhost")
    return authority.issue_cert("localhost", not_after=long_ago)


@schemes
@pytest.mark.parametrize(
    ("kind", "said"), [("name", "mismatch"), ("authority", "unable to get|self-signed|self signed"), ("expired", "expired")]
)  # fmt: skip
def test_a_wrong_certificate(
    kind: str, said: str, scheme: str, how: str, authority: trustme.CA, trusted: Trusted
) -> None:
    trusted(authority.cert_pem.bytes())
    context = server_side(wrong(kind, authority))
    with serving(account=("u", SECRET), **{how: context}) as mail:
        failed = why(local(mail.port, scheme, "u", SECRET))
        assert (failed.why, failed.for_all) == ("certificate", True)
        assert any(part in failed.said for part in said.split("|"))
        assert mail.handler.taken == []


def test_a_server_without_starttls_is_sent_nothing_in_the_open() -> None:
    with serving(account=("u", SECRET)) as mail:
        failed = why(local(mail.port, "smtp+starttls", "u", SECRET))
        assert (failed.why, failed.for_all) == ("no-tls", True)


def test_a_server_that_does_not_speak_tls(short: None) -> None:
    with serving() as mail:
        failed = why(local(mail.port, "smtps"))
        assert failed.why in ("tls", "stalled", "lost")
        assert failed.for_all


def test_nothing_said_before_encryption_is_believed(
    authority: trustme.CA, trusted: Trusted, short: None
) -> None:
    """Answers slipped in behind that of STARTTLS are not read as those of the encrypted line."""
    trusted(authority.cert_pem.bytes())
    context = server_side(authority.issue_cert("localhost"))
    weeks_heard: list[bytes] = []

    def slip(caller: socket.socket) -> None:
        caller.sendall(b"220 x\r\n")
        caller.recv(1000)
        caller.sendall(b"250-x\r\n250 STARTTLS\r\n")
        caller.recv(1000)
        caller.sendall(b"220 go\r\n250-slipped in\r\n250 AUTH PLAIN\r\n")
        with context.wrap_socket(caller, server_side=True) as safe:
            weeks_heard.append(safe.recv(1000))

    with talking(slip) as port:
        why(local(port, "smtp+starttls", "u", SECRET))
    assert all(b"AUTH" not in said for said in weeks_heard)
