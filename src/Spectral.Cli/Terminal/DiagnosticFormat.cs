namespace Spectral.Cli.Terminal;

/// <summary>How diagnostics of specs are written.</summary>
public enum DiagnosticFormat
{
    /// <summary>For people: place, source line, caret and what to do.</summary>
    Text,

    /// <summary>One JSON object, see <see cref="DiagnosticJson"/>.</summary>
    Json,

    /// <summary>A SARIF 2.1.0 log, which code scanning services read.</summary>
    Sarif,

    /// <summary>Workflow commands of GitHub Actions, which stand as annotations beside the lines of a change.</summary>
    GitHub,
}
