namespace Spectral.Report;

/// <summary>The style sheet of a report: no font, image or script from anywhere, light or dark as the reader's system is.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet. It holds none of the characters that HTML and XML read differently.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --text: #1b1b1b; --soft: #595959; --page: #ffffff;
          --line: #d4d4d4; --stripe: #f5f5f5; --warn: #8a3b00; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e6e6e6; --soft: #a8a8a8; --page: #161616; --line: #414141; --stripe: #202020; --warn: #ffb477; }
        }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; color: var(--text); background: var(--page);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
        p, li, figcaption { max-width: 46rem; overflow-wrap: anywhere; }
        code { font: .9em ui-monospace, "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; }
        sub { font-size: .72em; line-height: 0; }
        .soft { color: var(--soft); }
        dl.plan { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 0; }
        dl.legend { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0; font-size: .875rem; }
        dt { color: var(--soft); }
        dl.legend dt { color: var(--text); font-weight: 600; }
        dd { margin: 0; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; margin: 0 0 1.25rem; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0 .4rem; }
        th, td { padding: .22rem .6rem; text-align: right; white-space: nowrap; }
        th { font-weight: 600; }
        thead th { border-bottom: 1px solid var(--soft); vertical-align: bottom; }
        thead th.group { text-align: center; border-bottom: 1px solid var(--line); }
        tbody th, .text { text-align: left; }
        tbody tr { border-bottom: 1px solid var(--line); }
        tbody tr:nth-child(even) { background: var(--stripe); }
        tr.first { border-top: 2px solid var(--soft); }
        .warn { color: var(--warn); }
        ul.notes { padding-left: 1.2rem; }
        figure { margin: 0 0 2rem; }
        .card { background: #ffffff; border: 1px solid var(--line); border-radius: 6px; padding: .75rem; max-width: 760px; }
        .card svg { display: block; max-width: 100%; height: auto; }
        figcaption { font-size: .9rem; margin-top: .5rem; }
        summary { cursor: pointer; padding: .25rem 0; }
        @media (max-width: 40rem) {
          dl.plan, dl.legend { grid-template-columns: 1fr; }
          dl.plan dd, dl.legend dd { margin-bottom: .4rem; }
        }
        @media print {
          :root { --text: #000000; --soft: #333333; --page: #ffffff; --line: #aaaaaa; --stripe: #ffffff; --warn: #000000; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          figure, tr { break-inside: avoid; }
          h2, caption { break-after: avoid; }
          .scroll { overflow: visible; }
          table { font-size: 7.5pt; }
          th, td { padding: .12rem .3rem; }
          .card { border: 0; padding: 0; }
        }
        """;
}
