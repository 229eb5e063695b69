# Completion of attngraph for bash: source <(attngraph completion bash)

# Each line of what attngraph answers is a word, a tab and its meaning; the first says what they are.
_attngraph() {
  local program=${COMP_WORDS[0]/#\~\//$HOME/} line=${COMP_LINE:0:COMP_POINT} piece kind word i
  local -a words=() answer=()
  # bash breaks words at = and : too; here they are put together again.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if ((i > 1)) && [[ $line != [[:space:]]* && -n $piece ]]; then
      words[${#words[@]} - 1]+=$piece
    else
      words+=("$piece")
    fi
    line=${line#"${line%%[![:space:]]*}"}
    line=${line#"$piece"}
  done
  local typed=${words[${#words[@]} - 1]}
  [[ $piece == [=:]* ]] && piece=
  local before=${typed%"$piece"}
  local -a plain=("${words[@]//[\'\"\\]/}")
  mapfile -t answer < <("$program" completion --complete "${plain[@]:1}" 2>/dev/null)
  kind=${answer[0]}
  COMPREPLY=()
  [[ $kind == files ]] && return
  compopt +o default 2>/dev/null
  local wanted=${typed//[\'\"\\]/}
  for word in "${answer[@]:1}"; do
    word=${word%%$'\t'*}
    [[ $word == "$wanted"* ]] || continue
    word=${word#"$before"}
    [[ $typed == [\'\"]* || $word != *[^[:alnum:]_,.:=/+-]* ]] || printf -v word %q "$word"
    COMPREPLY+=("$word")
  done
}

complete -o default -F _attngraph attngraph
