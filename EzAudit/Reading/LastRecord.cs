using EzAudit.Formats;
using EzAudit.Formats.Json;

namespace EzAudit.Reading;

/// <summary>Finds where to begin reading near the end of a file.</summary>
internal static class LastRecord
{
    private const int FirstSize = 64 << 10;

    /// <summary>The beginning of the last record before a place in a plain file of the formats classic or json; else the beginning of the file.</summary>
    public static long Before(long place, LogMember member)
    {
        if (member.Plain is not { } plain || member.Format is not (ClassicFormat or JsonFormat)) return 0;
        for (long size = FirstSize; ; size = Math.Min(size * 2, member.Window))
        {
            byte[] bytes = new byte[Math.Min(size, place)];
            int count = plain.Read(bytes, place - bytes.Length);
            int at = member.Format is JsonFormat
                ? JsonReading.FindLastLine(bytes.AsSpan(0, count))
                : ClassicReading.FindLastHeader(bytes.AsSpan(0, count), bytes.Length == place ? 0 : 2, count);
            if (at >= 0) return place - bytes.Length + at;
            if (bytes.Length == place || size == member.Window) return 0;
        }
    }
}
