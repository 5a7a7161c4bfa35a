using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Storage.Content;
using NodaTime;

namespace EzAudit;

/// <summary>Reads a log file, the application's own or one of eZ Publish: its records, and what is wrong in it, with their places.</summary>
/// <remarks>
/// The file may be written, renamed or deleted meanwhile; its writers are not held up. Memory is bounded by the longest record.
/// Not for several threads at once.
/// </remarks>
public sealed class AuditReader : IDisposable
{
    private readonly LogFileReader _file;
    private readonly PieceReader _pieces;

    internal AuditReader(LogFileReader file, IAuditFormat format)
    {
        _file = file;
        _pieces = new PieceReader(file, format);
    }

    /// <summary>
    /// What is wrong, as far as <see cref="Records"/> was read. A problem with a record's own place is one of a record that is
    /// given all the same, but not to be relied on.
    /// </summary>
    public IReadOnlyList<AuditLogProblem> Problems => _pieces.Problems;

    /// <summary>
    /// The records in the order of the file, read as they are asked for. Each enumeration begins at the start of the file, forgets the
    /// problems found before, and ends where the file ends by then; only one at a time.
    /// </summary>
    public IEnumerable<AuditRecordAt> Records
    {
        get
        {
            _pieces.Start();
            while (_pieces.TryNext(out AuditReadResult piece))
            {
                if (piece.Record is { } record) yield return new AuditRecordAt(_pieces.Offset, piece.Consumed, record);
            }
        }
    }

    /// <summary>Opens a log file of the classic format.</summary>
    /// <param name="path">The path of the log file.</param>
    /// <param name="timeZone">
    /// The id of the time zone that it was written in, such as <c>Europe/Vienna</c>: site.ini's <c>[TimeZoneSettings] TimeZone</c>. UTC without one.
    /// </param>
    /// <exception cref="ArgumentException">There is no such time zone.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AuditReader Open(string path, string? timeZone = null)
    {
        return Open(path, new ClassicFormat(ZoneOf(timeZone)));
    }

    /// <summary>Opens a log file of the format <c>json</c>.</summary>
    /// <param name="path">The path of the log file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AuditReader OpenJson(string path) => Open(path, new JsonFormat());

    /// <summary>Opens a log file of another format.</summary>
    /// <param name="path">The path of the log file.</param>
    /// <param name="format">The format that it was written in.</param>
    /// <exception cref="ArgumentException">The format cannot be read back.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AuditReader Open(string path, IAuditFormat format)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(format);
        if (!format.CanRead) throw new ArgumentException($"{format.GetType().Name}: cannot be read back", nameof(format));
        return new AuditReader(new LogFileReader(path), format);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>The time zone of an id; UTC without one.</summary>
    internal static DateTimeZone ZoneOf(string? timeZone)
    {
        if (timeZone is null) return DateTimeZone.Utc;
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone)
            ?? throw new ArgumentException($"{timeZone}: no such time zone, expected a TZDB id such as Europe/Vienna", nameof(timeZone));
    }
}
