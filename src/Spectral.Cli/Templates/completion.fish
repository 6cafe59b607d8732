# Completion of spectral for fish. For good:
#   spectral completion fish > ~/.config/fish/completions/spectral.fish
function __spectral_complete
    set -l line (commandline --cut-at-cursor | string collect)
    set -l word (commandline --current-token --cut-at-cursor | string collect)
    set -l found (spectral "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null)
    # Options are offered once a hyphen stands; before that, files are more likely meant.
    if string match --quiet -- '-*' "$word"
        string match -- '-*' $found
    else
        string match --invert --regex -- '^[-/]' $found
    end
end
complete --command spectral --arguments '(__spectral_complete)'
