"""The Debian package of a bundle: files, dependencies as the libraries state them, menus, manual, metadata."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import elf
import icons
import man_page

LINUX = Path(__file__).resolve().parent / "linux"
HOME = Path("usr/lib/lsd2")
FONTS = "fonts-dejavu-core | fonts-liberation | fonts-noto-core"
LOADED_LATER = ("libegl1", "libgl1", "libfontconfig1", "libdbus-1-3", FONTS)
"""What Qt loads while it runs, or cannot show text without."""
MAINTAINER = "The LSD2 developers <lsd2-photo@users.noreply.github.com>"


def build(bundle: Path, folder: Path, version: str) -> Path:
    """`lsd2_VERSION_amd64.deb` in `folder`."""
    target = folder / f"lsd2_{version}_amd64.deb"
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(bundle, tree / HOME, symlinks=True)
        _put_files(tree, version)
        _set_modes(tree)
        _write_control(tree, version)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def _put_files(tree: Path, version: str) -> None:
    """Everything outside the bundle."""
    from lsd2.cli.main import build_parser
    from lsd2_gui.app import build_parser as build_gui_parser

    (tree / "usr/bin").mkdir(parents=True)
    for name in ("lsd2", "lsd2-gui"):
        (tree / "usr/bin" / name).symlink_to(f"../lib/lsd2/{name}")
    _put(tree / "usr/share/applications/lsd2.desktop", (LINUX / "lsd2.desktop").read_text())
    about = (LINUX / "io.github.lsd2_photo.lsd2.metainfo.xml.in").read_text()
    about = about.replace("@VERSION@", version).replace("@DATE@", date.today().isoformat())  # noqa: DTZ011 - a day
    _put(tree / "usr/share/metainfo/io.github.lsd2_photo.lsd2.metainfo.xml", about)
    svg = icons.ROOT / "resources" / "icons" / "app.svg"
    _put(tree / "usr/share/icons/hicolor/scalable/apps/lsd2.svg", svg.read_text())
    for size in (48, 128, 256):
        path = tree / f"usr/share/icons/hicolor/{size}x{size}/apps/lsd2.png"
        path.parent.mkdir(parents=True)
        icons.render(size).save(path)
    _put_zipped(tree / "usr/share/man/man1/lsd2.1.gz", man_page.page(build_parser(), version, "lsd2-gui"))
    _put_zipped(tree / "usr/share/man/man1/lsd2-gui.1.gz", man_page.page(build_gui_parser(), version, "lsd2"))
    _put(tree / "usr/share/doc/lsd2/copyright", _copyright())
    news = f"lsd2 ({version}) unstable; urgency=low\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {_rfc_date()}\n"
    _put_zipped(tree / "usr/share/doc/lsd2/changelog.gz", news)
    _put(tree / "usr/share/lintian/overrides/lsd2", (LINUX / "lintian-overrides").read_text())


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _put_zipped(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _copyright() -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: LSD2\n\n"
        "Files: *\nCopyright: The LSD2 developers\nLicense: Expat\n"
        + "".join(f" {line or '.'}\n" for line in (icons.ROOT / "LICENSE").read_text().splitlines())
        + "\nComment:\n The libraries that are shipped with it keep their own licences: /usr/lib/lsd2/licences.\n"
    )


def _rfc_date() -> str:
    return subprocess.run(["date", "-R"], capture_output=True, text=True, check=True).stdout.strip()


def _set_modes(tree: Path) -> None:
    """Programs may be run, everything else may be read; by all."""
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        is_program = path.is_dir() or (path.parent == tree / HOME and path.name in ("lsd2", "lsd2-gui"))
        path.chmod(0o755 if is_program else 0o644)


def _write_control(tree: Path, version: str) -> None:
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    fields = {
        "Package": "lsd2",
        "Version": version,
        "Architecture": "amd64",
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join(_dependencies(tree / HOME)),
        "Section": "graphics",
        "Priority": "optional",
        "Homepage": "https://lsd2-photo.github.io/lsd2",
        "Description": "makes one clean, sharp photo of a short and a long exposure\n"
        " Photos taken by hand in the dark are noisy (short exposure) or blurred (long\n"
        " exposure). LSD2 takes one of each and fuses them by a trained network. It has\n"
        " a window to compare results in, and a command for scripts. It needs neither a\n"
        " graphics card nor a network connection.",
    }
    _put(tree / "DEBIAN" / "control", "".join(f"{name}: {value}\n" for name, value in fields.items()))
    sums = subprocess.run(
        ["bash", "-c", "find usr -type f -print0 | sort -z | xargs -0 md5sum"],
        cwd=tree,
        capture_output=True,
        check=True,
    )
    (tree / "DEBIAN" / "md5sums").write_bytes(sums.stdout)


def _dependencies(bundle: Path) -> list[str]:
    """What dpkg-shlibdeps finds that programs and libraries are linked to and the bundle does not have itself."""
    with tempfile.TemporaryDirectory() as scratch:
        _put(Path(scratch) / "debian" / "control", "Source: lsd2\n\nPackage: lsd2\nArchitecture: amd64\n")
        folders = sorted({str(path.parent) for path in elf.elf_files(bundle)})
        command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{folder}" for folder in folders)]
        done = subprocess.run(
            [*command, *map(str, elf.elf_files(bundle))],
            cwd=scratch,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    linked = done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    named = {entry.split()[0] for entry in linked}
    return [*linked, *(package for package in LOADED_LATER if package.split()[0] not in named)]


if __name__ == "__main__":
    print(build(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
