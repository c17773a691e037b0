#!/usr/bin/env bash
# Run `make test` and `make run` in an empty Debian that has only make and ca-certificates.
# Usage: check_bare.sh CHROOT | check_bare.sh --remove CHROOT
#
# Settings:
#   RELEASE  the Debian release (bookworm)
#   MIRROR   where debootstrap fetches it (its own default)
#   PREPARE  a program that gets the chroot's path before anything runs in it, for a network with its own rules
#   TARGETS  what to make in it (test run)
set -euo pipefail

remove() {
  [ ! -e "$1" ] || rm -rf --one-file-system "$1"
}

if [ "${1:-}" = --remove ]; then
  remove "$2"
  exit 0
fi

chroot=$1
[ "$(id -u)" = 0 ] || { echo "An empty Debian is made with debootstrap, which takes root: sudo make check-bare" >&2; exit 1; }
cd "$(dirname "$0")/../.."

remove "$chroot"
mkdir -p "$chroot"
debootstrap --variant=minbase --include=make,ca-certificates "${RELEASE:-bookworm}" "$chroot" ${MIRROR:+"$MIRROR"} >"$chroot.log" 2>&1 ||
  { tail -n 20 "$chroot.log" >&2; exit 1; }
cp --dereference /etc/resolv.conf "$chroot/etc/resolv.conf"
[ -z "${PREPARE:-}" ] || "$PREPARE" "$chroot"
mkdir "$chroot/srv/vaultapp"
tar --create --exclude=./build --exclude=./.git --exclude=__pycache__ --exclude='./.*_cache' . | tar --extract --directory "$chroot/srv/vaultapp"

# Proxies and certificates are the machine's; everything else of this environment stays outside.
passed=()
while IFS= read -r -d '' setting; do
  case ${setting%%=*} in
    http_proxy | https_proxy | no_proxy | HTTP_PROXY | HTTPS_PROXY | NO_PROXY | PIP_* | SSL_CERT_*) passed+=("$setting") ;;
  esac
done < <(env --null)

# In namespaces of its own, so that every mount and every process goes with the check, however it ends.
export chroot
for target in ${TARGETS:-test run}; do
  echo "== make $target in an empty Debian"
  unshare --mount --propagation private --pid --fork --kill-child -- bash -euo pipefail -c '
    mount -t proc proc "$chroot/proc"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$chroot/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$chroot/dev/shm"
    exec chroot "$chroot" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
  ' bash "${passed[@]}" make -C /srv/vaultapp "$target"
done
