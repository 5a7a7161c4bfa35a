using System.Globalization;
using System.Text;
using EzAudit.Benchmarks.SideBySide;
using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Records;

namespace EzAudit.Benchmarks.Nats;

/// <summary>The sample record as the payload of a message, as EzAudit sends it.</summary>
internal static class SamplePayload
{
    private static readonly DateTimeOffset Time = new(2026, 11, 29, 22, 0, 0, TimeSpan.Zero);

    public static byte[] Of(int number)
    {
        string function = SampleRecord.Functions[number % 10];
        string text = number.ToString(CultureInfo.InvariantCulture);
        var record = new AuditRecord(
            Time, SampleRecord.Address, new AuditActor(SampleRecord.Login, SampleRecord.UserId),
            [new("Node ID", text), new("Old parent node ID", "0"), new("New parent node ID", "59"), new("Content Name", SampleRecord.ContentName), new("Comment", SampleRecord.Comment)],
            function);
        byte[] bytes =
        [
            .. SampleRecord.BeforeTime, .. Encoding.ASCII.GetBytes(Time.ToString(SampleRecord.TimePattern, CultureInfo.InvariantCulture)),
            .. SampleRecord.BeforeNumber, .. Encoding.ASCII.GetBytes(text), .. SampleRecord.BeforeThread, .. "0"u8, .. SampleRecord.AfterThread,
        ];
        return AuditStreamMessage.Write(new AuditEnvelope(new AuditRecordId("web1/shop", "0123456789abcdef", number + 1), record, new AuditFunction { Name = function }, bytes));
    }
}
