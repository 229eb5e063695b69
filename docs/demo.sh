#!/bin/sh
# The main job on real attention: a sentence through MiniLM (6 layers, 12 heads), read, asked and drawn.
# Run by `make demo`; $1 is the program.
set -eu
attngraph=$1
attention=data/minilm/cats/attention.npy
tokens=data/minilm/cats/tokens.json

show() {
  printf '\n$ attngraph %s\n' "$*"
  "$attngraph" "$@"
}

printf 'The sentence: %s\n' "$(cat data/minilm/cats/text.txt)"
show inspect "$attention" --tokens "$tokens"
show centrality "$attention" --tokens "$tokens" --layer 2 --head 5 --metric pagerank --sort pagerank -q
show rollout "$attention" --tokens "$tokens" --target 0 -q
show graph "$attention" --tokens "$tokens" --layer 2 --head 5 -o build/demo.svg
printf '\nLook at build/demo.svg. To type attngraph alone: export PATH=%s:$PATH\n' "$(cd "$(dirname "$attngraph")" && pwd)"
