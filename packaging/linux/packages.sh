#!/usr/bin/env bash
# Install the Debian packages that a task needs and this machine lacks; says nothing when none is missing.
# Usage: packages.sh GROUP…     groups: run desktop database test bench bare
set -euo pipefail

# A bar stands between the names that one library has in different releases.
declare -A GROUPS_OF=(
  [run]="ca-certificates python3 python3-venv libgl1 libegl1 libfontconfig1 libglib2.0-0|libglib2.0-0t64 libdbus-1-3
         libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 fonts-dejavu-core"
  [desktop]="xvfb openbox xdotool x11-utils xclip imagemagick dbus dbus-x11 at-spi2-core gir1.2-atspi-2.0 python3-gi
             fonts-wqy-microhei"
  [test]="gcc libc6-dev desktop-file-utils shared-mime-info libglib2.0-bin pcmanfm libfm-modules
         weston sway wtype wl-clipboard trayer postgresql redis-server"
  [database]="mariadb-server"
  [bench]="age openssl gnupg procps"
  [bare]="debootstrap"
)

declare -A installed=()
if command -v dpkg-query >/dev/null; then
  while read -r status name; do
    [ "$status" = ii ] && installed[$name]=yes
  done < <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n')
fi

present() {
  local name
  for name in ${1//|/ }; do
    [ -n "${installed[$name]:-}" ] && return 0
  done
  return 1
}

# The first of the names that this release has.
offered() {
  local name
  for name in ${1//|/ }; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      printf '%s' "$name"
      return
    fi
  done
  printf '%s' "${1%%|*}"
}

missing=()
for group in "$@"; do
  [ -n "${GROUPS_OF[$group]:-}" ] || { echo "packages.sh: no group is called $group" >&2; exit 64; }
  if command -v dpkg-query >/dev/null; then
    for package in ${GROUPS_OF[$group]}; do
      present "$package" || missing+=("$package")
    done
  else
    echo "This is not a Debian system: see to it that these are installed (Debian's names): ${GROUPS_OF[$group]}" >&2
  fi
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
  as_root=(sudo)
else
  echo "Some Debian packages are missing, and installing them takes root. Type this once, then try again:" >&2
  echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]%%|*}" >&2
  exit 1
fi

echo "Installing ${missing[*]%%|*}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Packages talk a lot while they are set up; it matters only when something fails.
apt() {
  # Run level 1: servers are installed for the tests to start their own, not to run by themselves.
  "${as_root[@]}" env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >"$log" 2>&1 ||
    { cat "$log" >&2; echo "apt-get $1 failed; see above." >&2; exit 1; }
}
apt update
names=()
for package in "${missing[@]}"; do
  names+=("$(offered "$package")")
done
apt install -y --no-install-recommends "${names[@]}"
