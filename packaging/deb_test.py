"""Try the .deb in a clean Debian: `make deb-test`, or `python packaging/deb_test.py [DEB]`, as root.

1. lintian, desktop-file-validate, appstreamcli and man find nothing wrong with it.
2. debootstrap makes a smallest Debian in a folder; apt installs the package there with nothing but what it depends on.
3. All libraries are found.  Command and window fuse the sample, as an ordinary user, without a network; the window's X
   server is outside, so that nothing of it can help.
4. The package and what came with it are purged: of it, only the user's own folders are left.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import bundle_rules  # noqa: E402
from trial import Trial, check_file  # noqa: E402

MIRROR = "http://deb.debian.org/debian"
USER = "photographer"
DISPLAY = ":97"
_PRIVATE = "LSD2_TEST_HAS_ITS_OWN_MOUNTS"
_COMPLAIN_ON_STDOUT = ("lintian", "desktop-file-validate")
_CHANGING = ("/var/cache", "/var/lib/apt", "/var/lib/dpkg", "/var/log", "/tmp", "/home")
"""Folders that every use of apt changes, and the user's own."""


def main() -> None:
    """Run all checks; the first that fails ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deb", nargs="?", type=Path)
    parser.add_argument("--suite", default="bookworm", help="release of Debian (default %(default)s)")
    parser.add_argument("--static", action="store_true", help="only step 1, which needs neither root nor a network")
    args = parser.parse_args()
    deb = (args.deb or _newest_deb()).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        for line in check_files(deb, Path(scratch)):
            print(line, flush=True)
    if args.static:
        return
    _have_own_mounts()
    with tempfile.TemporaryDirectory(prefix="lsd2-root-") as folder, clean_root(Path(folder), args.suite) as root:
        for line in check_in(root, deb):
            print(line, flush=True)


def _newest_deb() -> Path:
    found = sorted((HERE.parent / "dist").glob("*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise SystemExit("there is no .deb in dist; run 'make package' first")
    return found[-1]


def check_files(deb: Path, scratch: Path) -> Iterator[str]:
    """What Debian's own checkers say of the package."""
    _quiet("lintian", "--allow-root", "--fail-on", "error,warning", str(deb))
    yield "lintian: neither errors nor warnings"
    _quiet("dpkg-deb", "--extract", str(deb), str(scratch))
    _quiet("desktop-file-validate", str(scratch / "usr/share/applications/lsd2.desktop"))
    _quiet(
        "appstreamcli", "validate", "--no-net", str(scratch / f"usr/share/metainfo/{bundle_rules.APP_ID}.metainfo.xml")
    )
    pages = sorted((scratch / "usr/share/man/man1").glob("*.gz"))
    for page in pages:
        _quiet("man", "--warnings", "--encoding=UTF-8", "--local-file", "-Tutf8", "--ditroff", str(page))
    yield f"desktop file, AppStream data and {len(pages)} manual pages: valid"


def _quiet(*command: str) -> None:
    """Run a checker that must succeed without a complaint."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    complaints = done.stderr + (done.stdout if command[0] in _COMPLAIN_ON_STDOUT else "")
    if done.returncode or complaints.strip():
        raise SystemExit(f"{' '.join(command)}\nended with {done.returncode} and said:\n{done.stdout}{done.stderr}")


def _have_own_mounts() -> None:
    """Start again where mounts are seen by nobody else, and vanish with this process."""
    if os.geteuid() != 0:
        raise SystemExit("a root of Debian can only be made by root; --static checks the package alone")
    if _PRIVATE not in os.environ:
        os.environ[_PRIVATE] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, *sys.argv])


@contextmanager
def clean_root(folder: Path, suite: str) -> Iterator[Path]:
    """A smallest Debian with an ordinary user, and an X server outside; all gone afterwards."""
    root = folder / "root"
    subprocess.run(
        ["debootstrap", "--variant=minbase", suite, str(root), MIRROR], check=True, stdout=subprocess.DEVNULL
    )
    sockets = Path("/tmp/.X11-unix")
    sockets.mkdir(exist_ok=True)
    (root / "tmp" / ".X11-unix").mkdir()
    mounts = [("/proc", root / "proc"), ("/dev", root / "dev"), (str(sockets), root / "tmp" / ".X11-unix")]
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24", "-ac"], stderr=subprocess.DEVNULL)
    try:
        for source, target in mounts:
            subprocess.run(["mount", "--rbind", source, str(target)], check=True)
        in_root(root, "useradd", "--create-home", USER)
        yield root
    finally:
        server.terminate()
        server.wait()
        for _, target in reversed(mounts):
            subprocess.run(["umount", "--recursive", "--lazy", str(target)], check=False)


def in_root(root: Path, *command: str) -> str:
    """What a command in the root says, as its root."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["chroot", str(root), *command], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\nended with {done.returncode} and said:\n{done.stdout}{done.stderr}")
    return done.stdout


def check_in(root: Path, deb: Path) -> Iterator[str]:
    """Install, use, remove."""
    before, packages_before = _files(root), _packages(root)
    (root / "package.deb").write_bytes(deb.read_bytes())
    said = in_root(root, "apt-get", "install", "-y", "--no-install-recommends", "/package.deb").splitlines()
    (root / "package.deb").unlink()
    came = _packages(root) - packages_before - {"lsd2"}
    sizes = " ".join(line for line in said if line.startswith(("Need to get", "After this operation")))
    yield f"installed, with {len(came)} packages that it depends on ({sizes}): {' '.join(sorted(came))}"
    yield _check_libraries(root)
    user = User(root)
    yield f"command, without a network: {user.fuse()}"
    yield f"window, without a screen and a network: {user.window('offscreen')}"
    yield f"window, on an X server, without a network: {user.window('xcb')}"
    in_root(root, "apt-get", "purge", "-qq", "--auto-remove", "lsd2")
    if _packages(root) != packages_before:
        raise SystemExit(f"still installed: {' '.join(sorted(_packages(root) - packages_before))}")
    left = sorted(_files(root) - before)
    if [path for path in left if "lsd2" in path]:
        raise SystemExit(f"purged, but still there: {', '.join(left)}")
    yield f"purged; left by the packages it depended on: {', '.join(left) or 'nothing'}"
    yield f"left in the user's home: {', '.join(user.files())}"


def _files(root: Path) -> set[str]:
    """All files of the root but those that change with every use of apt, and the user's."""
    found = in_root(root, "find", "/", "-xdev", "-not", "-type", "d").splitlines()
    return {name for name in found if not name.startswith(_CHANGING)}


def _packages(root: Path) -> set[str]:
    return set(in_root(root, "dpkg-query", "-W", "-f", "${Package}\\n").split())


def _check_libraries(root: Path) -> str:
    """Every library of the package finds what it is linked to."""
    script = "find /usr/lib/lsd2 -type f -exec ldd {} + 2>/dev/null | grep 'not found' | sort -u || true"
    missing = in_root(root, "env", "LD_LIBRARY_PATH=/usr/lib/lsd2/_internal", "sh", "-c", script)
    if missing.strip():
        raise SystemExit(f"libraries that are not found:\n{missing}")
    return "every library is found"


class User:
    """Somebody in the root without rights, settings, or a network."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.trial = Trial(root / "usr/lib/lsd2", root / "home" / USER / "trial")
        self.own = self.trial.folder
        in_root(root, "chown", "-R", f"{USER}:{USER}", f"/home/{USER}")

    def fuse(self) -> str:
        target = self.own / "fused.tif"
        pair = [self._inside(self.trial.sample(role)) for role in ("short", "long")]
        self._run("offscreen", "lsd2", "fuse", *pair, "-o", self._inside(target))
        check_file(target)
        return f"saved {target.stat().st_size // 1000} kB"

    def window(self, platform: str) -> str:
        target = self.own / f"{platform}.jpg"
        self._run(platform, "lsd2-gui", "--self-test", self._inside(target))
        check_file(target)
        return f"saved {target.stat().st_size // 1000} kB"

    def files(self) -> Sequence[str]:
        """What there is below the home that the programs ran in."""
        home = self.trial.home
        return [str(path.relative_to(home)) for path in sorted(home.rglob("*")) if path.is_file()]

    def _inside(self, path: Path) -> str:
        return f"/{path.relative_to(self.root)}"

    def _run(self, platform: str, *command: str) -> None:
        become = ["unshare", "-n", "chroot", f"--userspec={USER}:{USER}", str(self.root)]
        own = [f"HOME={self._inside(self.trial.home)}", "PATH=/usr/bin:/bin", f"DISPLAY={DISPLAY}"]
        self.trial.run(*become, "env", *own, *command, platform=platform)


if __name__ == "__main__":
    main()
