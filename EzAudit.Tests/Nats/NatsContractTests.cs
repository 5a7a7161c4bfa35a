using EzAudit.Extensibility;
using EzAudit.Nats;
using EzAudit.Tests.Spooling;

namespace EzAudit.Tests.Nats;

/// <summary>The target <c>nats</c> keeps the contract of senders, and within the duplicate window no record is in the stream twice.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NatsContractTests : SenderContract, IDisposable
{
    private readonly NatsServer _server = new();
    private readonly NatsProxy _proxy;
    private readonly StreamContent _content;
    private bool _isRunning = true;

    public NatsContractTests()
    {
        _server.Configure(config => config.MaxMsgSize = 4 << 10);
        _proxy = new NatsProxy(_server.Node.Address);
        _content = new StreamContent(_server.Options);
    }

    protected override IAuditPlugin Plugin => new NatsPlugin();

    protected override string Section => $"Type=nats\nUrl={_proxy.Url}\nReplicas=1";

    protected override bool StoresOnce => true;

    public void Dispose()
    {
        _content.Dispose();
        _proxy.Dispose();
        _server.Dispose();
    }

    protected override void StartReceiver()
    {
        if (!_isRunning) _server.Node.Start();
        _isRunning = true;
    }

    protected override void StopReceiver()
    {
        _server.Node.Kill();
        _isRunning = false;
    }

    internal override IReadOnlyList<(AuditRecordId Id, string Value)> Received() =>
        [.. _content.Read().Records.Select(record => (record.Id, record.Record[IdField] ?? ""))];

    protected override void Refuse(string? value) => _proxy.Enlarge(value is null ? null : $"{{\"{IdField}\":\"{value}\"}}");

    protected override void LoseNextAcknowledgement() => _proxy.LoseNextAcknowledgement();
}
