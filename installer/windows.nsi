; The Windows installer: puts the one-folder build in place for one person, without administrator rights.
; Run through `py dev.py installer` where makensis is found; VERSION and FOLDER come from there.
Unicode true
Target amd64-unicode
!include "MUI2.nsh"

Name "CRMDesk ${VERSION}"
OutFile "..\dist\crmdesk-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\CRMDesk"
RequestExecutionLevel user
SetCompressor zlib

!insertmacro MUI_PAGE_LICENSE "..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "Ukrainian"
!insertmacro MUI_LANGUAGE "English"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\CRMDesk"

Section
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  CreateShortcut "$SMPROGRAMS\CRMDesk.lnk" "$INSTDIR\crmdesk-window.exe"
  CreateShortcut "$DESKTOP\CRMDesk.lnk" "$INSTDIR\crmdesk-window.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "CRMDesk ${VERSION}"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
SectionEnd

Section "Uninstall"
  ; offices and backups lie in the person's own folders and stay
  Delete "$SMPROGRAMS\CRMDesk.lnk"
  Delete "$DESKTOP\CRMDesk.lnk"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
