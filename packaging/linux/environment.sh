#!/usr/bin/env bash
# Make build/venv, or bring it up to date when pyproject.toml changed; quick when there is nothing to do.
# Usage: environment.sh run|dev     run: what the app needs; dev: the tools and test libraries as well
set -euo pipefail

kind=$1
cd "$(dirname "$0")/../.."
venv=build/venv

# The system's own Python first: one that comes first on PATH may be newer than the libraries know, or an odd build.
python=
for candidate in /usr/bin/python3 python3.13 python3.12 python3.11 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || { echo "Python 3.11 or newer with its venv module is needed (Debian: python3-venv)." >&2; exit 1; }

mkdir -p build
exec 9>build/.environment.lock
flock 9

# A virtual environment knows its own place, so a moved checkout makes a new one.
version=$("$python" -c 'import platform; print(platform.python_version())')
state="$(pwd -P) $version $(sha256sum <pyproject.toml)"
stamp_of() { printf '%s/.ready-%s' "$venv" "$1"; }
ready() { [ "$(cat "$(stamp_of "$1")" 2>/dev/null)" = "$state" ]; }

if ready dev || { [ "$kind" = run ] && ready run; }; then
  exit 0
fi

if [ "$("$venv/bin/python" -c 'import os, platform, sys; print(os.path.realpath(sys.prefix), platform.python_version())' 2>/dev/null)" != "$(pwd -P)/$venv $version" ]; then
  echo "Making $venv with $python ($version)"
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi

target=.
[ "$kind" = run ] || target='.[dev,kdbx]'
echo "Installing vaultapp and its libraries into $venv"
rm -f "$(stamp_of run)" "$(stamp_of dev)"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$target"
printf '%s\n' "$state" >"$(stamp_of "$kind")"
