# Completion of attngraph for fish: attngraph completion fish > ~/.config/fish/completions/attngraph.fish

# Each line of what attngraph answers is a word, a tab and its meaning; the first says what they are.
function __attngraph_answer
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l typed (commandline --current-token --cut-at-cursor | string unescape)
    set -l program (string replace --regex '^~/' "$HOME/" -- $words[1])
    set --erase words[1]
    $program completion --complete $words "$typed" 2>/dev/null
end

function __attngraph_wants_files
    test (__attngraph_answer)[1] = files
end

complete --command attngraph --no-files
complete --command attngraph --condition __attngraph_wants_files --force-files
complete --command attngraph --condition 'not __attngraph_wants_files' \
    --arguments '(__attngraph_answer)[2..-1]'
