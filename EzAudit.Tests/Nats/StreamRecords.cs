using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Nats.Sending;
using EzAudit.Nats.Settings;
using EzAudit.Records;

namespace EzAudit.Tests.Nats;

/// <summary>Records for the stream, as a spool would give them to the sender.</summary>
internal static class StreamRecords
{
    private static readonly AuditFunction Function = new() { Name = "user-login" };

    public static AuditEnvelope[] Of(string run, long first, int count, int size = 100) => [.. Enumerable.Range(0, count).Select(i => Of(run, first + i, size))];

    /// <summary>Sends records with a connection of its own.</summary>
    public static async Task SendAsync(AuditStreamOptions options, params AuditEnvelope[] records)
    {
        await using var sender = new NatsSender(options, areCheckpoints: false);
        await sender.SendAsync(new AuditBatch(records), default);
    }

    private static AuditEnvelope Of(string run, long number, int size)
    {
        var record = new AuditRecord(
            DateTimeOffset.UnixEpoch.AddSeconds(number), "10.0.0.1", new AuditActor("anna", "14"),
            [new("Id", number.ToString(CultureInfo.InvariantCulture)), new("Text", new string('x', size))], Function.Name);
        return new AuditEnvelope(new AuditRecordId("test/records", run, number), record, Function, "bytes\n"u8.ToArray());
    }
}
