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

import bundle_rules
import elf
import icons
import man_page

LINUX = Path(__file__).resolve().parent / "linux"
HOME = Path("usr/lib/lsd2")
MAINTAINER = "The LSD2 developers <developers@lsd2.invalid>"
"""Debian's format wants an address; the project has none, and `invalid` is nobody's (RFC 2606)."""


def build(bundle: Path, folder: Path, version: str, level: int) -> Path:
    """`lsd2_VERSION_amd64.deb` in `folder`, compressed by xz at a level from 0 to 9."""
    target = folder / f"lsd2_{version}_amd64.deb"
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(bundle, tree / HOME, symlinks=True)
        _put_files(tree, version)
        _set_modes(tree)
        _write_control(tree, version)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", str(tree), str(target)]
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
    about = (LINUX / "metainfo.xml.in").read_text().replace("@ID@", bundle_rules.APP_ID)
    about = about.replace("@VERSION@", version).replace("@DATE@", date.today().isoformat())  # noqa: DTZ011 - a day
    _put(tree / f"usr/share/metainfo/{bundle_rules.APP_ID}.metainfo.xml", about)
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
    """The packages of the libraries that the bundle is linked to and does not have, each with the version it needs.

    dpkg-shlibdeps knows the versions, but also names the packages of libraries that came along, found on this machine.
    """
    wanted = {_package_of(library) for library in elf.of_the_system(bundle)}
    entries = {entry.split()[0]: entry for entry in _linked_packages(bundle)}
    silent = wanted - entries.keys()
    if silent:
        raise SystemExit(f"dpkg-shlibdeps says nothing of {', '.join(sorted(silent))}")
    return [entries[package] for package in sorted(wanted)]


def _package_of(library: str) -> str:
    """The package of a library on this machine."""
    known = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout.splitlines()
    places = [line.split(" => ")[1] for line in known if line.split()[0] == library and "x86-64" in line]
    for place in places:
        # A merged /usr has two names for each file, and dpkg knows one of them.
        for name in (place, str(Path(place).resolve()), place.removeprefix("/usr"), f"/usr{place}"):
            found = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False).stdout
            if found:
                return found.split(":")[0]
    raise SystemExit(f"no package has {library}")


def _linked_packages(bundle: Path) -> list[str]:
    """What dpkg-shlibdeps says of all programs and libraries of the bundle."""
    with tempfile.TemporaryDirectory() as scratch:
        _put(Path(scratch) / "debian" / "control", "Source: lsd2\n\nPackage: lsd2\nArchitecture: amd64\n")
        files = list(elf.elf_files(bundle))
        folders = sorted({str(path.parent) for path in files})
        command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{folder}" for folder in folders)]
        done = subprocess.run(
            [*command, *map(str, files)],
            cwd=scratch,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")


if __name__ == "__main__":
    print(build(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], 6))
