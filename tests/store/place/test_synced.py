"""Folders that a program synchronises, by their names, their marks and the environment."""

import unicodedata
from pathlib import Path

import pytest

from plantrack.store.place.synced import synced_folder


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Hội LHPN Việt Nam/Kế hoạch", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Văn phòng)/kh", "Dropbox"),
        ("Google Drive/kh", "Google Drive"),
        ("My Drive/kh", "Google Drive"),
        ("Drive của tôi/kh", "Google Drive"),
        (unicodedata.normalize("NFD", "Drive của tôi"), "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-an@example.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Library/CloudStorage/ProtonDrive-an@example.org/kh", "ProtonDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/kh", "iCloud"),
        ("iCloudDrive/kh", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Nextcloud2/kh", "Nextcloud"),
        ("ownCloud/kh", "ownCloud"),
        ("MEGAsync/kh", "MEGA"),
        ("pCloudDrive/kh", "pCloud"),
        ("dropboxes", None),
        ("onedrives/kh", None),
        ("kế hoạch/drive", None),
        ("cloud/kh", None),
        ("Nextclouds", None),
    ],
)
def test_a_folder_is_known_by_its_name(tmp_path: Path, path: str, program: str | None) -> None:
    found = synced_folder(str(tmp_path / path), {})
    assert (found and found[:2]) == (program and ("synced", program))
    assert found is None or Path(found[2]) in (tmp_path / path, *(tmp_path / path).parents)


@pytest.mark.parametrize(
    ("mark", "is_folder", "program"),
    [
        (".849C9593-D756-4E56-8D6E-42412F2A707B", False, "OneDrive"),
        (".dropbox", False, "Dropbox"),
        (".dropbox", True, None),
        (".dropbox.cache", True, "Dropbox"),
        (".tmp.driveupload", True, "Google Drive"),
        (".tmp.drivedownload", True, "Google Drive"),
        (".stfolder", True, "Syncthing"),
        (".sync_0a1b2c3d4e5f.db", False, "Nextcloud"),
        ("._sync_0a1b2c3d4e5f.db", False, "Nextcloud"),
        (".nextcloudsync.log", False, "Nextcloud"),
        (".owncloudsync.log", False, "ownCloud"),
        (".megaignore", False, "MEGA"),
        (".git", True, None),
        ("sync_1.db", False, None),
    ],
)
def test_or_by_what_the_program_leaves_there(
    tmp_path: Path, mark: str, is_folder: bool, program: str | None
) -> None:
    root = tmp_path / "gốc"
    (root / "a" / "b").mkdir(parents=True)
    (root / mark).mkdir() if is_folder else (root / mark).touch()
    found = program and ("synced", program, str(root))
    assert synced_folder(str(root), {}) == found
    assert synced_folder(str(root / "a" / "b" / "chưa có"), {}) == found


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_or_where_onedrive_says_that_it_is(tmp_path: Path, name: str) -> None:
    told = {name: str(tmp_path / "Văn phòng")}
    assert synced_folder(str(tmp_path / "Văn phòng" / "kh"), told) == (
        "synced",
        "OneDrive",
        str(tmp_path / "Văn phòng"),
    )
    assert synced_folder(str(tmp_path / "Văn phòng 2"), told) is None
    assert synced_folder(str(tmp_path), {name: ""}) is None


def test_a_folder_that_may_not_be_looked_into_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.scandir", refuse)
    assert synced_folder(str(tmp_path), {}) is None
    assert synced_folder(str(tmp_path / "Dropbox"), {}) is not None


def test_the_folders_of_this_machine_are_nobody_s(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/"), Path("/srv/kh"), Path("/home/an/kh"), Path("/mnt/c/Users/An")):
        assert synced_folder(str(folder), {}) is None
