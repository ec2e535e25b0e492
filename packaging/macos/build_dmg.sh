#!/bin/sh
# The macOS disk image of dist/LSD2.app, signed and notarised if the secrets are there:
#   LSD2_CODESIGN_IDENTITY   "Developer ID Application: NAME (TEAM)", in the keychain
#   APPLE_ID, APPLE_TEAM_ID, APPLE_PASSWORD   an app-specific password, for the notary
set -eu
cd "$(dirname "$0")/../.."
version=$1
app=dist/LSD2.app
image=dist/lsd2-$version-macos-arm64.dmg
rm -f "$image"
cp -R dist/lsd2/licences LICENSE THIRD_PARTY.md "$app/Contents/Resources/"
if [ -n "${LSD2_CODESIGN_IDENTITY:-}" ]; then
    # From the inside out; hardened runtime, as the notary wants it.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -exec \
        codesign --force --timestamp --options runtime --sign "$LSD2_CODESIGN_IDENTITY" {} +
    codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
        --sign "$LSD2_CODESIGN_IDENTITY" "$app/Contents/MacOS/lsd2" "$app/Contents/MacOS/lsd2-gui" "$app"
else
    # Files were added: without a fresh signature, even an ad-hoc one, an arm64 Mac does not start it.
    codesign --force --deep --sign - "$app"
fi
codesign --verify --deep --strict "$app"
folder=$(mktemp -d)
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname LSD2 -srcfolder "$folder" -format ULMO -ov "$image"
rm -rf "$folder"
if [ -n "${APPLE_PASSWORD:-}" ]; then
    codesign --force --timestamp --sign "$LSD2_CODESIGN_IDENTITY" "$image"
    xcrun notarytool submit "$image" --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM_ID" --password "$APPLE_PASSWORD" --wait
    xcrun stapler staple "$image"
fi
