# Sourced by mvnw and kith: sets and exports JAVA_HOME to a JDK of release 25 or newer.
# POSIX sh. The first that has a javac of that release wins, in the order of the calls at the end.

kith_jdk_release=25

# $1 is a JDK's home. Its release file is read where there is one: it costs no JVM start.
kith_jdk_try() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 1
  kith_jdk_version=
  if [ -r "$1/release" ]; then
    kith_jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$kith_jdk_version" ]; then
    kith_jdk_version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  fi
  [ -n "$kith_jdk_version" ] && [ "$kith_jdk_version" -ge "$kith_jdk_release" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# $1 is a command that may be a chain of links into a JDK.
kith_jdk_try_command() {
  kith_jdk_link=$(command -v "$1" 2>/dev/null) || return 1
  while [ -L "$kith_jdk_link" ]; do
    kith_jdk_target=$(readlink "$kith_jdk_link")
    case $kith_jdk_target in
      /*) kith_jdk_link=$kith_jdk_target ;;
      *) kith_jdk_link=$(dirname "$kith_jdk_link")/$kith_jdk_target ;;
    esac
  done
  kith_jdk_try "$(cd "$(dirname "$kith_jdk_link")/.." 2>/dev/null && pwd -P)"
}

kith_jdk_try_macos() {
  [ -x /usr/libexec/java_home ] || return 1
  kith_jdk_try "$(/usr/libexec/java_home -v "$kith_jdk_release+" 2>/dev/null)"
}

kith_jdk_try_each() {
  for kith_jdk_home in "$@"; do
    kith_jdk_try "$kith_jdk_home" && return 0
  done
  return 1
}

kith_jdk_find() {
  kith_jdk_try "${JAVA_HOME-}" ||
    kith_jdk_try_command javac ||
    kith_jdk_try_macos ||
    kith_jdk_try_each /usr/lib/jvm/* ||
    kith_jdk_try_each "${SDKMAN_DIR-${HOME-}/.sdkman}"/candidates/java/* ||
    kith_jdk_try_each "${HOME-}"/.jdks/* ||
    kith_jdk_try_each "${MISE_DATA_DIR-${HOME-}/.local/share/mise}"/installs/java/* ||
    kith_jdk_try_each "${ASDF_DATA_DIR-${HOME-}/.asdf}"/installs/java/*
}

# mvnw runs with -f, which would leave the patterns above unexpanded.
case $- in
  *f*) set +f; kith_jdk_globs=off ;;
  *) kith_jdk_globs=on ;;
esac
if ! kith_jdk_find; then
  echo "Kith needs JDK $kith_jdk_release or newer, and no javac of that release was found." >&2
  echo "Install one (https://adoptium.net/temurin/releases/?version=$kith_jdk_release) or point JAVA_HOME at it." >&2
  exit 1
fi
[ "$kith_jdk_globs" = on ] || set -f
