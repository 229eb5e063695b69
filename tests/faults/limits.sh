#!/bin/sh
# Under limits of the system the program answers, or says which limit it met: it never hangs, dies
# or leaves half a file.
# usage: limits.sh PROGRAM   (in the root of the project)
set -u
program=$1
input=data/minilm/cats/attention.npy
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# expect NAME STATUSES COMMAND...
expect() {
  name=$1 statuses=$2
  shift 2
  timeout -k 1 60 "$@" >"$scratch/out" 2>"$scratch/err"
  status=$?
  case " $statuses " in
  *" $status "*) ;;
  *)
    echo "$name: status $status, expected one of $statuses: $(head -c 300 "$scratch/err")"
    failed=1
    ;;
  esac
}

# KiB of address space: from just above what the libraries take when they are loaded
for space in 125000 150000 200000 400000; do
  for question in "heads" "centrality --metric all" "compare --cluster 2" "flow --target 0"; do
    # shellcheck disable=SC2086
    (ulimit -v $space && expect "$question in $space KiB" "0 5" "$program" $question $input -j 2
     exit $failed) || failed=1
  done
done

(ulimit -f 8 && expect "graph over the file size limit" 4 "$program" graph $input -o "$scratch/big.csv"
 exit $failed) || failed=1
[ -z "$(ls "$scratch" | grep big)" ] || { echo "a file over the limit was left"; failed=1; }
expect "graph to a full disk" 4 "$program" graph $input -o /dev/full
expect "a device without end" 3 "$program" inspect /dev/zero
exit $failed
