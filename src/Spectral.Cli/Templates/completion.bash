# Completion of spectral for bash. For good: add to ~/.bashrc
#   source <(spectral completion bash)
_spectral() {
    local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
    COMPREPLY=()
    while IFS= read -r found; do
        # Options are offered once a hyphen stands; before that, files are more likely meant.
        case $found in
            [-/]*) [[ $word == -* && $found == "$word"* ]] && COMPREPLY+=("$found") ;;
            "$word"*) COMPREPLY+=("$found") ;;
        esac
    done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2> /dev/null)
}
# Where nothing is offered, bash completes names of files.
complete -o default -F _spectral spectral
