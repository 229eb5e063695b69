#!/bin/sh
# Takes into the corpora what the runs found that reaches something new.
#   tests/fuzz/minimise.sh build-fuzz/tests/fuzz [TARGET...]
set -eu
programs=$1
shift
corpora=$(dirname "$0")/corpus
for program in "$programs"/fuzz_readers "$programs"/fuzz_writers "$programs"/fuzz_program; do
  for target in $("$program" 2>&1 | sed -n 's/^--target=//p'); do
    case " ${*:-$target} " in *" $target "*) ;; *) continue ;; esac
    mkdir -p "$corpora/$target" "$programs/found/$target"
    # As few as reach every line, not as often.
    "$program" --target="$target" -set_cover_merge=1 -use_counters=0 "$corpora/$target" \
      "$programs/found/$target" 2>&1 | sed -n 's/^MERGE-OUTER: \(.*new\)/'"$target"': \1/p'
  done
done
