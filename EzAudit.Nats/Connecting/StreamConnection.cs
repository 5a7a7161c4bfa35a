using EzAudit.Nats.Settings;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.NKeys;

namespace EzAudit.Nats.Connecting;

/// <summary>One connection to one server. When it is lost, it stays lost: what was on its way is sent again by its owner, on the next one.</summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _lost = new();

    private readonly AuditStreamOptions _options;
    private volatile string? _forbidden;

    private StreamConnection(NatsConnection connection, string url, AuditStreamOptions options)
    {
        _options = options;
        Nats = connection;
        Url = url;
        JetStream = new NatsJSContext(connection, new NatsJSOpts(connection.Opts, requestTimeout: options.Timeout));
        // The server tells of a lack of rights beside the call, which gets no answer.
        connection.ServerError += (_, e) =>
        {
            if (e.Error.Contains("permissions violation", StringComparison.OrdinalIgnoreCase)) _forbidden = e.Error;
            return ValueTask.CompletedTask;
        };
        connection.ConnectionDisconnected += (_, _) =>
        {
            _lost.Cancel();
            return ValueTask.CompletedTask;
        };
    }

    public NatsConnection Nats { get; }

    public NatsJSContext JetStream { get; }

    public string Url { get; }

    /// <summary>Cancelled when the connection is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    public bool IsLost => _lost.IsCancellationRequested;

    /// <summary>Says what is wrong with the stream after a call on this connection has failed.</summary>
    public AuditStreamException Explain(Exception failure)
    {
        if (failure is AuditStreamException known) return known;
        if (_forbidden is { } error) return new AuditStreamException($"{_options.Place}: {StreamFailure.Forbidden(error, _options)}", failure);
        return StreamFailure.Of(IsLost ? new IOException("lost", failure) : failure, _options);
    }

    /// <summary>A subject with a wildcard at its end, for answers. One of the library's own inboxes would be matched as a whole.</summary>
    public static string NewInboxes() => $"_INBOX.{Nuid.NewNuid()}.*";

    /// <summary>Connects to the first server that lets us in.</summary>
    /// <exception cref="AuditStreamException">None does; the message says what is wrong with each.</exception>
    public static async ValueTask<StreamConnection> OpenAsync(StreamServers servers, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (string url in servers.Urls)
        {
            try
            {
                StreamConnection connection = await OpenAsync(url, servers.Options, cancellationToken).ConfigureAwait(false);
                servers.Learn(connection.Nats.ServerInfo?.ClientConnectUrls ?? []);
                return connection;
            }
            catch (Exception failure) when (failure is NatsException or NKeysException or TimeoutException or IOException or UnauthorizedAccessException)
            {
                reasons.Add($"{url}: {StreamFailure.ReasonOfConnecting(failure, servers.Options)}");
            }
        }
        throw new AuditStreamException(string.Join(" ", reasons.Distinct()));
    }

    public async ValueTask DisposeAsync()
    {
        await Nats.DisposeAsync().ConfigureAwait(false);
        _lost.Dispose();
    }

    private static async ValueTask<StreamConnection> OpenAsync(string url, AuditStreamOptions options, CancellationToken cancellationToken)
    {
        var nats = new NatsConnection(OptionsFor(url, options));
        var connection = new StreamConnection(nats, url, options);
        try
        {
            await nats.ConnectAsync().AsTask().WaitAsync(options.Timeout, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static NatsOpts OptionsFor(string url, AuditStreamOptions options) => new()
    {
        Url = url,
        Name = "ezaudit",
        ConnectTimeout = ConnectTimeout,
        RequestTimeout = options.Timeout,
        CommandTimeout = options.Timeout,
        PingInterval = options.Timeout,
        AuthOpts = CredentialsOf(options),
        TlsOpts = new NatsTlsOpts
        {
            CaFile = options.CaFile,
            CertFile = options.ClientCertificate,
            KeyFile = options.ClientKey,
            Mode = options.RequiresTls ? TlsMode.Require : TlsMode.Auto,
        },
    };

    private static NatsAuthOpts CredentialsOf(AuditStreamOptions options)
    {
        // The library wants the public key in the file as well, where nsc and nk write only the seed.
        string? seed = options.NKeyFile is { } file ? FirstLine(file).Trim() : null;
        return new NatsAuthOpts
        {
            Username = options.User,
            Password = options.PasswordFile is { } password ? FirstLine(password) : null,
            Token = options.TokenFile is { } token ? FirstLine(token) : null,
            CredsFile = options.CredentialsFile,
            Seed = seed,
            NKey = seed is null ? null : KeyPair.FromSeed(seed).GetPublicKey(),
        };
    }

    private static string FirstLine(string path)
    {
        using StreamReader reader = File.OpenText(path);
        return reader.ReadLine() ?? "";
    }
}
