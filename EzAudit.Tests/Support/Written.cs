using System.Buffers;
using System.Text;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Tests.Support;

/// <summary>A record at a fixed time by a fixed actor, and the bytes that a format makes of it.</summary>
internal static class Written
{
    public static readonly DateTimeOffset Time = new(2014, 2, 5, 10, 48, 19, 938, TimeSpan.Zero);

    public static readonly AuditFunction ViewEntity = new()
    {
        Name = "entity-view",
        Fields = ["Entity type", "Entity path", "Entity ID", "Project name"],
        EventName = "ViewEntity",
        Sentence = "{Entity type} '{Entity path}' ({Entity ID}) in project '{Project name}' was viewed.",
        Category = "entity",
    };

    public static readonly AuditField[] Viewed =
    [
        ("Entity type", "Requirement"), ("Entity path", "Mahjong/User Stories/Requirement"),
        ("Entity ID", "6fbdede7-7243-4534-acc3-a2ba016d01b6"), ("Project name", "Mahjong"),
    ];

    public static string With(IAuditFormat format, AuditFunction function, params ReadOnlySpan<AuditField> fields)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(
            new AuditRecordView(function, Time, "10.0.0.7", new AuditActor("administrator", "1"), fields, "e2oqpa0come5441h4yhdeuhg", "4bf92f35"), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
