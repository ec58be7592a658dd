"""Let one user traverse folders without opening them to all users, with POSIX ACL entries on Linux.

An entry is written in the kernel's format (the attribute system.posix_acl_access, version 2), because the tool
`setfacl` is rarely installed.
"""

import errno
import os
import pwd
import stat
import struct
from pathlib import Path

_ATTRIBUTE = "system.posix_acl_access"
_VERSION = 2
_OWNER, _USER, _GROUP, _NAMED_GROUP, _MASK, _OTHERS = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_NOBODY = 0xFFFFFFFF
_TRAVERSE = 1

_Entry = tuple[int, int, int]  # tag, permissions, id


class TraversalError(OSError):
    """The user cannot traverse a folder; the message continues a sentence whose subject is the user."""


def allow_traversal(path: Path, uid: int) -> None:
    """Let a user traverse every folder above `path`. Changing a folder needs root or its ownership.

    Raises:
        TraversalError: the file system has no ACLs, or the ACL of a folder cannot be changed.
    """
    for folder in reversed(path.absolute().parents):
        if _may_pass(folder, uid):
            continue
        try:
            _add(folder, uid)
        except (OSError, AttributeError) as error:  # other systems than Linux have no such attributes
            raise TraversalError(
                f"cannot traverse {folder} ({error}). Set ALT_PIPELINES_HOME to a folder that every user can reach, "
                "such as /var/lib/alt-pipelines, or start as another user."
            ) from error


def _may_pass(folder: Path, uid: int) -> bool:
    found = folder.stat()
    if found.st_uid == uid:
        return bool(found.st_mode & stat.S_IXUSR)
    entries = _entries(folder)
    for tag, permissions, of_user in entries:
        if tag == _USER and of_user == uid:
            mask = next((given for kind, given, _ in entries if kind == _MASK), 7)
            return bool(permissions & mask & _TRAVERSE)
    try:
        groups = set(os.getgrouplist(pwd.getpwuid(uid).pw_name, pwd.getpwuid(uid).pw_gid))
    except KeyError:
        groups = set()
    if found.st_gid in groups:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _add(folder: Path, uid: int) -> None:
    mode = folder.stat().st_mode
    entries = _entries(folder) or [
        (_OWNER, mode >> 6 & 7, _NOBODY),
        (_GROUP, mode >> 3 & 7, _NOBODY),
        (_OTHERS, mode & 7, _NOBODY),
    ]
    group = next(permissions for tag, permissions, _ in entries if tag == _GROUP)
    mask = next((permissions for tag, permissions, _ in entries if tag == _MASK), group)
    kept = [entry for entry in entries if entry[0] != _MASK and not (entry[0] == _USER and entry[2] == uid)]
    changed = sorted([*kept, (_USER, _TRAVERSE, uid), (_MASK, mask | _TRAVERSE, _NOBODY)], key=lambda e: (e[0], e[2]))
    if not mask & _TRAVERSE:  # widening the mask must not enable permissions that it masked before
        held_back = {_GROUP, _USER, _NAMED_GROUP}
        changed = [
            (tag, permissions & mask if tag in held_back and (tag, of_id) != (_USER, uid) else permissions, of_id)
            for tag, permissions, of_id in changed
        ]
    packed = struct.pack("<I", _VERSION) + b"".join(struct.pack("<HHI", *entry) for entry in changed)
    os.setxattr(folder, _ATTRIBUTE, packed)


def _entries(folder: Path) -> list[_Entry]:
    try:
        packed = os.getxattr(folder, _ATTRIBUTE)
    except OSError as error:
        if error.errno in (errno.ENODATA, errno.EOPNOTSUPP):
            return []
        raise
    return [struct.unpack_from("<HHI", packed, offset) for offset in range(4, len(packed), 8)]
