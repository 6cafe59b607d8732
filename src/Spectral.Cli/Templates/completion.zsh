#compdef spectral
# Completion of spectral for zsh. For good: add to ~/.zshrc behind compinit
#   source <(spectral completion zsh)
_spectral() {
    local line="${(j: :)words[1,CURRENT]}"
    local word="${words[CURRENT]}"
    local -a found
    found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2> /dev/null)}")
    # Options are offered once a hyphen stands; before that, files are more likely meant.
    if [[ "$word" == -* ]]; then
        found=("${(@M)found:#-*}")
    else
        found=("${(@)found:#[-/]*}")
    fi
    found=("${(@)found:#}")
    if (( ${#found} )); then
        compadd -- "${found[@]}"
    else
        _files
    fi
}
compdef _spectral spectral
