"""Addresses: what people type is read, what could smuggle a header or reach somebody else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.deliver.mail.address import read, read_all
from plantrack.errors import Failure


@pytest.mark.parametrize(
    ("typed", "name", "spec"),
    [
        ("a@example.org", "", "a@example.org"),
        (" A.b+c@Example.ORG ", "", "A.b+c@example.org"),
        ("<a@b.vn>", "", "a@b.vn"),
        ("Nguyễn Văn A <a@b.vn>", "Nguyễn Văn A", "a@b.vn"),
        ('"Ban, Dân tộc" <a@b.vn>', "Ban, Dân tộc", "a@b.vn"),
        ("a@bộ.vn", "", "a@xn--b-8xm.vn"),
        ("người.dùng@b.vn", "", "người.dùng@b.vn"),
        ("root@localhost", "", "root@localhost"),
        ("Nguye\u0302\u0303n <a@b.vn>", "Nguyễn", "a@b.vn"),
    ],
)
def test_an_address_is_read(typed: str, name: str, spec: str) -> None:
    address = read(typed)
    assert (address.name, address.spec) == (name, spec)


@pytest.mark.parametrize(
    "typed",
    ["", "a", "@b", "a@", "a@b..c", ".a@b", "a.@b", "a b@c", "a@b c", "a@-b.c", "a@b_c.d", "a@[127.0.0.1]"]
    + ["a@b\r\nBcc: x@y.z", "A\nBcc: x@y.z <a@b>", "A\u2028B <a@b>", "a\x00@b", "a@b.c>", "A <a@b> x", "a@b@c d"]
    + ["x" * 65 + "@b", "a@" + "b" * 64 + ".c", "a@" + ".".join(["bc"] * 90), '"a b"@c', "a\ud800@b", "a,@b"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Failure) as failed:
        read(typed)
    assert failed.value.code == "mail-address"


def test_a_list_is_cut_at_commas_outside_quotes_and_names_each_once() -> None:
    found = read_all(['"Nguyễn, A" <a@b.vn>, c@d.vn', "A@b.vn,a@B.vn"])
    assert [a.spec for a in found] == ["a@b.vn", "c@d.vn", "A@b.vn"]


def test_an_empty_list_is_a_mistake_of_a_script() -> None:
    with pytest.raises(Failure):
        read_all([""])


@given(st.text(max_size=40))
def test_whatever_is_read_has_no_line_end_and_one_place(typed: str) -> None:
    try:
        address = read(typed)
    except Failure as failure:
        assert failure.code == "mail-address"
    else:
        assert address.domain.isascii()
        assert address.spec.count("@") == 1
        assert not {"\r", "\n", " ", "<", ">", ","} & set(address.spec)
        assert not {"\r", "\n", "\x00"} & set(address.name)
