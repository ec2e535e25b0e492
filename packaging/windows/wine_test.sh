#!/bin/sh
# Tries the installer under Wine, with a stand-in for the program: silent installation, update, removal.
# Needs makensis and 32-bit Wine (Debian: dpkg --add-architecture i386; apt-get install nsis wine32 wine).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export WINEPREFIX="$scratch/wine" WINEARCH=win32 WINEDEBUG=-all HOME="$scratch"
unset DISPLAY WAYLAND_DISPLAY

fail() { echo "failed: $1" >&2; exit 1; }
files() { (cd "$WINEPREFIX/drive_c" && find . -type f ! -path './windows/*' ! -path '*/Temp/*' | sort); }
keys() { wineserver -w; sed -n '/^\[Software\\\\Classes/,/^$/p' "$WINEPREFIX/user.reg" | sed '/^#/d; /^$/d; s/\] [0-9]*$/]/'; }

mkdir -p "$scratch/lsd2/_internal" "$scratch/lsd2/licences"
for name in _internal/new licences/text lsd2.exe lsd2-gui.exe LICENSE THIRD_PARTY.md; do echo "$name" >"$scratch/lsd2/$name"; done
makensis -V2 -WX -DVERSION=0.1.0 "-DBUNDLE=$scratch/lsd2" "-DOUT=$scratch/lsd2-0.1.0-setup.exe" "$here/lsd2.nsi"

wineboot -i >/dev/null 2>&1
wine reg add 'HKCU\Software\Classes\.jpg\OpenWithProgids' /v Other.Photo /t REG_SZ /d '' >/dev/null 2>&1
files >"$scratch/files"
keys >"$scratch/keys"

wine "$scratch/lsd2-0.1.0-setup.exe" /S
folder=$(dirname "$(find "$WINEPREFIX/drive_c" -name uninstall.exe)")
cmp -s "$scratch/lsd2/lsd2-gui.exe" "$folder/lsd2-gui.exe" || fail "the program is not there"
keys | grep -q '"LSD2.Photo"=""' || fail "photos are not offered to it"
echo "installed: $(files | diff "$scratch/files" - | grep -c '^>') files, $(keys | diff "$scratch/keys" - | grep -c '^> \[') keys"

touch "$folder/_internal/old"
wine "$scratch/lsd2-0.1.0-setup.exe" /S
[ ! -e "$folder/_internal/old" ] || fail "an update leaves files of the older version"
echo "updated: no file of the older version is left"

echo mine >"$folder/own.txt"
wine "$folder/uninstall.exe" /S
# The uninstaller goes on in a copy of itself.
for second in 1 2 3 4 5 6 7 8 9 10; do [ -e "$folder/uninstall.exe" ] && sleep "$second"; done
[ -e "$folder/own.txt" ] || fail "a file that was not installed is gone"
rm "$folder/own.txt"
files | diff "$scratch/files" - || fail "files are left"
keys | diff "$scratch/keys" - || fail "keys are left, or others' are gone"
echo "removed: nothing is left, and nothing of others is gone"
