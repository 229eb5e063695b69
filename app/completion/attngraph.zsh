#compdef attngraph
# Completion of attngraph for zsh: attngraph completion zsh > a folder of $fpath/_attngraph

# Each line of what attngraph answers is a word, a tab and its meaning; the first says what they are.
_attngraph() {
  local program=${${(Q)words[1]}/#\~\//$HOME/} line kind
  local -a typed answer described ending
  typed=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")
  answer=("${(@f)$("$program" completion --complete "${typed[@]}" 2>/dev/null)}")
  kind=${answer[1]}
  if [[ $kind == files ]]; then
    compset -P '--*='
    _files
    return
  fi
  if [[ $PREFIX == --*=* ]]; then
    answer=("${(@)answer#--*=}")
    compset -P '--*='
  fi
  if [[ $kind == list ]]; then
    ending=(-S , -q)
    answer=("${(@)answer/#*,/}")
    compset -P '*,'
  fi
  for line in "${(@)answer[2,-1]}"; do
    described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe -V -t words word described "${ending[@]}"
}

# As an autoloaded file this is the first call of the function, else it is read by source.
if [[ ${funcstack[1]} == _attngraph ]]; then
  _attngraph "$@"
else
  compdef _attngraph attngraph
fi
