@REM Called by mvnw.cmd: sets JAVA_HOME to a JDK of release 25 or newer.
@REM The first that has a javac of that release wins, in the order below.

@CALL :try "%JAVA_HOME%" && EXIT /B 0
@FOR /F "delims=" %%J IN ('where javac 2^>NUL') DO @CALL :try "%%~dpJ.." && EXIT /B 0
@FOR /D %%D IN ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\temurin25-jdk\*" "%LOCALAPPDATA%\mise\installs\java\*") DO @CALL :try "%%~D" && EXIT /B 0
@ECHO Kith needs JDK 25 or newer, and no javac of that release was found. 1>&2
@ECHO Install one (https://adoptium.net/temurin/releases/?version=25) or point JAVA_HOME at it. 1>&2
@EXIT /B 1

:try
@IF "%~1"=="" EXIT /B 1
@IF NOT EXIST "%~1\bin\javac.exe" EXIT /B 1
@SET KITH_JDK_VERSION=0
@FOR /F "tokens=2 delims=. " %%V IN ('"%~1\bin\javac.exe" -version 2^>^&1') DO @SET KITH_JDK_VERSION=%%V
@IF %KITH_JDK_VERSION% LSS 25 EXIT /B 1
@SET "JAVA_HOME=%~f1"
@EXIT /B 0
