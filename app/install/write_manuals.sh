#!/bin/sh
# Writes manual pages (where scdoc is) and completions into FOLDER.
#   sh write_manuals.sh MANUALS PROGRAM FOLDER
set -eu
manuals=$1 program=$2 folder=$3
rm -rf "$folder"
mkdir -p "$folder/man1" "$folder/sources"
"$manuals" "$folder/sources"
if command -v scdoc >/dev/null; then
  for page in "$folder"/sources/*.scd; do
    scdoc <"$page" | gzip -9n >"$folder/man1/$(basename "$page" .scd).gz"
  done
fi
"$program" completion bash >"$folder/attngraph.bash"
"$program" completion zsh >"$folder/_attngraph"
"$program" completion fish >"$folder/attngraph.fish"
touch "$folder/written"
