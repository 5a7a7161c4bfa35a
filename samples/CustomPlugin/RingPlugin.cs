using EzAudit.Extensibility;
using EzAudit.Records;

namespace CustomPlugin;

/// <summary>Adds a function, <c>report-export</c>, and a target type, <c>ring</c>, which keeps the most recent records for a status page.</summary>
/// <param name="recent">The records for the status page.</param>
public sealed class RingPlugin(RecentRecords recent) : IAuditPlugin
{
    /// <summary>The definition of <c>report-export</c>.</summary>
    public static AuditFunction ExportFunction { get; } = new()
    {
        Name = "report-export",
        DefaultFileName = "report.log",
        Fields = ["Report", "Rows"],
        EventName = "ExportReport",
        Sentence = "Report '{Report}' was exported, {Rows} rows.",
        Category = "report",
    };

    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry
            .AddFunction(ExportFunction)
            .AddTarget("ring", keys: ["Size"], settings => new RingTarget(recent, SizeIn(settings)));
    }

    private static int SizeIn(AuditComponentSettings settings) => settings["Size"] switch
    {
        null => 100,
        { } text when int.TryParse(text, out int size) && size > 0 => size,
        _ => throw new AuditComponentSettingsException("Size", "a number from 1"),
    };
}
