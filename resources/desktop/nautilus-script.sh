#!/bin/sh
# Offers the files that are selected to vaultapp.
if [ -n "${NAUTILUS_SCRIPT_SELECTED_URIS:-}" ]; then
  # One address a line. In the arguments a name has lost what looks like a field code: 100%f.txt came as 100.txt.
  set -f
  IFS='
'
  # shellcheck disable=SC2086 - to be split
  set -- $NAUTILUS_SCRIPT_SELECTED_URIS
else
  # Their names come relative to the folder that is shown.
  for path do
    shift
    case $path in
      /*) ;;
      *) path=$PWD/$path ;;
    esac
    set -- "$@" "$path"
  done
fi
exec @SHELL@ "$@"
