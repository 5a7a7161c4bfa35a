using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>Detects the format of a file that no settings describe by its first bytes: classic or json.</summary>
internal static class FormatGuess
{
    private const int StartLength = 4096;

    public static IAuditFormat Of(ILogContent content, IAuditFormat classic)
    {
        byte[] start = new byte[StartLength];
        return Of(start.AsSpan(0, content.Read(start, 0)), classic);
    }

    public static IAuditFormat Of(ForwardContent content, IAuditFormat classic) => Of(content.Peek(JsonReading.Start.Length), classic);

    private static IAuditFormat Of(ReadOnlySpan<byte> start, IAuditFormat classic) =>
        start.IndexOf(JsonReading.Start) >= 0 && ClassicReading.FindHeader(start, 0, start.Length) < 0 ? new JsonFormat() : classic;
}
