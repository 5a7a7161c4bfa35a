using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Tests.PostgreSql;

/// <summary>Numbered records of a run: the same number always gives the same record.</summary>
internal static class StoreRecords
{
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);
    private static readonly AuditFunction Move = new() { Name = "content-move" };

    public static AuditEnvelope[] Of(string run, long first, int count) => [.. Enumerable.Range(0, count).Select(i => Of(run, first + i))];

    private static AuditEnvelope Of(string run, long number)
    {
        AuditField[] fields = [("Node ID", number), ("Old parent node ID", number % 97), ("New parent node ID", number % 89), ("Comment", "Moved the node to the given node")];
        var record = new AuditRecord(Start.AddMilliseconds(number), $"10.0.0.{number % 250}", new AuditActor($"user{number % 500}", $"{number % 500}"), fields, Move.Name);
        return new AuditEnvelope(new AuditRecordId("web1/shop", run, number), record, Move, System.Text.Encoding.UTF8.GetBytes($"[ {record} ]\n\n"));
    }
}
