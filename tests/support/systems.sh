# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Systems of their own, with other releases of Debian in them; ./dev reads this.

need_root ()
{
  [ "$(id -u)" = 0 ] || die "a system of its own can be made by root alone: sudo ./dev $*"
}

# The folder is /src there; nothing else of this system is to be seen, but for the devices.
in_system () # SYSTEM FOLDER COMMAND…
{
  # shellcheck disable=SC2016 # for the shell inside
  unshare --mount --pid --fork --kill-child bash -c '
    root=$1/root folder=$2
    shift 2
    mount --bind "$(realpath "$folder")" "$root/src" && mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" &&
      mount -t tmpfs tmpfs "$root/tmp" || exit 1
    exec chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 CI="${CI:-}" \
      DEBIAN_FRONTEND=noninteractive DRIVE_PATIENCE="${DRIVE_PATIENCE:-1}" sh -c "cd /src && exec \"\$@\"" sh "$@"
  ' - "$@"
}

# It is made anew, with all that is in its folder, where other packages are wanted.
make_system () # RELEASE SYSTEM PACKAGES [OPTION]…
{
  local release=$1 system=$2 packages
  packages=$(tr -s ' \n' ',' <<<"$3")
  shift 3
  [ "$(cat "$system/packages" 2>/dev/null)" != "$packages" ] || return 0
  set_up mmdebstrap debian-archive-keyring util-linux
  echo "dev: making a Debian, $release, in $system, which takes some minutes" >&2
  rm -rf "$system"
  mkdir -p "$system"
  # shellcheck disable=SC2016 # for the shell of the hooks
  mmdebstrap --mode=root --variant=apt --aptopt='Acquire::Retries "3"' --include="${packages%,}" \
    --customize-hook='mkdir "$1/src"' "$@" "$release" "$system/root" >"$system/setup.log" 2>&1 ||
    { tail -20 "$system/setup.log" >&2; die "$system could not be set up"; }
  echo "$packages" >"$system/packages"
}
