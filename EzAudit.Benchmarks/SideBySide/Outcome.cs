using System.Text.Json.Serialization;
using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>One run of the comparison: the contender, the load, the round, and its results.</summary>
internal sealed record Outcome([property: JsonIgnore] Entry Entry, int Threads, int Round, Measurement Measurement)
{
    public string Name => Entry.Name;

    public AuditDurability Level => Entry.Level;

    [JsonIgnore]
    public double RecordsPerSecond => Measurement.RecordsPerSecond;
}
