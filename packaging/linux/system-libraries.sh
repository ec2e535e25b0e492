#!/bin/sh
# Makes sure that the system libraries of the window are there.
#   system-libraries.sh run    what a window on the screen needs
#   system-libraries.sh package  and what building and trying the packages needs
#   system-libraries.sh test   and what tests of a window without a screen need
# On Debian and its relatives, as root, missing packages are installed; otherwise the command that does it is printed.
set -eu

libraries="libGL.so.1:libgl1 libEGL.so.1:libegl1 libxkbcommon.so.0:libxkbcommon0 libfontconfig.so.1:libfontconfig1
libglib-2.0.so.0:libglib2.0-0 libdbus-1.so.3:libdbus-1-3 libxcb-cursor.so.0:libxcb-cursor0
libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-xkb.so.1:libxcb-xkb1 libxcb-shape.so.0:libxcb-shape0"
programs=""
case "${1:-run}" in
    test) programs="Xvfb:xvfb xauth:xauth xdotool:xdotool exiftool:libimage-exiftool-perl" ;;
    package)
        libraries="$libraries libwayland-cursor.so.0:libwayland-cursor0 libwayland-egl.so.1:libwayland-egl1"
        programs="objdump:binutils dpkg-shlibdeps:dpkg-dev Xvfb:xvfb xauth:xauth strace:strace unshare:util-linux
            desktop-file-validate:desktop-file-utils appstreamcli:appstream lintian:lintian man:man-db debootstrap:debootstrap"
        # Debian's python3 does without its own library, and PyInstaller does not.
        python=python$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        case "$(readlink -f .venv/bin/python)" in /usr/bin/*) libraries="$libraries lib$python.so.1.0:lib$python" ;; esac
        ;;
esac

[ "$(uname -s)" = Linux ] || exit 0
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
missing=""
for entry in $libraries; do
    case "$known" in *"${entry%%:*}"*) ;; *) missing="$missing ${entry##*:}" ;; esac
done
for entry in $programs; do
    command -v "${entry%%:*}" >/dev/null 2>&1 || missing="$missing ${entry##*:}"
done
# A window without any font shows no text.
[ -n "$(find /usr/share/fonts /usr/local/share/fonts -name '*.[to]tf' 2>/dev/null | head -n 1)" ] || missing="$missing fonts-dejavu-core"
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing system libraries:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif command -v apt-get >/dev/null 2>&1; then
    echo "The window needs system libraries that are missing. Install them with:"
    echo "    sudo apt-get install --no-install-recommends$missing"
else
    echo "The window needs these libraries (Debian's names):$missing"
    echo "Install them with your system's package manager."
fi
