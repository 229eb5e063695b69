#!/bin/sh
# Compiles, without linking, every source that meets igraph against the headers of igraph 1.x, from the
# C library in the sdist of python-igraph.
#   sh tests/packages/igraph_1.sh
set -eu
version=1.0.0
folder=${XDG_CACHE_HOME:-$HOME/.cache}/attngraph/igraph-$version
if [ ! -f "$folder/complete" ]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  python3 -m venv "$folder/venv" >&2
  "$folder/venv/bin/pip" download -q --no-deps --no-binary igraph -d "$folder" "igraph==$version" >&2
  tar xzf "$folder/igraph-$version.tar.gz" -C "$folder" --strip-components 1
  # Configuring writes the headers that hold its version and settings.
  cmake -S "$folder/vendor/source/igraph" -B "$folder/build" -DIGRAPH_WARNINGS_AS_ERRORS=OFF \
    -DIGRAPH_GRAPHML_SUPPORT=OFF -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Release >"$folder/log" 2>&1 || {
    tail -n 20 "$folder/log"
    exit 1
  }
  touch "$folder/complete"
fi
sources=$(grep -lE '<igraph\.h>|igraph_door\.hpp' -r lib --include='*.cpp')
export version folder
printf '%s\n' $sources | xargs -P "$(nproc)" -n 1 sh -c '
  if g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -Wno-restrict -DNDEBUG -I lib \
    -isystem "$folder/build/include" -isystem "$folder/vendor/source/igraph/include" \
    -isystem /usr/include/eigen3 "$1"; then
    echo "ok    igraph $version: $1"
  else
    echo "FAIL  igraph $version: $1"
    exit 1
  fi' compile
