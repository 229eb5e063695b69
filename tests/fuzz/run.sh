#!/bin/sh
# Runs each fuzz target on each corpus that is its own for some seconds.
#   tests/fuzz/run.sh build-fuzz/tests/fuzz 10
# A corpus NAME belongs to fuzz_NAME, else to fuzz_dump.
set -eu
targets=$1
seconds=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for corpus in tests/fuzz/corpus/*/; do
  name=$(basename "$corpus")
  target=$targets/fuzz_$name
  [ -x "$target" ] || target=$targets/fuzz_dump
  mkdir "$scratch/$name"
  echo "$(basename "$target") on $name for $seconds s"
  "$target" -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=2048 -timeout=20 \
    -artifact_prefix="$scratch/" -verbosity=0 "$scratch/$name" "$corpus" >"$scratch/log" 2>&1 ||
    { tail -40 "$scratch/log"; cat "$scratch"/crash-* "$scratch"/timeout-* 2>/dev/null | base64; exit 1; }
done
