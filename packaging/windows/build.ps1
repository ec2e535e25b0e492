# The Windows installer and the portable zip of dist\lsd2, signed if there is a certificate.
$ErrorActionPreference = "Stop"
$root = (Resolve-Path "$PSScriptRoot\..\..").Path
$version = python -c "import lsd2; print(lsd2.__version__)"
$setup = "$root\dist\lsd2-$version-windows-x64-setup.exe"

function Add-Signature([string[]] $files) {
    if (-not $env:WINDOWS_CERTIFICATE) { return }
    $certificate = "$env:RUNNER_TEMP\certificate.pfx"
    [IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
    $tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Select-Object -Last 1
    & $tool.FullName sign /f $certificate /p $env:WINDOWS_PASSWORD /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 $files
    if ($LASTEXITCODE) { throw "signing failed" }
    Remove-Item $certificate
}

Add-Signature @("$root\dist\lsd2\lsd2.exe", "$root\dist\lsd2\lsd2-gui.exe")
Compress-Archive -Path "$root\dist\lsd2" -DestinationPath "$root\dist\lsd2-$version-windows-x64.zip" -Force
& "${env:ProgramFiles(x86)}\NSIS\makensis.exe" "-DVERSION=$version" "-DBUNDLE=$root\dist\lsd2" "-DOUT=$setup" "$PSScriptRoot\lsd2.nsi"
if ($LASTEXITCODE) { throw "makensis failed" }
Add-Signature @($setup)
