# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Octavo by gcc and by clang, as it is worked on, for release, and with LTO, each of which has its own warnings; ./dev
# reads this after stages.sh and systems.sh.

here () # COMMAND…
{
  if [ "$label" = debian13 ]; then
    in_system build/debian13 . "$@"
  else
    "$@"
  fi
}

set_up_for () # COMPILER FOLDER [OPTION]…
{
  [ -f "$2/build.ninja" ] || here env CC="$1" meson setup "$2" "${@:3}"
}

# It is built anew, so that whatever the compiler or the linker warns of is in the log; a cache tells of that, too.
builds_quietly () # COMPILER FOLDER [OPTION]…
{
  local log=$2.ninja
  rm -rf "$2"
  if ! set_up_for "$@" || ! here ninja -C "$2" >"$log" 2>&1; then
    tail -60 "$log"
    return 1
  fi
  ! grep -A6 'warning:' "$log"
}

works_with_lto () # FOLDER
{
  here meson test -C "$1" --suite orm --suite model --suite search --suite app --timeout-multiplier 5
}

compiler_stages () # COMPILER
{
  local folder=$work/$1
  stage "$1-debugging" builds_quietly "$1" "$folder"
  stage "$1-release" builds_quietly "$1" "$folder-release" --buildtype release -Dtests=false
  stage "$1-lto" builds_quietly "$1" "$folder-lto" --buildtype release -Db_lto=true -Dtests=false
}

compilers ()
{
  local compiler
  work_on here build/compilers
  # shellcheck disable=SC2086 # lists of words
  set_up $BUILD $CLANG
  case ${1:-} in
    '') ;;
    13)
      need_root compilers 13
      make_debian13
      work_on debian13 build/debian13/compilers
      ;;
    *) explain >&2; exit 2 ;;
  esac
  begin_stages "$work"
  for compiler in gcc clang; do
    compiler_stages "$compiler"
  done
  stage "lto-configured" set_up_for gcc "$work/lto" --buildtype release -Db_lto=true &&
    stage "lto-tests" works_with_lto "$work/lto"
  count_cases
}
