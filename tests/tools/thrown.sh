#!/bin/sh
# Runs the tests of a build with every error recorded, and lists those that none of them throws.
# usage: thrown.sh BUILD   (in the root of the project)
set -eu
build=$1
record=$(realpath "$build")/thrown.txt
library=$(realpath "$build")/thrown.so
rm -f "$record"
c++ -std=c++20 -shared -fPIC -I lib -o "$library" tests/tools/thrown.cpp -ldl
ATTNGRAPH_THROWN=$record LD_PRELOAD=$library ctest --test-dir "$build" --output-on-failure -E 'browser|completion|faults'
/usr/bin/python3 tests/house/thrown.py . "$record"
