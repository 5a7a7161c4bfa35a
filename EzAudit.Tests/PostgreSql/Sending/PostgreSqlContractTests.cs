using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.PostgreSql;
using EzAudit.Tests.Spooling;

namespace EzAudit.Tests.PostgreSql.Sending;

/// <summary>The target <c>postgresql</c> keeps the contract of senders, and stores no record twice.</summary>
[TestClass]
[DoNotParallelize]
public sealed class PostgreSqlContractTests : SenderContract, IDisposable
{
    private const string Constraint = "refused";

    private readonly StoreServer _server = new();
    private readonly StoreProxy _proxy;
    private bool _isRunning = true;

    public PostgreSqlContractTests() => _proxy = new StoreProxy(_server.Directory);

    protected override IAuditPlugin Plugin => new PostgreSqlPlugin();

    protected override string Section => $"Type=postgresql\nConnection=Host={_proxy.Directory};Username=writer;Database=postgres";

    protected override bool StoresOnce => true;

    public void Dispose()
    {
        _proxy.Dispose();
        _server.Dispose();
    }

    protected override void StartReceiver()
    {
        if (!_isRunning) _server.Start();
        _isRunning = true;
    }

    protected override void StopReceiver()
    {
        _server.Kill();
        _isRunning = false;
    }

    internal override IReadOnlyList<(AuditRecordId Id, string Value)> Received() =>
    [
        .. _server.Query<string>("""
            SELECT concat_ws('|', origin, r.run, number, jsonb_path_query_first(fields, '$[*].Id')->>0)
            FROM ezaudit.audit_record JOIN ezaudit.audit_run r ON r.id = audit_record.run ORDER BY xact, number
            """).Select(row => row.Split('|')).Select(row => (new AuditRecordId(row[0], row[1], long.Parse(row[2], CultureInfo.InvariantCulture)), row.ElementAtOrDefault(3) ?? "")),
    ];

    protected override void Refuse(string? value)
    {
        _server.Execute($"ALTER TABLE ezaudit.audit_record DROP CONSTRAINT IF EXISTS {Constraint}");
        if (value is not null) _server.Execute($"ALTER TABLE ezaudit.audit_record ADD CONSTRAINT {Constraint} CHECK (NOT fields @> '[{{\"{IdField}\": \"{value}\"}}]')");
    }

    protected override void LoseNextAcknowledgement() => _proxy.LoseNextAcknowledgement();
}
