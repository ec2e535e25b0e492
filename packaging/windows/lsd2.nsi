; The Windows installer: for one user, without administrator's rights.
;   makensis -DVERSION=0.1.0 -DBUNDLE=dist/lsd2 -DOUT=dist/setup.exe packaging/windows/lsd2.nsi
; Silent: setup.exe /S [/D=C:\folder], and uninstall.exe /S
Unicode true
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\LSD2"
!define CLASSES "Software\Classes"
!define PROGID "LSD2.Photo"
Name "LSD2"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\LSD2"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
ManifestDPIAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "LSD2"
VIAddVersionKey "FileDescription" "LSD2 installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_FINISHPAGE_RUN "$INSTDIR\lsd2-gui.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

; A key without values and keys of its own is nobody's, so it goes.
!macro tidy KEYNAME
  ClearErrors
  EnumRegValue $0 HKCU "${KEYNAME}" 0
  ${If} ${Errors}
    DeleteRegKey /ifempty HKCU "${KEYNAME}"
  ${EndIf}
!macroend
!macro offer EXT
  WriteRegStr HKCU "${CLASSES}\${EXT}\OpenWithProgids" "${PROGID}" ""
  WriteRegStr HKCU "${CLASSES}\Applications\lsd2-gui.exe\SupportedTypes" "${EXT}" ""
!macroend
!macro withdraw EXT
  DeleteRegValue HKCU "${CLASSES}\${EXT}\OpenWithProgids" "${PROGID}"
  !insertmacro tidy "${CLASSES}\${EXT}\OpenWithProgids"
  !insertmacro tidy "${CLASSES}\${EXT}"
!macroend
!macro each ACTION
  !insertmacro ${ACTION} ".jpg"
  !insertmacro ${ACTION} ".jpeg"
  !insertmacro ${ACTION} ".png"
  !insertmacro ${ACTION} ".tif"
  !insertmacro ${ACTION} ".tiff"
  !insertmacro ${ACTION} ".webp"
  !insertmacro ${ACTION} ".avif"
  !insertmacro ${ACTION} ".heic"
  !insertmacro ${ACTION} ".heif"
  !insertmacro ${ACTION} ".dng"
  !insertmacro ${ACTION} ".cr2"
  !insertmacro ${ACTION} ".cr3"
  !insertmacro ${ACTION} ".nef"
  !insertmacro ${ACTION} ".arw"
  !insertmacro ${ACTION} ".raf"
  !insertmacro ${ACTION} ".orf"
  !insertmacro ${ACTION} ".rw2"
  !insertmacro ${ACTION} ".pef"
!macroend

Section "LSD2"
  ; An older version's files must not stay among the new ones.
  IfFileExists "$INSTDIR\lsd2-gui.exe" 0 +2
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\LSD2.lnk" "$INSTDIR\lsd2-gui.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "LSD2"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\lsd2-gui.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "The LSD2 developers"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "Photo"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\lsd2-gui.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\lsd2-gui.exe\shell\open\command" "" '"$INSTDIR\lsd2-gui.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\lsd2-gui.exe" "FriendlyAppName" "LSD2"
  !insertmacro each offer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; Settings and logs (%LOCALAPPDATA%\lsd2) are the user's and stay.
Section "Uninstall"
  !insertmacro each withdraw
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegKey HKCU "${CLASSES}\Applications\lsd2-gui.exe"
  !insertmacro tidy "${CLASSES}\Applications"
  DeleteRegKey HKCU "${KEY}"
  Delete "$SMPROGRAMS\LSD2.lnk"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\lsd2.exe"
  Delete "$INSTDIR\lsd2-gui.exe"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\THIRD_PARTY.md"
  Delete "$INSTDIR\uninstall.exe"
  ; Not with /r: whatever else somebody put there is not ours.
  RMDir "$INSTDIR"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
