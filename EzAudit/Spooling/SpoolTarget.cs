using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Spooling.Entries;

namespace EzAudit.Spooling;

/// <summary>
/// Gives the records to a sender. A call only appends the record to the spool; a thread of the target's own sends the spool's contents in order, at least
/// once.
/// </summary>
internal sealed class SpoolTarget : IAuditTarget
{
    private const int MostKeptBytes = 1 << 20;

    // A caller whose target is optional must not wait for a disk that hangs.
    private static readonly TimeSpan OptionalPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RequiredPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _entry;

    private static readonly AuditActor Nobody = new("", "");

    private readonly SpoolSettings _settings;
    private readonly IAuditSender _sender;
    private readonly SpoolWriter _spool;
    private readonly SendingThread _sending;

    /// <param name="sender">Sends the records; closed with the target.</param>
    /// <param name="context">The settings, and what its calls have in common.</param>
    public SpoolTarget(IAuditSender sender, SendingContext context)
    {
        _settings = context.Settings;
        _sender = sender;
        SpoolFolder folder = SpoolFolder.Create(_settings.Directory, SpoolHeader.OfNewRun(_settings.Origin));
        _spool = new SpoolWriter(folder, _settings.MostBytes);
        _spool.SetBytesOfOthers(folder.BytesOfOthers([]));
        _sending = new SendingThread(context, folder, _spool, sender);
    }

    public string? Trouble => _sending.Trouble;

    public long QueuedBytes => _spool.WaitingBytes;

    public long DeadLetters => _sending.DeadLetters;

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
    {
        ArrayBufferWriter<byte> entry = _entry ??= new ArrayBufferWriter<byte>(1024);
        entry.ResetWrittenCount();
        EntryFormat.Write(_settings.KeepsRecords ? record : new AuditRecordView(record.Function, record.Time, "", Nobody, []), entry);
        _sender.Prepare(record, bytes, entry);
        // One huge record must not keep its memory forever.
        if (entry.Capacity > MostKeptBytes) _entry = null;
        if (entry.WrittenCount > SpoolEntry.MostBytes)
            throw new AuditTargetException($"{_settings.Name}: the record has {entry.WrittenCount} bytes, and a spool takes at most {SpoolEntry.MostBytes}.");
        bool sync = _settings.IsRequired && durability == AuditDurability.Disk;
        if (!_spool.Append(entry.WrittenSpan, sync, _settings.IsRequired ? RequiredPatience : OptionalPatience)) throw Full();
        _sending.Wake();
    }

    /// <summary>Gives the receiver a few seconds to take the spool's contents. Whatever it does not take stays there.</summary>
    public void Flush() => _sending.WaitUntilSent(FlushPatience);

    public void Dispose() => _sending.Dispose();

    private AuditTargetException Full() => new(
        $"{_settings.Directory}: the spool is full: {_spool.WaitingBytes} bytes are waiting, and Spool={_settings.MostBytes} allows no more"
        + (_sending.Trouble is { } trouble ? $" ({trouble})." : "."));
}

/// <summary>Stands in for a target when settings are only checked. No one writes to it, and it leaves nothing behind.</summary>
internal sealed class TrialTarget : IAuditTarget
{
    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability) =>
        throw new InvalidOperationException("This target only checks settings and cannot write records.");

    public void Flush()
    {
    }

    public void Dispose()
    {
    }
}
