using EzAudit.Extensibility;
using EzAudit.PostgreSql.Schema;
using EzAudit.PostgreSql.Sending;

namespace EzAudit.PostgreSql;

/// <summary>Adds the target type <c>postgresql</c>, which puts records into the central store through a spool on disk, each exactly once.</summary>
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
        registry.AddSender("postgresql", [Connection], Create, Options);
    }

    private static PostgreSqlSender Create(AuditComponentSettings settings)
    {
        const string expected = "a connection string such as Host=db1;Database=audit;Username=shop;Passfile=/etc/shop/pgpass";
        if (settings[Connection] is not { } text) throw new AuditComponentSettingsException(Connection, expected);
        try
        {
            return new PostgreSqlSender(new StorePlace(text));
        }
        catch (ArgumentException)
        {
            throw new AuditComponentSettingsException(Connection, expected);
        }
    }
}
