using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;

namespace EzAudit.PostgreSql;

/// <summary>
/// Adds the target type <c>postgresql</c>, which puts records into the central store through a spool on disk, each exactly once, and the anchor type
/// <c>postgresql</c>, which keeps checkpoints of the ledger there.
/// </summary>
public sealed class PostgreSqlPlugin : IAuditPlugin
{
    private const string Connection = "Connection";

    // Half the records of a second at the highest rate measured: larger batches gain nothing, and a failed one is repeated.
    private static readonly AuditSenderOptions Options = new()
    {
        Limits = new AuditBatchLimits(Records: 10_000, Bytes: 8 << 20, Age: TimeSpan.FromMilliseconds(200)),
        Format = "classic",
    };

    /// <inheritdoc/>
    public void Register(AuditRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddSender("postgresql", [Connection], settings => new PostgreSqlSender(PlaceOf(settings)), Options);
        registry.AddAnchorSender("postgresql", [Connection], settings => new PostgreSqlSender(PlaceOf(settings), areCheckpoints: true));
    }

    private static StorePlace PlaceOf(AuditComponentSettings settings)
    {
        const string expected = "a connection string such as Host=db1;Database=audit;Username=shop;Passfile=/etc/shop/pgpass";
        if (settings[Connection] is not { } text) throw new AuditComponentSettingsException(Connection, expected);
        try
        {
            return new StorePlace(text);
        }
        catch (ArgumentException)
        {
            throw new AuditComponentSettingsException(Connection, expected);
        }
    }
}
