"""Files are there as a whole or not at all, and nobody's file is lost."""

from __future__ import annotations

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lsd2.errors import PhotoWriteError
from lsd2.io import atomic
from lsd2.io.atomic import write_atomically
from lsd2.io.lock import one_at_a_time, try_lock
from lsd2.io.naming import unique_path


def failing(number):
    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    return fail


def test_new_file(tmp_path):
    write_atomically(tmp_path / "a.json", b"whole")
    assert (tmp_path / "a.json").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_existing_file_is_kept(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(PhotoWriteError, match=r"exists already.*--force"):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_existing_file_is_replaced_when_asked(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    write_atomically(tmp_path / "a", b"new", overwrite=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"new")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_permissions_are_those_of_any_new_file(tmp_path):
    (tmp_path / "plain").touch()
    write_atomically(tmp_path / "a", b"")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the drive is full"),
        (errno.EACCES, "may not write there"),
        (errno.EROFS, "cannot be written to"),
        (errno.EIO, "reports an error"),
        (errno.ENODEV, "choose another name or folder"),
    ],
)
def test_failing_drive_leaves_everything_as_it_was(tmp_path, monkeypatch, number, words, overwrite):
    target = tmp_path / "a"
    if overwrite:
        target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(PhotoWriteError, match=words) as caught:
        write_atomically(target, b"new", overwrite=overwrite)
    assert str(caught.value).isprintable()
    assert str(target) in str(caught.value)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([b"old"] if overwrite else [])


def test_interruption_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", b"new")
    assert list(tmp_path.iterdir()) == []


def test_failing_rename_leaves_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", failing(errno.EACCES))
    with pytest.raises(PhotoWriteError):
        write_atomically(tmp_path / "a", b"new", overwrite=True)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_missing_folder(tmp_path):
    with pytest.raises(PhotoWriteError, match="does not exist: make it first"):
        write_atomically(tmp_path / "none" / "a", b"")


def test_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PhotoWriteError, match="is not a folder"):
        write_atomically(tmp_path / "file" / "a", b"")


def test_target_is_a_folder(tmp_path):
    with pytest.raises(PhotoWriteError, match="it is a folder"):
        write_atomically(tmp_path, b"", overwrite=True)


def test_too_long_name(tmp_path):
    with pytest.raises(PhotoWriteError, match="name"):
        write_atomically(tmp_path / ("a" * 300), b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_unwritable_folder(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PhotoWriteError, match="may not write there"):
            write_atomically(tmp_path / "a", b"")
    finally:
        tmp_path.chmod(0o700)


def test_dangling_link_is_not_replaced(tmp_path):
    try:
        (tmp_path / "link").symlink_to(tmp_path / "none")
    except OSError:
        pytest.skip("this system does not allow symbolic links")
    with pytest.raises(PhotoWriteError, match="exists already"):
        write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("links", [True, False])
def test_of_many_writers_one_wins(tmp_path, monkeypatch, links):
    """The check before the writing is switched off: the last step alone must keep the writers apart."""
    monkeypatch.setattr(atomic, "check_target", lambda *_, **__: None)
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))

    def write(number):
        try:
            write_atomically(tmp_path / "a", str(number).encode() * 1000)
        except PhotoWriteError:
            return None
        return str(number).encode() * 1000

    with ThreadPoolExecutor(8) as pool:
        won = [contents for contents in pool.map(write, range(8)) if contents is not None]
    assert len(won) == 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == won


def test_drive_without_links_that_fails_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(Path, "replace", failing(errno.ENOSPC))
    with pytest.raises(PhotoWriteError, match="full"):
        write_atomically(tmp_path / "a", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_file_that_was_left_behind_holds_nobody_up(tmp_path):
    lock = tmp_path / ".lock"
    lock.touch()  # as after a kill
    with one_at_a_time(lock, patience_s=1e9), lock.open("ab") as other:
        assert not try_lock(other)
    assert not lock.exists()


def test_a_lock_that_is_never_to_be_had_is_gone_without(tmp_path):
    lock = tmp_path / ".lock"
    with one_at_a_time(lock):
        with one_at_a_time(lock, patience_s=0.05):
            pass
        assert lock.exists(), "it belongs to the first"
    with one_at_a_time(tmp_path / "missing" / ".lock", patience_s=1e9):
        pass
    assert list(tmp_path.iterdir()) == []


def test_unique_path(tmp_path):
    assert unique_path(tmp_path, "photo_lsd2", ".png").name == "photo_lsd2.png"
    for expected in ("photo.png", "photo-2.png", "photo-3.png"):
        path = unique_path(tmp_path, "photo", ".png")
        assert path.name == expected
        path.touch()
