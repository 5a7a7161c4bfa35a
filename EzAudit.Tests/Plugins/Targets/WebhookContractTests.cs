using System.Text.Json;
using EzAudit.Extensibility;
using EzAudit.Plugins;
using EzAudit.Tests.Spooling;

namespace EzAudit.Tests.Plugins.Targets;

/// <summary>The target <c>webhook</c> keeps the contract of senders; a real web server is its receiver.</summary>
[TestClass]
public sealed class WebhookContractTests : SenderContract, IDisposable
{
    private readonly WebhookServer _server = new();

    protected override IAuditPlugin Plugin => new OutputPlugin();

    protected override string Section => $"Type=webhook\nUrl={_server.Url}";

    public void Dispose() => _server.Dispose();

    protected override void StartReceiver() => _server.Start();

    protected override void StopReceiver() => _server.Stop();

    internal override IReadOnlyList<(AuditRecordId Id, string Value)> Received() =>
    [
        .. _server.Requests.SelectMany(request => request.Lines).Select(line =>
        {
            Assert.IsTrue(AuditRecordId.TryParse(line.Id, out AuditRecordId id), line.Id);
            return (id, ValueOf(line.Line));
        }),
    ];

    protected override void Refuse(string? value) =>
        _server.Answer = request => request.Lines.Any(line => value is not null && ValueOf(line.Line) == value) ? 422 : 204;

    protected override void LoseNextAcknowledgement() => _server.BreaksNext = true;

    private static string ValueOf(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("fields").EnumerateArray().Where(field => field[0].GetString() == IdField).Select(field => field[1].GetString()!).FirstOrDefault("");
    }
}
