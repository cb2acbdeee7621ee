"""The connection to a mail server: its safety, and all that can go wrong with it, against real servers."""

import datetime
import socket
import ssl
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
import trustme

from plantrack.deliver.mail import smtp
from plantrack.deliver.mail.server import MailServer
from plantrack.deliver.mail.smtp import NotSent, SmtpSession
from tests.support.mail_server import serving, talking

#: Of the servers of these tests: accounts on a line that is not encrypted.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
#: Where Python itself gives up on an answer.
LONGEST_ANSWER = 8192
DATA = b"Subject: x\r\n\r\n.dot\r\nend\r\n"
SECRET = "Mật-khẩu:rất/dài@1"


def local(
    port: int, scheme: str = "smtp", user: str = "", password: str = "", host: str = "localhost"
) -> MailServer:
    return MailServer(scheme, host, port, user, password)


def send(server: MailServer, to: str = "a@example.org") -> str:
    with SmtpSession(server) as session:
        return session.send("kh@example.org", to, DATA)


class Refusal(NamedTuple):
    """Why a message was not sent, and whether no other is tried after it."""

    why: str
    said: str
    for_all: bool


def refusal(session: SmtpSession, to: str = "a@example.org") -> Refusal:
    with pytest.raises(NotSent) as failed:
        session.send("kh@example.org", to, DATA)
    found = failed.value
    assert SECRET not in f"{found!r}{found.said}"
    return Refusal(found.why, found.said, session._not_opened is found)


def why(server: MailServer, to: str = "a@example.org") -> Refusal:
    with SmtpSession(server) as session:
        found = refusal(session, to)
        if found.for_all:
            assert refusal(session, "b@example.org") == found
        return found


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
            if who in mail.handler.ways:
                said[who] = refusal(line, f"{who}@example.org")
            else:
                line.send("kh@example.org", f"{who}@example.org", DATA)
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
        failed = refusal(line)
        line.send("kh@example.org", "b@example.org", DATA)
        assert (failed.why, failed.for_all) == (expected, False)
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
        with monkeypatch.context() as patch:
            patch.setattr(smtp, patience, 0.2)
            failed = refusal(line)
        line.send("kh@example.org", "b@example.org", DATA)
        assert (failed.why, failed.for_all) == (expected, False)
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
        send(local(mail.port), "người@example.org")
        assert mail.handler.boxes() == ["người@example.org"]

    def old(caller: socket.socket) -> None:
        caller.sendall(b"220 old\r\n")
        caller.recv(100)
        caller.sendall(b"250 old\r\n")
        caller.recv(100)

    with talking(old) as port:
        failed = why(local(port), "người@example.org")
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
        heard = caller.recv(1000).strip().rpartition(b" ")[2]
        caller.sendall(b"535 I heard " + heard + b" and " + SECRET.encode() + b"\r\n")
        caller.recv(1000)

    with talking(echo) as port:
        assert why(local(port, user="nguoi-gui", password=SECRET)).said == "535 I heard *** and ***"


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
    heard: list[bytes] = []

    def slip(caller: socket.socket) -> None:
        caller.sendall(b"220 x\r\n")
        caller.recv(1000)
        caller.sendall(b"250-x\r\n250 STARTTLS\r\n")
        caller.recv(1000)
        caller.sendall(b"220 go\r\n250-slipped in\r\n250 AUTH PLAIN\r\n")
        with context.wrap_socket(caller, server_side=True) as safe:
            heard.append(safe.recv(1000))

    with talking(slip) as port:
        why(local(port, "smtp+starttls", "u", SECRET))
    assert all(b"AUTH" not in said for said in heard)
