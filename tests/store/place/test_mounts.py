"""The file system that a folder lies on, by tables of mounts as systems have them."""

import os
from pathlib import Path

import pytest

from plantrack.store.place.mounts import mount_of

#: A machine with a disk, a temporary folder, shares of a server, and what hides what.
OFFICE = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
29 27 0:27 / /tmp rw,nosuid - tmpfs tmpfs rw
31 27 0:40 / /srv/kh rw,relatime shared:9 master:1 - nfs4 may-chu:/kh rw,vers=4.2
32 31 0:41 / /srv/kh/cuc-bo rw - ext4 /dev/vdb rw
33 27 0:42 / /mnt/d\\303\\271ng\\040chung rw - cifs //may-chu/chung rw,vers=3.0
34 27 0:43 / /home/an/xa rw - fuse.sshfs an@may-chu:/home rw,user_id=0
35 27 0:44 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
36 27 0:45 / /mnt/dav rw - fuse https://dav.example.org/ rw
37 27 0:46 / /auto rw - autofs systemd-1 rw,fd=42
38 37 0:47 / /auto/kh rw - nfs 10.0.0.1:/kh rw
39 27 0:48 / /mnt/vm rw - 9p share rw,trans=virtio
40 27 0:49 / /mnt/hai rw - nfs may-chu:/hai rw
41 40 254:1 / /mnt/hai rw - ext4 /dev/vdc rw
42 27 0:50 / /home/an/ma rw - fuse.encfs encfs rw
43 27 0:51 /@home /home/binh rw - btrfs /dev/vdd rw,subvol=/@home
"""
#: Containers: their system is laid over another, or carried by what carries a machine's.
OVERLAY = "500 400 0:99 / / rw - overlay overlay rw,lowerdir=/a:/b,upperdir=/c,workdir=/d\n501 500 0:98 / /tmp rw - tmpfs tmpfs rw\n"
CARRIED = "1 0 0:1 / / rw - 9p none rw,trans=fd\n2 1 0:2 / /tmp rw - tmpfs none rw\n"
#: WSL 2, an older and a newer one, and WSL 1.
WSL_2 = """\
100 90 8:32 / / rw,relatime - ext4 /dev/sdc rw,discard
120 100 0:60 / /usr/lib/wsl/drivers ro,nosuid - 9p drivers ro,dirsync,aname=drivers;fmask=222;dmask=222,trans=fd
121 100 0:61 / /mnt/c rw,noatime - 9p C:\\134 rw,dirsync,aname=drvfs;path=C:\\134;uid=1000;gid=1000;symlinkroot=/mnt/,trans=fd
122 100 0:62 / /mnt/e rw,noatime - virtiofs drvfsaE rw
123 100 0:63 / /mnt/z rw,noatime - 9p \\134\\134may-chu\\134chung rw,aname=drvfs;path=UNC\\134may-chu\\134chung,trans=fd
"""
WSL_1 = "2 1 0:2 / / rw - lxfs rootfs rw\n3 2 0:3 / /mnt/c rw,noatime - drvfs C:\\134 rw,uid=1000\n"


@pytest.mark.parametrize(
    ("table", "folder", "found"),
    [
        (OFFICE, "/srv/kh", ("network", "NFS", "/srv/kh")),
        (OFFICE, "/srv/kh/2024/plans", ("network", "NFS", "/srv/kh")),
        (OFFICE, "/srv/kh-2", None),
        (OFFICE, "/srv/kh/cuc-bo/a", None),
        (OFFICE, "/mnt/dùng chung/a", ("network", "SMB", "/mnt/dùng chung")),
        (OFFICE, "/home/an/xa/a", ("network", "sshfs", "/home/an/xa")),
        (OFFICE, "/run/user/1000/gvfs/smb-share:server=x", ("network", "GVfs", "/run/user/1000/gvfs")),
        (OFFICE, "/mnt/dav", ("network", "WebDAV", "/mnt/dav")),
        (OFFICE, "/auto/kh/a", ("network", "NFS", "/auto/kh")),
        (OFFICE, "/auto", None),
        (OFFICE, "/mnt/vm/a", ("network", "9p", "/mnt/vm")),
        (OFFICE, "/mnt/hai/a", None),
        (OFFICE, "/tmp/pytest-1", None),
        (OFFICE, "/home/an/ma/a", None),
        (OFFICE, "/home/binh", None),
        (OFFICE, "/", None),
        (OVERLAY, "/srv/kh", None),
        (OVERLAY, "/tmp/kh", None),
        (CARRIED, "/srv/kh", None),
        (CARRIED, "/tmp/kh", None),
        (WSL_2, "/home/an/kh", None),
        (WSL_2, "/mnt/c/Users/An/kh", ("windows-drive", "WSL", "/mnt/c")),
        (WSL_2, "/mnt/e", ("windows-drive", "WSL", "/mnt/e")),
        (WSL_2, "/mnt/z/kh", ("network", "SMB", "/mnt/z")),
        (WSL_1, "/mnt/c/kh", ("windows-drive", "WSL", "/mnt/c")),
        (WSL_1, "/home/an", None),
        ("", "/srv", None),
        ("rubbish\n\n1 2 3 - \n1 2 3 4 / - nfs", "/srv", ("network", "NFS", "/")),
    ],
)
def test_a_folder_on_each_kind_of_file_system(
    table: str, folder: str, found: tuple[str, str, str] | None
) -> None:
    assert mount_of(folder, table) == found


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        (r"\\may-chu\chung\kh", ("network", "SMB", r"\\may-chu\chung")),
        (r"\\?\UNC\may-chu\chung\kh", ("network", "SMB", r"\\may-chu\chung")),
        (r"\\wsl.localhost\Ubuntu\home\an", ("network", "WSL", r"\\wsl.localhost\Ubuntu")),
        (r"\\wsl$\Ubuntu", ("network", "WSL", r"\\wsl$\Ubuntu")),
        (r"\\?\C:\kh", None),
        (r"\\.\C:\kh", None),
        (r"C:\Users\An\kh", None),
        ("//srv/kh", None),
    ],
)
def test_a_path_of_windows(folder: str, found: tuple[str, str, str] | None) -> None:
    assert mount_of(folder, "") == found


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="only Linux has such a table")
def test_the_disks_of_this_machine_are_no_network(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/"), Path("/dev/shm"), Path("/tmp")):
        if folder.is_dir():
            assert mount_of(os.path.realpath(folder)) is None, folder
