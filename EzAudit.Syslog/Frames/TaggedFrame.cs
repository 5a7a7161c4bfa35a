using System.Text;
using EzAudit.Extensibility;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Text;
using NodaTime;

namespace EzAudit.Syslog.Frames;

/// <summary>The frames <c>bare</c> and <c>rfc3164</c>: PRI, then time and host (only in rfc3164), a tag and the record's text.</summary>
internal sealed class TaggedFrame(SyslogSettings settings) : IFrame
{
    private readonly bool _hasHeader = settings.Frame == SyslogFrame.Rfc3164;

    // Messages on the local socket come from this host, so, like syslog(3), they do not name it.
    private readonly byte[] _host = settings.Transport == SyslogTransport.Unix ? [] : Encoding.ASCII.GetBytes(settings.HostName + " ");

    public void Write(in AuditRecordView record, ReadOnlySpan<byte> bytes, MessageBuffer output)
    {
        output.Append((byte)'<');
        output.Append(settings.Priorities.Of(record.Function));
        output.Append((byte)'>');
        if (_hasHeader)
        {
            LocalDateTime time = Instant.FromDateTimeOffset(record.Time).InZone(settings.TimeZone).LocalDateTime;
            output.Append(time.ToDateTimeUnspecified(), "MMM ");
            if (time.Day < 10) output.Append((byte)' ');
            output.Append(time.Day);
            output.Append(time.ToDateTimeUnspecified(), " HH':'mm':'ss ");
            output.Append(_host);
        }
        settings.Tag.Append(output, record);
        output.Append(": "u8);
        OneLine.Append(output, bytes, settings.MaxBytes - output.Count);
    }
}
