# Completion of spectral for PowerShell. For good: add to $PROFILE
#   spectral completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName spectral -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition)
    $found = @(spectral "[suggest:$cursorPosition]" "$line" 2> $null)
    # Options are offered once a hyphen stands; before that, files are more likely meant.
    if ($wordToComplete.StartsWith('-')) {
        $found = $found | Where-Object { $_.StartsWith('-') }
    } else {
        $found = $found | Where-Object { $_ -notmatch '^[-/]' }
    }
    $found | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
