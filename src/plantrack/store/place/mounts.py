r"""The file system that a folder lies on: by the table of mounts that Linux keeps, or by the folder's path on Windows.

On macOS nothing in the standard library tells a network volume from a disk: there only synchronised folders are known.
"""

import os
import re

#: What is mounted where, as this process sees it: proc_pid_mountinfo(5); which field of a line is the path.
_TABLE, _POINT = "/proc/self/mountinfo", 4
#: File systems on which other machines write too, by what Linux calls them, with the name that people know.
_NETWORK = {
    **dict.fromkeys(("nfs", "nfs4"), "NFS"),
    **dict.fromkeys(("cifs", "smb2", "smb3", "smbfs", "fuse.smbnetfs"), "SMB"),
    **dict.fromkeys(("webdavfs", "davfs", "fuse.davfs2"), "WebDAV"),
    **dict.fromkeys(("fuse.google-drive-ocamlfuse", "fuse.drivefs"), "Google Drive"),
    "fuse.onedriver": "OneDrive",
    "fuse.gvfsd-fuse": "GVfs",
    **{
        f"fuse.{name}": name
        for name in ("sshfs", "rclone", "curlftpfs", "afpfs", "s3fs", "gcsfuse", "goofys")
    },
    **{f"fuse.{name}": name for name in ("kio-fuse", "glusterfs", "ceph", "juicefs", "mfs", "pcloud")},
    **{
        name: name
        for name in ("afs", "afpfs", "ncpfs", "coda", "ceph", "glusterfs", "lustre", "gpfs", "beegfs")
    },
    # What a virtual machine shares with the machine it runs on.
    **{name: name for name in ("vboxsf", "vmhgfs", "fuse.vmhgfs-fuse", "prl_fs", "osxfs", "fuse.grpcfuse")},
}
#: They may carry the whole system of a virtual machine too, and nobody else writes to that.
_SHARED = ("9p", "virtiofs")
#: How WSL calls what carries the drives of Windows.
_DRIVES = "drvfs"


def mount_of(folder: str, table: str | None = None) -> tuple[str, str, str] | None:
    """Return the network that a folder lies on, or the drive of Windows in WSL: its kind, its name, where it begins.

    By the table of mounts of this process, unless another one is given.
    """
    if share := _share_of(folder):
        return share
    point, kind, source = _carrier(folder, _own_table() if table is None else table)
    if kind == _DRIVES or (kind in _SHARED and _DRIVES in source):
        return ("network", "SMB", point) if "UNC" in source else ("windows-drive", "WSL", point)
    name = _NETWORK.get(kind) or ("WebDAV" if source.startswith(("http://", "https://")) else "")
    if kind in _SHARED and point != "/":
        name = kind
    return ("network", name, point) if name else None


def _own_table() -> str:
    try:
        with open(_TABLE, "rb") as file:
            return os.fsdecode(file.read())
    except OSError:  # another system, or a process that may not look
        return ""


def _carrier(folder: str, table: str) -> tuple[str, str, str]:
    """Return what carries a folder: where that is mounted, its kind, what is mounted there and how.

    It is the longest path that leads to the folder, and of several there the last, which hides the others.
    """
    longest, found = "", ("", "", "")
    for line in table.splitlines():
        place, _, carried = line.partition(" - ")
        point = _unescaped((*place.split(" "), *[""] * _POINT)[_POINT])
        if point and len(point) >= len(longest) and f"{folder}/".startswith(f"{point.rstrip('/')}/"):
            kind, _, source = carried.partition(" ")
            longest, found = point, (point, kind, source)
    return found


def _unescaped(text: str) -> str:
    r"""Return a path without the signs that the table writes for others: `\040` for a space."""
    if "\\" not in text:
        return text
    whole = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8) & 255]), os.fsencode(text))
    return os.fsdecode(whole)


def _share_of(folder: str) -> tuple[str, str, str] | None:
    r"""Return the share that a path of Windows leads to: `\\server\share\…`, also where that is written in full."""
    if not folder.startswith("\\\\"):
        return None
    path = folder[2:].removeprefix("?\\UNC\\")
    server, share = (*path.split("\\"), "")[:2]
    if server in ("?", "."):  # a drive of this machine
        return None
    name = "WSL" if server.lower() in ("wsl$", "wsl.localhost") else "SMB"
    return "network", name, f"\\\\{server}\\{share}"
