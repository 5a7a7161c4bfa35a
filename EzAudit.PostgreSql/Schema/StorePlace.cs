using Npgsql;

namespace EzAudit.PostgreSql.Schema;

/// <summary>Where a store is, from a connection string, and how to connect to it.</summary>
internal sealed class StorePlace
{
    private readonly NpgsqlConnectionStringBuilder _builder;

    /// <exception cref="ArgumentException">The text is not a connection string, or it names no host.</exception>
    public StorePlace(string connectionString)
    {
        _builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(_builder.Host)) throw new ArgumentException("The connection string names no Host.", nameof(connectionString));
        _builder.ApplicationName ??= "ezaudit";
        // Without it, the loss of the server's machine would show only when the operating system gives up, after many minutes.
        bool isNetwork = !_builder.Host.Split(',').Any(host => host.StartsWith('/') || host.StartsWith('@'));
        if (isNetwork && _builder.TcpKeepAliveTime == 0) (_builder.TcpKeepAlive, _builder.TcpKeepAliveTime, _builder.TcpKeepAliveInterval) = (true, 30, 10);
    }

    /// <summary>For messages: <c>db1,db2/audit</c>.</summary>
    public string Name => $"{_builder.Host}/{_builder.Database ?? _builder.Username}";

    public string Role => _builder.Username ?? Environment.UserName;

    /// <summary>Does something with the store, and turns what the server or the driver reports into a message that says what to do.</summary>
    /// <exception cref="AuditStoreException">The store cannot be used.</exception>
    public T Use<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (StoreFailure.IsOfStore(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw StoreFailure.Of(failure, Name, Role);
        }
    }

    /// <summary>A source of connections; disposed by the caller.</summary>
    public NpgsqlDataSource CreateSource()
    {
        var builder = new NpgsqlSlimDataSourceBuilder(_builder.ConnectionString);
        // The default of 10 seconds would keep a promoted standby from being used that long.
        if (builder.ConnectionStringBuilder.HostRecheckSeconds > 1) builder.ConnectionStringBuilder.HostRecheckSeconds = 1;
        // Nothing that is set for a session harms the next user of its connection; undoing it would take longer than a short search.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.EnableArrays().EnableTransportSecurity().EnableIntegratedSecurity();
        // Of several hosts, a connection goes to the one that accepts writes, unless the connection string asks for others.
        bool isCluster = _builder.Host!.Contains(',', StringComparison.Ordinal);
        return isCluster ? builder.BuildMultiHost().WithTargetSession(AttributesOf()) : builder.Build();
    }

    private TargetSessionAttributes AttributesOf() => _builder.TargetSessionAttributes switch
    {
        "any" => TargetSessionAttributes.Any,
        "primary" => TargetSessionAttributes.Primary,
        "standby" => TargetSessionAttributes.Standby,
        "prefer-primary" => TargetSessionAttributes.PreferPrimary,
        "prefer-standby" => TargetSessionAttributes.PreferStandby,
        "read-only" => TargetSessionAttributes.ReadOnly,
        _ => TargetSessionAttributes.ReadWrite,
    };
}
