using EzAudit.Cli.Asking;
using EzAudit.Cli.Output;
using EzAudit.Cli.Tooling;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Cli.Report;

/// <summary>Reads the log and builds the sections of a report. Logins and their bursts each take another pass.</summary>
internal sealed class ReportBuilder(ToolContext context, IAuditSource log, AuditQuery query, IReadOnlyList<string> moreObjects, bool isStandardInput)
{
    private const string ObjectSuffix = " ID";

    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[log.TimeZone];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<AuditGrouping> _groupings = [];
    private readonly List<AuditLogProblem> _problems = [];

    public AuditReport Build(string kind)
    {
        bool isAll = kind == ReportKind.Summary;
        bool Wants(string other) => isAll || kind == other;
        if (Wants(ReportKind.Functions)) Ask(ReportKind.Functions, AuditGroupKey.Function);
        if (Wants(ReportKind.Actors)) Ask(ReportKind.Actors, AuditGroupKey.Actor);
        if (Wants(ReportKind.Addresses)) Ask(ReportKind.Addresses, AuditGroupKey.Address);
        // Not in the summary, because it must parse every field.
        if (kind == ReportKind.Outcomes) Ask(ReportKind.Outcomes, AuditGroupKey.Outcome);
        if (Wants(ReportKind.Days)) Ask(ReportKind.Days, AuditGroupKey.Day);
        if (Wants(ReportKind.Hours)) Ask(ReportKind.Hours, AuditGroupKey.Hour);
        // Not in the summary, because there may be as many objects as records.
        string[] objects = kind == ReportKind.Objects ? [.. ObjectFields()] : [];
        foreach (string name in objects) Ask(name, AuditGroupKey.Field(name));

        AuditSummary summary = Read(query, _groupings);
        List<ReportSection> sections = [];
        if (Wants(ReportKind.Functions)) sections.Add(new(ReportKind.Functions, "Functions", "Function", Rows(summary, ReportKind.Functions, "(not known)")));
        if (Wants(ReportKind.Actors)) sections.Add(new(ReportKind.Actors, "Actors", "Actor", Rows(summary, ReportKind.Actors)));
        if (Wants(ReportKind.Addresses)) sections.Add(new(ReportKind.Addresses, "Addresses", "Address", Rows(summary, ReportKind.Addresses)));
        if (kind == ReportKind.Outcomes) sections.Add(new(ReportKind.Outcomes, "Outcomes", "Outcome", Rows(summary, ReportKind.Outcomes, "(not known)")));
        if (kind == ReportKind.Objects) sections.Add(new(ReportKind.Objects, "Objects", "Object", Objects(summary, objects)));
        if (Wants(ReportKind.Logins) || Wants(ReportKind.FailedLogins)) AddLogins(sections, kind);
        if (Wants(ReportKind.Days)) sections.Add(TimeSections.Days(Groups(summary, ReportKind.Days)));
        if (Wants(ReportKind.Hours)) sections.Add(TimeSections.Hours(Groups(summary, ReportKind.Hours)));
        return new AuditReport(kind, summary.Count, summary.First, summary.Last, _zone, sections, [.. summary.Problems.Union(_problems)]);
    }

    private void Ask(string name, params IReadOnlyList<AuditGroupKey> keys)
    {
        _places[name] = _groupings.Count;
        _groupings.Add(new AuditGrouping(keys));
    }

    private AuditSummary Read(AuditQuery wanted, IReadOnlyList<AuditGrouping> groupings)
    {
        using Progress progress = Progress.Start(context.Terminal);
        return log.Summarize(wanted, groupings, new AuditReadOptions { Progress = progress }, context.Stop);
    }

    // eZ Publish's convention: a field whose name ends in "ID" identifies an object, and "User id" does not.
    private IEnumerable<string> ObjectFields() => log.Functions.Concat(PluginCatalogue.FunctionsOf([PluginCatalogue.OwnAssembly]))
        .SelectMany(function => function.Fields)
        .Where(name => name.EndsWith(ObjectSuffix, StringComparison.Ordinal))
        .Concat(moreObjects).Distinct(StringComparer.Ordinal);

    private IReadOnlyList<AuditGroup> Groups(AuditSummary summary, string name) => summary.Groups[_places[name]];

    private IReadOnlyList<ReportRow> Rows(AuditSummary summary, string name, string unknown = "") =>
        [.. Groups(summary, name).Select(group => new ReportRow(group.Keys[0] ?? unknown, group.Count, group.First, group.Last))];

    private IReadOnlyList<ReportRow> Objects(AuditSummary summary, IEnumerable<string> names) => [.. names
        .SelectMany(name => Groups(summary, name).Select(group => (Name: name, Group: group)))
        .Where(item => item.Group.Keys[0] is not null)
        .Select(item => new ReportRow($"{item.Name}={item.Group.Keys[0]}", item.Group.Count, item.Group.First, item.Group.Last))
        .OrderByDescending(row => row.Count).ThenBy(row => row.Key, StringComparer.Ordinal)];

    private void AddLogins(List<ReportSection> sections, string kind)
    {
        // A pass of its own, which skips the files of other functions, because these keys are expensive.
        if (isStandardInput && kind == ReportKind.Summary) return;
        if (isStandardInput) throw new ToolException(kind, "needs several passes, and standard input can be read only once; name a file, or a root with settings");
        bool asksForFunctions = query.Functions.Count > 0;
        AuditQuery ofLogins = query with { Functions = asksForFunctions ? query.Functions : LoginSections.Patterns, OnlyCertain = true };
        AuditSummary summary = Read(ofLogins, [new AuditGrouping(LoginSections.Keys)]);
        // Without settings, only the records name functions. If they do not, the summary leaves logins out.
        if (kind == ReportKind.Summary && log.Functions.Count == 0 && summary.Count == 0) return;
        _problems.AddRange(summary.Problems);
        var logins = new LoginSections(summary.Groups[0], areAllLogins: !asksForFunctions);
        if (kind != ReportKind.FailedLogins) sections.Add(logins.Succeeded);
        if (kind == ReportKind.Logins) return;
        sections.Add(logins.FailedByLogin);
        sections.Add(logins.FailedByAddress);
        sections.Add(new ReportSection("failed-login-bursts", $"Bursts of failed logins ({BurstFinder.Definition})", "Login or address", logins.HasFailed ? Bursts(ofLogins, areAllLogins: !asksForFunctions) : []));
    }

    private IReadOnlyList<ReportRow> Bursts(AuditQuery logins, bool areAllLogins)
    {
        var finder = new BurstFinder();
        using Progress progress = Progress.Start(context.Terminal);
        foreach (AuditFoundRecord found in log.Search(logins with { Outcome = AuditOutcome.Failure }, new AuditReadOptions { Progress = progress }, context.Stop))
        {
            if (areAllLogins || LoginSections.IsLogin(found.Function)) finder.Add(found.Time, found.Record[LoginSections.LoginField] ?? "", found.Record.Address, LoginSections.Weight(found.Record[LoginSections.FoldedField]));
        }
        return finder.Find();
    }
}
