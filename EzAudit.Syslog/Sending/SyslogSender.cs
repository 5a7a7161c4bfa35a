using EzAudit.Extensibility;
using EzAudit.Syslog.Frames;
using EzAudit.Syslog.Settings;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Sending;

/// <summary>Sends records to a syslog server: makes a message of each, and has a transport send it.</summary>
internal sealed class SyslogSender : IAuditSender
{
    private readonly IFrame _frame;
    private readonly ISyslogTransport _transport;
    private readonly MessageBuffer _message = new();
    private readonly string _server;

    public SyslogSender(SyslogSettings settings)
    {
        _server = settings.Transport == SyslogTransport.Unix ? settings.Host : $"{settings.Host}:{settings.Port}";
        _frame = settings.Frame == SyslogFrame.Rfc5424 ? new StructuredFrame(settings) : new TaggedFrame(settings);
        _transport = settings.Transport is SyslogTransport.Tcp or SyslogTransport.Tls ? new StreamTransport(settings) : new DatagramTransport(settings);
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
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }

    private ReadOnlySpan<byte> MessageOf(AuditEnvelope envelope)
    {
        _message.Clear();
        _frame.Write(envelope.View, envelope.Bytes.Span, envelope.Id, _message);
        return _message.Written;
    }
}
