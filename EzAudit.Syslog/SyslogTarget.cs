using System.Security.Cryptography;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Syslog.Frames;
using EzAudit.Syslog.Sending;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Spooling;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog;

/// <summary>
/// Sends records to a syslog server. A call only makes the message and appends it to the spool; the target's own thread sends the spool's
/// contents in order, at least once.
/// </summary>
internal sealed class SyslogTarget : IAuditTarget
{
    // A caller whose target is optional must not wait for a disk that hangs.
    private static readonly TimeSpan OptionalPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RequiredPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);

    private readonly SyslogSettings _settings;
    private readonly IFrame _frame;
    private readonly MessageBuffers _buffers = new();
    private readonly SpoolWriter _spool;
    private readonly SendingThread _sending;
    private readonly ulong _run = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private long _number;

    public SyslogTarget(SyslogSettings settings)
    {
        _settings = settings;
        _frame = settings.Frame == SyslogFrame.Rfc5424 ? new StructuredFrame(settings) : new TaggedFrame(settings);
        SpoolFolder folder = SpoolFolder.Create(settings.SpoolDirectory);
        _spool = new SpoolWriter(folder, settings.SpoolBytes);
        _spool.SetBytesOfOthers(folder.BytesOfOthers());
        _sending = new SendingThread(settings, folder, _spool);
    }

    public string? Trouble => _sending.Trouble;

    public long QueuedBytes => _spool.WaitingBytes;

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, AuditDurability durability)
    {
        MessageBuffer message = _buffers.Rent();
        try
        {
            _frame.Write(record, bytes, new RecordId(_run, Interlocked.Increment(ref _number)), message);
            bool sync = _settings.IsRequired && durability == AuditDurability.Disk;
            if (!_spool.Append(message.Written, sync, _settings.IsRequired ? RequiredPatience : OptionalPatience)) throw Full();
        }
        finally
        {
            _buffers.Return(message);
        }
        _sending.Wake();
    }

    /// <summary>Gives the server a few seconds to take the spool's contents. Whatever it does not take stays there.</summary>
    public void Flush() => _sending.WaitUntilSent(FlushPatience);

    public void Dispose() => _sending.Dispose();

    private AuditTargetException Full() => new(
        $"{_settings.SpoolDirectory}: the spool is full: {_spool.WaitingBytes} bytes are waiting, and Spool={_settings.SpoolBytes} allows no more"
        + (_sending.Trouble is { } trouble ? $" ({trouble})." : "."));
}
