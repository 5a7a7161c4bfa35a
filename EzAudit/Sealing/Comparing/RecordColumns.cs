using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.Json;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Sealing.Comparing;

/// <summary>Compares what a store says about a record with its bytes, for which the ledger vouches. Not thread-safe.</summary>
/// <param name="zone">The zone of classic times; <see langword="null"/> if it is unknown: then a difference that a time zone can have is none.</param>
internal sealed class RecordColumns(DateTimeZone? zone)
{
    // Every zone since 1970 differs from UTC by whole quarters of an hour.
    private static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MostOfZone = TimeSpan.FromHours(14);

    private readonly ClassicFormat _classic = new(DateTimeZone.Utc);
    private readonly ClassicFormat _naming = new(DateTimeZone.Utc, namesFunction: true);
    private readonly JsonFormat _json = new();
    private readonly ArrayBufferWriter<byte> _written = new();

    /// <summary>The number of records whose format cannot be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Reads a record; <see langword="null"/> if its format is neither classic nor json.</summary>
    public AuditRecord? Read(ReadOnlySpan<byte> bytes)
    {
        AuditReadResult result = FormatOf(bytes)?.Read(bytes, isFinal: true) ?? default;
        return result.Consumed == bytes.Length && result.Problem is null ? result.Record : null;
    }

    /// <summary>Divides bytes into records, each with the function that it names; <see langword="null"/> if it names none. What cannot be read is one piece.</summary>
    public IEnumerable<(int Length, string? Function, bool IsRecord)> Divide(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            AuditReadResult result = FormatOf(bytes.Span)?.Read(bytes.Span, isFinal: true) ?? default;
            int length = result.Consumed > 0 ? result.Consumed : bytes.Length;
            // What closes a torn record is not one; what cannot be read may be one.
            yield return (length, result.Record?.Function, result.Consumed == 0 || result.Record is not null);
            bytes = bytes[length..];
        }
    }

    /// <summary>The columns that say something else than the bytes; <see langword="null"/> if none does.</summary>
    /// <param name="record">The record.</param>
    /// <param name="read">What <see cref="Read"/> returned for its bytes.</param>
    public string? FindDifference(AuditPlacedRecord record, AuditRecord? read)
    {
        if (read is null)
        {
            Unreadable++;
            return null;
        }
        bool isJson = FormatOf(record.Bytes.Span) is JsonFormat;
        string[] names = [.. DifferencesOf(record.Record, read, isJson)];
        if (names.Length == 0 || (!names.Contains("time") && IsWrittenAs(record, read))) return null;
        return string.Join(", ", names);
    }

    private IAuditFormat? FormatOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith(_json.Start) ? _json : bytes.StartsWith(_classic.Start) ? _classic : null;

    private IEnumerable<string> DifferencesOf(AuditRecord stored, AuditRecord read, bool isJson)
    {
        if (isJson ? stored.Time != read.Time : !IsSameTime(stored.Time, read.Time)) yield return "time";
        if (read.Function is { } function && function != stored.Function) yield return "function";
        if (stored.Actor.Login != read.Actor.Login) yield return "login";
        if (stored.Actor.Id != read.Actor.Id) yield return "actor_id";
        if (stored.Address != read.Address) yield return "address";
        if (isJson && stored.Session != read.Session) yield return "session";
        if (isJson && stored.Trace != read.Trace) yield return "trace";
        if (!stored.Fields.SequenceEqual(read.Fields)) yield return "fields";
    }

    // Classic times are whole seconds of a zone.
    private bool IsSameTime(DateTimeOffset stored, DateTimeOffset wall)
    {
        TimeSpan difference = TimeSpan.FromTicks(wall.UtcTicks - (stored.UtcTicks - (stored.UtcTicks % TimeSpan.TicksPerSecond)));
        return zone is null
            ? difference.Duration() <= MostOfZone && difference.Ticks % ZoneStep.Ticks == 0
            : difference.Ticks == zone.GetUtcOffset(Instant.FromDateTimeUtc(stored.UtcDateTime)).Ticks;
    }

    // Not every text is read back as it was written; what is written for the stored one decides.
    private bool IsWrittenAs(AuditPlacedRecord record, AuditRecord read)
    {
        AuditRecord stored = record.Record;
        var function = new AuditFunction { Name = stored.Function ?? "" };
        var view = new AuditRecordView(function, read.Time, stored.Address, stored.Actor, stored.FieldSpan, stored.Session, stored.Trace);
        return IsWrittenAs(_json, view, record.Bytes.Span) || IsWrittenAs(_classic, view, record.Bytes.Span) || IsWrittenAs(_naming, view, record.Bytes.Span);
    }

    private bool IsWrittenAs(IAuditFormat format, in AuditRecordView view, ReadOnlySpan<byte> bytes)
    {
        _written.ResetWrittenCount();
        format.Write(view, _written);
        return _written.WrittenSpan.SequenceEqual(bytes);
    }
}
