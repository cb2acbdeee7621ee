"""Messages: read back, they say what was written, in every mail program; the same letter gives the same bytes."""

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.deliver.mail.address import Address
from plantrack.deliver.mail.message import MailContent, build_message, message_id

LETTER = MailContent(
    "Tổng hợp tiến độ tuần từ 15/07/2024 đến 21/07/2024 (tuần 29), Kế hoạch số 468/KH-HLHPNVN-UBDT",
    "Ủy ban Dân tộc\n.dấu chấm đầu dòng\n",
    "<p>Ủy ban &amp; Hội</p>\n",
    (("weekly-2024-W29.docx", b"PK\x03\x04\r\n.\r\n\x00"),),
    "vi",
)
FROM = Address("Tổng hợp", "kh", "example.org")
TO = Address("Nguyễn Thị B", "b", "example.org")


def written(content: MailContent = LETTER, to: Address = TO) -> bytes:
    return build_message(content, FROM, to, "<1@example.org>", datetime(2024, 7, 22, 6, tzinfo=UTC))


def parsed(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def old_fashioned(data: bytes, name: str) -> str:
    """Read a header as programs do that know nothing of its parts."""
    text = email.message_from_bytes(data)[name].replace("\r\n", "")
    return str(make_header(decode_header(text)))


@pytest.mark.parametrize("name", ["", "B", "Nguyễn Thị B"])
def test_no_encoded_word_stands_inside_an_address(name: str) -> None:
    """It would be another address; only servers that take UTF-8 are given such a message."""
    data = written(to=Address(name, "nguyễn", "example.org"))
    (line,) = [h for h in data.replace(b"\r\n ", b" ").split(b"\r\n") if h.startswith(b"To:")]
    assert line.decode().removesuffix(">").endswith((" <nguyễn@example.org", "To: nguyễn@example.org"))


def test_a_message_read_back_is_the_letter() -> None:
    message = parsed(written())
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert message["Subject"] == LETTER.subject
    bodies = [body.get_content().replace("\r\n", "\n") for body in (text, html)]
    assert bodies == [LETTER.text, LETTER.html]
    (attached,) = message.iter_attachments()
    assert isinstance(attached, EmailMessage)
    assert attached.get_filename() == "weekly-2024-W29.docx"
    assert attached.get_content() == LETTER.files[0][1]
    assert attached.get_content_type().endswith("wordprocessingml.document")
    assert message["To"].addresses[0].display_name == "Nguyễn Thị B"
    assert message["From"].addresses[0].addr_spec == "kh@example.org"
    assert message["Content-Language"] == "vi"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 22 Jul 2024 06:00:00 +0000"
    assert not [part.defects for part in message.walk() if part.defects]


def test_a_message_is_ascii_in_lines_that_every_server_takes() -> None:
    data = written()
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 100
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_an_address_of_other_letters_stands_as_it_is() -> None:
    data = written(to=Address("Đỗ", "người", "b.vn"))
    assert "<người@b.vn>".encode() in data


@given(
    st.lists(st.sampled_from("Tổng hợp tiến độ tuần 29 15/07/2024 (tuần a_b số \"q\", " * 2 + "468/KH-HLHPNVN-UBDT x" * 3)
             | st.sampled_from(LETTER.subject.split()), min_size=1, max_size=40).map(" ".join)
)  # fmt: skip
@example(subject="T T T T 15/07/2024 15/07/2024 468/KH-HLHPNVN-UBDT 468/KH-HLHPNVN-UBDT")
@example(subject="=?utf-8?q?x?=")
@example(subject="tuần =?utf-8?Q?=0d=0aBcc:_x?= 29")
def test_any_subject_comes_back(subject: str) -> None:
    subject = " ".join(subject.split()) or "x"
    data = written(LETTER._replace(subject=subject, files=(), html=""))
    assert parsed(data)["Subject"] == subject
    assert old_fashioned(data, "Subject") == subject


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "Ban, Dân tộc",
        'A "B" C',
        "Văn phòng Hội Liên hiệp Phụ nữ Việt Nam các tỉnh miền núi phía Bắc",
        "\\" * 60,
    ]
    + ["a\\b" * 20, "=?utf-8?q?x?=", "A; b@example.org", "(", "Ann " * 40 + "B", "Dr. B <"],
)
def test_any_name_comes_back(name: str) -> None:
    data = written(to=Address(name, "b", "example.org"))
    assert old_fashioned(data, "To") == f"{name} <b@example.org>"
    (address,) = parsed(data)["To"].addresses
    # Python itself reads a space between two encoded words, where none is.
    said = address.display_name.replace(" ", "")
    assert (said, address.addr_spec) == (name.replace(" ", ""), "b@example.org")


def test_the_same_letter_to_the_same_address_is_the_same_bytes() -> None:
    assert written() == written()


def test_the_hash_is_of_what_is_said_and_of_nothing_else() -> None:
    assert LETTER.sha256 == LETTER._replace(language="en").sha256
    others = [
        LETTER._replace(subject="x"),
        LETTER._replace(text=LETTER.text + LETTER.html, html=""),
        LETTER._replace(files=()),
        LETTER._replace(files=(("weekly-2024-W29.docx", b"other"),)),
    ]
    assert len({LETTER.sha256, *(o.sha256 for o in others)}) == 5


def test_the_name_of_a_message_is_stable_and_tells_nothing() -> None:
    one = message_id(TO, "kh-468-2024", "weekly", "2024-W29", "b@example.org", 0)
    assert one == message_id(TO, "kh-468-2024", "weekly", "2024-W29", "b@example.org", 0)
    assert one != message_id(TO, "kh-468-2024", "weekly", "2024-W29", "b@example.org", 1)
    assert one.endswith("@example.org>")
    assert "b@" not in one
