#!/bin/sh
# Gives every target to libFuzzer for some seconds, in turn, and adds up what was run.
#   tests/fuzz/run.sh build-fuzz/tests/fuzz 10           all targets
#   tests/fuzz/run.sh build-fuzz/tests/fuzz 600 npz csv  these
# Beside the programs: found/NAME, inputs of earlier runs that reach something, with which a run
# begins; executions.tsv, a line for each run. What breaks a promise is printed and ends it.
set -eu
programs=$1
seconds=$2
shift 2
corpora=$(dirname "$0")/corpus
programs=$(realpath "$programs")
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Longer inputs are slower and hardly say more.
longest() {
  case $1 in
    command_line | questions) echo 256 ;;
    written_*) echo 64 ;;
    torch) echo 6144 ;;
    npz | dump | labels | pickle) echo 2048 ;;
    graphml) echo 1024 ;;
    *) echo 512 ;;
  esac
}

one_target() {
  mkdir -p "$programs/found/$2"
  "$1" --target="$2" -max_total_time="$seconds" -entropic=0 -reload=0 -print_funcs=0 -max_len="$(longest "$2")" \
    -rss_limit_mb=4096 -timeout=300 -print_final_stats=1 -artifact_prefix="$programs/broken-$2-" \
    "$programs/found/$2" "$corpora/$2" >"$log" 2>&1 ||
    { grep -v '^#[0-9]' "$log" | tail -60; exit 1; }
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  edges=$(sed -n 's/^#[0-9]*[[:space:]]*DONE *cov: \([0-9]*\).*/\1/p' "$log")
  printf '%s\t%s\t%s\t%s\n' "$2" "$executions" "$seconds" "$edges" | tee -a "$programs/executions.tsv"
}

for program in "$programs"/fuzz_readers "$programs"/fuzz_writers "$programs"/fuzz_program; do
  [ -x "$program" ] || continue
  for target in $("$program" 2>&1 | sed -n 's/^--target=//p'); do
    case " ${*:-$target} " in *" $target "*) one_target "$program" "$target" ;; esac
  done
done

printf '\ntarget\texecutions in all\tseconds\tedges\n'
awk -F'\t' '{ runs[$1] += $2; time[$1] += $3; if ($4 > edges[$1]) edges[$1] = $4 }
  END { for (name in runs) printf "%s\t%d\t%d\t%d\n", name, runs[name], time[name], edges[name] }' \
  "$programs/executions.tsv" | sort
