"""Files of Word and Excel: what cannot be read is refused before anything is unpacked."""

import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import Failure
from plantrack.tables import zip_package
from plantrack.tables.plain_file import MIB
from plantrack.tables.zip_package import Limits, open_package, reading
from tests.support.annex_files import Refused, refusal, zipped
from tests.support.annex_samples import SAMPLES, grouped_docx, messy_xlsx
from tests.support.table_files import OLE

LIMITS = Limits(size=1, unpacked=4, part=2)


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    return partial(refusal, partial(open_package, limits=LIMITS), tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("x.docx", "x.docx/y.docx", "x\0.docx"):
        with pytest.raises(Failure) as found:
            open_package(tmp_path / name, LIMITS)
        assert found.value.code == "table-missing"


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    (tmp_path / "folder.docx").mkdir()
    for name in ("pipe.docx", "folder.docx"):
        with pytest.raises(Failure) as found:
            open_package(tmp_path / name, LIMITS)
        assert found.value.code == "table-unreadable"


@pytest.mark.parametrize("data", [b"TT;Noi dung", b"%PDF-1.7", zipped(mimetype=b"x"), b"\x89PNG"])
def test_other_formats(refused: Refused, data: bytes) -> None:
    refused(data, "table-other-format")


def test_files_of_old_programs_and_with_passwords(refused: Refused) -> None:
    refused(b"", "table-empty")
    refused(OLE + "WordDocument".encode("utf-16-le"), "table-old-format", "x.doc")
    refused(OLE + "EncryptedPackage".encode("utf-16-le"), "table-encrypted")


def test_archives_that_unfold_to_too_much(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(zipped(word__document_xml=bytes(3 * MIB)), "table-unpacks-too-large")
    refused(zipped(word__document_xml=b"", word__image_png=bytes(5 * MIB)), "table-unpacks-too-large")
    refused(b"PK" + os.urandom(2 * MIB), "table-too-large")
    monkeypatch.setattr(zip_package, "_MAX_PARTS", 2)
    refused(zipped(word__document_xml=b"", a=b"", b=b""), "table-unpacks-too-large")


@pytest.mark.parametrize("cut", [30, 500, -200, -1])
@pytest.mark.parametrize("data", [grouped_docx(), messy_xlsx()], ids=["docx", "xlsx"])
def test_a_file_that_was_cut_off(refused: Refused, data: bytes, cut: int) -> None:
    refused(data[:cut], "table-unreadable")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_file_is_known_by_what_is_in_it_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    data = SAMPLES[name]()
    (tmp_path / "phụ lục.bin").write_bytes(data)
    package = open_package(tmp_path / "phụ lục.bin", LIMITS)
    assert package.kind == name.rpartition(".")[2]
    assert package.file == str(tmp_path / "phụ lục.bin")
    assert {"[Content_Types].xml", "_rels/.rels"} <= set(package.parts)


def test_a_member_with_a_password(refused: Refused) -> None:
    data = bytearray(zipped(word__document_xml=b"<x/>"))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the list of members
    refused(bytes(data), "table-encrypted")


@given(
    st.binary(max_size=200), st.sampled_from((b"", b"PK", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
)
def test_any_bytes_are_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, sign: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.docx"
    path.write_bytes(sign + data)
    with pytest.raises(Failure) as found:
        open_package(path, LIMITS)
    assert found.value.code.startswith("table-")
    assert found.value.params["file"] == str(path)


def test_whatever_a_library_stumbles_over_the_file_cannot_be_read() -> None:
    with pytest.raises(Failure) as found, reading("x.docx"):
        raise KeyError("không\ncó")
    assert (found.value.code, found.value.params) == (
        "table-unreadable",
        {"file": "x.docx", "reason": "not-as-office-writes"},
    )
    with pytest.raises(Failure) as found, reading("x.docx"):
        raise Failure("table-no-table", file="x.docx", expected=())
    assert found.value.code == "table-no-table"
