using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit;

/// <summary>Reads a log file, the application's own or one of eZ Publish: its records, and what is wrong in it, with their places.</summary>
/// <remarks>
/// The file may be written, renamed or deleted meanwhile; its writers are not held up. Memory is bounded by the longest record.
/// Not for several threads at once.
/// </remarks>
public sealed class AuditReader : IDisposable
{
    private const int MaxFoundBytes = 80;

    private readonly LogFileReader _file;
    private readonly IAuditFormat _format;
    private readonly List<AuditLogProblem> _problems = [];
    private bool _isInDamage;

    internal AuditReader(LogFileReader file, IAuditFormat format)
    {
        _file = file;
        _format = format;
    }

    /// <summary>
    /// What is wrong, as far as <see cref="Records"/> was read. A problem with a record's own place is one of a record that is
    /// given all the same, but not to be relied on.
    /// </summary>
    public IReadOnlyList<AuditLogProblem> Problems => _problems;

    /// <summary>
    /// The records in the order of the file, read as they are asked for. Each enumeration begins at the start of the file, forgets the
    /// problems found before, and ends where the file ends by then; only one at a time.
    /// </summary>
    public IEnumerable<AuditRecordAt> Records
    {
        get
        {
            _file.Rewind();
            _problems.Clear();
            _isInDamage = false;
            while (true)
            {
                AuditReadResult piece = Next();
                if (piece.Consumed == 0) yield break;
                long offset = _file.Offset;
                Report(piece);
                _file.Skip(piece.Consumed);
                if (piece.Record is { } record) yield return new AuditRecordAt(offset, piece.Consumed, record);
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
        DateTimeZone? zone = timeZone is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone);
        if (zone is null)
            throw new ArgumentException($"{timeZone}: no such time zone, wanted a TZDB id such as Europe/Vienna", nameof(timeZone));
        return Open(path, new ClassicFormat(zone));
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

    // The next piece; nothing consumed at the end of the file.
    private AuditReadResult Next()
    {
        while (true)
        {
            int length = _file.Bytes.Length;
            if (length > 0)
            {
                AuditReadResult piece = _format.Read(_file.Bytes, _file.IsWhole);
                if (piece.Consumed > 0) return piece;
                // A format that can make nothing of the rest must not stop the reading for ever.
                if (_file.IsWhole) return AuditReadResult.OfProblem(AuditLogProblemKind.Damage, length);
            }
            else if (_file.IsAtEnd)
            {
                return default;
            }
            _file.Fill();
        }
    }

    private void Report(AuditReadResult piece)
    {
        bool wasInDamage = _isInDamage;
        _isInDamage = false;
        if (piece.Problem is not { } kind) return;
        // A piece too large for memory has no tail that anybody has seen.
        if (kind == AuditLogProblemKind.TornTail && !_file.IsAtEnd) kind = AuditLogProblemKind.Damage;
        _isInDamage = kind == AuditLogProblemKind.Damage && piece.Record is null;
        // Long damage comes in pieces.
        if (wasInDamage && _isInDamage) _problems[^1] = _problems[^1] with { Length = _problems[^1].Length + piece.Consumed };
        else _problems.Add(new AuditLogProblem(_file.Path, _file.Offset, piece.Consumed, kind, Found(_file.Bytes[..piece.Consumed])));
    }

    private static string Found(ReadOnlySpan<byte> bytes)
    {
        bool isCut = bytes.Length > MaxFoundBytes;
        string text = ClassicText.Visible(Encoding.UTF8.GetString(isCut ? bytes[..MaxFoundBytes] : bytes));
        return isCut ? text + "..." : text;
    }
}
