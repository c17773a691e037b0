#!/bin/sh
# Offers the files that are selected to vaultapp. Their names come relative to the folder that is shown.
for path do
  shift
  case $path in
    /*) ;;
    *) path=$PWD/$path ;;
  esac
  set -- "$@" "$path"
done
exec @SHELL@ "$@"
