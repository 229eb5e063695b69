#!/bin/sh
# Prints the sources of app/ and lib/ that the commits of the last three days changed, the newest
# first, MOST at the most; says on standard error how many it leaves out.
set -eu
most=${1:-12}
changed=$(git log --since=3.days --diff-filter=AM -M --name-only --pretty= -- 'app/*.cpp' 'lib/*.cpp' |
  awk '!seen[$0]++' | while read -r file; do if [ -f "$file" ]; then echo "$file"; fi; done)
count=$(printf '%s' "$changed" | grep -c '' || true)
if [ "$count" -gt "$most" ]; then
  echo "clang-tidy looks at the $most newest of $count changed sources; make lint looks at all" >&2
fi
printf '%s\n' "$changed" | head -n "$most"
