using EzAudit.Nats.Settings;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Connecting;

/// <summary>Asks for the state of a stream.</summary>
internal static class StreamCheck
{
    private const int NotFound = 404;

    /// <summary>The stream; <see langword="null"/> if there is none.</summary>
    public static async ValueTask<StreamInfo?> FindAsync(StreamConnection connection, AuditStreamOptions options, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSStream stream = await connection.JetStream.GetStreamAsync(options.Stream, cancellationToken: cancellationToken).ConfigureAwait(false);
            return stream.Info;
        }
        catch (NatsJSApiException failure) when (failure.Error.Code == NotFound)
        {
            return null;
        }
    }

    /// <summary>The stream, which keeps what it acknowledges.</summary>
    /// <exception cref="AuditStreamException">There is none, it is not protected, or it has no leader.</exception>
    public static async ValueTask<StreamInfo> RequireAsync(StreamConnection connection, AuditStreamOptions options, CancellationToken cancellationToken)
    {
        StreamInfo info = await FindAsync(connection, options, cancellationToken).ConfigureAwait(false)
            ?? throw new AuditStreamException($"{options.Place}: {StreamFailure.NoStream(options)}");
        if (StreamProtection.FaultOf(info.Config, options) is { } fault) throw new AuditStreamException($"{options.Place}: {fault}");
        return info;
    }

    /// <summary>Says why nobody took a message.</summary>
    public static async ValueTask<string> ExplainSilenceAsync(StreamConnection connection, AuditStreamOptions options, CancellationToken cancellationToken)
    {
        try
        {
            StreamInfo? info = await FindAsync(connection, options, cancellationToken).ConfigureAwait(false);
            if (info is null) return StreamFailure.NoStream(options);
            return StreamProtection.FaultOf(info.Config, options) ?? StreamFailure.NoQuorum;
        }
        catch (Exception failure) when (StreamFailure.IsOfStream(failure) && !cancellationToken.IsCancellationRequested)
        {
            return StreamFailure.NoQuorum;
        }
    }
}
