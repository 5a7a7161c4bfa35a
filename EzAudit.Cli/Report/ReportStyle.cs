namespace EzAudit.Cli.Report;

/// <summary>The style sheet of the HTML report.</summary>
internal static class ReportStyle
{
    public const string Text = """

        :root { color-scheme: light dark; --back: #f6f7f9; --card: #fff; --text: #1c2430; --faint: #5f6b7a; --rule: #dde2e9; --bar: #2f6fb3; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --back: #12161c; --card: #1b212a; --text: #e4e9f0; --faint: #9aa7b8; --rule: #303946; --bar: #6aa9ec; --bad: #ff8a80; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
        main { max-width: 1200px; margin: 0 auto; padding: 2rem 1rem 4rem; }
        h1 { margin: 0; font-size: 1.7rem; }
        h2 { margin: 0 0 .8rem; font-size: 1.05rem; }
        header p, p { margin: .3rem 0 0; color: var(--faint); }
        .tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.4rem 0; }
        .tiles div { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: .8rem 1.2rem; min-width: 8rem; }
        .tiles dt { color: var(--faint); font-size: .85rem; }
        .tiles dd { margin: 0; font-size: 1.6rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .tiles .bad dd { color: var(--bad); }
        section { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: 1.1rem 1.2rem; margin: 0 0 1rem; overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th { text-align: left; font-weight: 600; color: var(--faint); font-size: .82rem; }
        th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--rule); vertical-align: middle; }
        tbody tr:last-child td { border-bottom: 0; }
        td.key { overflow-wrap: anywhere; min-width: 10rem; }
        .n { text-align: right; font-variant-numeric: tabular-nums; }
        td.t { white-space: nowrap; color: var(--faint); font-variant-numeric: tabular-nums; }
        svg.bar { width: 9rem; height: .6rem; display: block; }
        svg.bar rect, svg.chart rect { fill: var(--bar); }
        svg.chart { width: 100%; display: block; }
        svg.chart .hit { fill: transparent; }
        svg.chart g:hover .hit { fill: var(--rule); }
        svg.chart line { stroke: var(--rule); }
        svg.chart text { fill: var(--faint); font-size: 11px; text-anchor: middle; }
        svg.chart text.first { text-anchor: start; }
        svg.chart text.last { text-anchor: end; }
        details { margin-top: .6rem; }
        details table { width: auto; margin-top: .4rem; }
        summary { color: var(--faint); font-size: .85rem; cursor: pointer; }
        @media print { body { background: #fff; } section, .tiles div { break-inside: avoid; } }

        """;
}
