#!/bin/sh
# Prints the Python of a virtual environment that holds what REQUIREMENTS pins. It is made once, in a
# cache folder named after the requirements.
#   tests/tools/venv.sh tests/bench/requirements.txt
# A line "#: --no-deps" in it hands pip that option.
set -eu
requirements=$1
sum=$(sha256sum "$requirements" | cut -c 1-16)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/attngraph/venv-$sum
if [ ! -f "$folder/complete" ]; then
  rm -rf "$folder"
  python3 -m venv "$folder" >&2
  options=$(sed -n 's/^#: //p' "$requirements")
  "$folder/bin/pip" install --quiet $options --requirement "$requirements" >&2
  touch "$folder/complete"
fi
printf '%s\n' "$folder/bin/python"
