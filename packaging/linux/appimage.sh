#!/bin/sh
# The AppImage of dist/lsd2; run by the hosted workflow, for its tool is in no package registry.
set -eu
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' core/lsd2/__init__.py)
release=https://github.com/AppImage/appimagetool/releases/download/1.9.0/appimagetool-x86_64.AppImage
folder=build/package/AppDir
rm -rf "$folder"
mkdir -p "$folder/usr/lib"
cp -a dist/lsd2 "$folder/usr/lib/"
cp packaging/linux/lsd2.desktop "$folder/"
cp resources/icons/app.svg "$folder/lsd2.svg"
ln -s usr/lib/lsd2/lsd2-gui "$folder/AppRun"
apt-get install -y --no-install-recommends curl file
curl --fail --location --output build/package/appimagetool "$release"
chmod +x build/package/appimagetool
# Containers have no FUSE.
ARCH=x86_64 build/package/appimagetool --appimage-extract-and-run "$folder" "dist/lsd2-$version-x86_64.AppImage"
