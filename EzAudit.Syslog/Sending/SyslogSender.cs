using System.Buffers;
using EzAudit.Extensibility;
using EzAudit.Syslog.Frames;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Sending;

/// <summary>Sends records to a syslog server: makes a message of each when it is written, and has a transport send it.</summary>
internal sealed class SyslogSender : IAuditSender
{
    private readonly IFrame _frame;
    private readonly ISyslogTransport _transport;
    private readonly MessageBuffer _message = new();
    private readonly ThreadLocal<MessageBuffer> _prepared = new(() => new MessageBuffer());
    private readonly string _server;

    public SyslogSender(SyslogSettings settings)
    {
        _server = settings.Transport == SyslogTransport.Unix ? settings.Host : $"{settings.Host}:{settings.Port}";
        _frame = settings.Frame == SyslogFrame.Rfc5424 ? new StructuredFrame(settings) : new TaggedFrame(settings);
        _transport = settings.Transport is SyslogTransport.Tcp or SyslogTransport.Tls ? new StreamTransport(settings) : new DatagramTransport(settings);
    }

    public void Prepare(in AuditRecordView record, ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        MessageBuffer message = _prepared.Value!;
        message.Clear();
        _frame.Write(record, bytes, message);
        PreparedMessage.Write(message, output);
    }

    public ValueTask SendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration abort = cancellationToken.UnsafeRegister(static transport => ((ISyslogTransport)transport!).Abort(), _transport);
        try
        {
            _transport.Send(new MessageStream(batch, MessageOf, _server));
            return ValueTask.CompletedTask;
        }
        catch (Exception failure)
        {
            throw new IOException($"{_server}: {failure.Message}", failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        _prepared.Dispose();
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private ReadOnlySpan<byte> MessageOf(AuditEnvelope envelope)
    {
        _message.Clear();
        PreparedMessage.Append(_message, envelope.Bytes.Span, envelope.Id);
        return _message.Written;
    }
}
