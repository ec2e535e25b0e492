"""Build the packaged program: `make package`, or `python packaging/build.py`.

1. The shipped models become ONNX files, each compared with PyTorch's pictures.
2. PyInstaller makes `dist/lsd2`: two programs, and all they need (bundle_rules.py).
3. Licences are collected into it, and the list of its parts (SBOM) is written.
4. On Linux: a .deb (linux/deb.py) and a portable .tar.xz; on Windows a zip and on macOS a disk image follow in
   windows/build.ps1 and macos/build_dmg.sh.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / "core"), str(ROOT)]

import bundle_rules  # noqa: E402
import elf  # noqa: E402
import icons  # noqa: E402
import licences  # noqa: E402
import sums  # noqa: E402
import weights  # noqa: E402

WORK, DIST = ROOT / "build" / "package", ROOT / "dist"
BUNDLE = DIST / "lsd2"


def main() -> None:
    """All steps, or those after the bundle alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle-only", action="store_true", help="make no installers")
    parser.add_argument("--installers-only", action="store_true", help="make installers of the bundle that is there")
    parser.add_argument("--level", type=int, default=6, help="of xz in the packages: 0 fast and big to 9 (default 6)")
    args = parser.parse_args()
    if not args.installers_only:
        build_bundle()
    if not args.bundle_only and sys.platform == "linux":
        build_installers(args.level)


def build_bundle() -> None:
    """`dist/lsd2`, complete and checked."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    weights.package(WORK / "weights")
    icons.write(WORK, bundle_rules.version(ROOT))
    environment = {**os.environ, "LSD2_PACKAGED_WEIGHTS": str(WORK / "weights")}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    subprocess.run(
        [*command, "--workpath", str(WORK / "work"), "--distpath", str(DIST), str(HERE / "lsd2.spec")],
        env=environment,
        check=True,
    )
    if sys.platform == "linux":
        print(f"left out, for nothing uses them: {', '.join(elf.prune(BUNDLE)) or 'nothing'}")
        elf.strip(BUNDLE)
        elf.check(BUNDLE)
    parts = licences.collect(BUNDLE)
    licences.write_sbom(parts, DIST / f"lsd2-{bundle_rules.version(ROOT)}.cdx.json", bundle_rules.version(ROOT))
    print(f"{BUNDLE}: {sum(f.lstat().st_size for f in BUNDLE.rglob('*') if f.is_file()) / 1e6:.0f} MB")


def build_installers(level: int) -> None:
    """The .deb and the .tar.xz of the bundle that is there."""
    import deb

    version = bundle_rules.version(ROOT)
    made = [deb.build(BUNDLE, DIST, version, level), _tar(version, level)]
    sums.write([*made, DIST / f"lsd2-{version}.cdx.json"], DIST / "SHA256SUMS")
    for file in made:
        print(f"{file}: {file.stat().st_size / 2**20:.0f} MiB")


def _tar(version: str, level: int) -> Path:
    """Unpacked anywhere, it runs from there."""
    target = DIST / f"lsd2-{version}-linux-x86_64.tar.xz"
    with tarfile.open(target, "w:xz", preset=level) as archive:
        archive.add(BUNDLE, f"lsd2-{version}")
    return target


if __name__ == "__main__":
    main()
