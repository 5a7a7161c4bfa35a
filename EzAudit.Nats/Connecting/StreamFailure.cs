using System.Net.Sockets;
using System.Security.Authentication;
using EzAudit.Nats.Settings;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Connecting;

/// <summary>Turns what the servers or the client library report into a message that says what to do.</summary>
internal static class StreamFailure
{
    // Numbers of JetStream's errors.
    private const int StreamNotFound = 10059;
    private const int WrongStream = 10060;
    private const int MessageTooLarge = 10054;
    private static readonly int[] NoSpace = [10023, 10028, 10047, 10077];
    private static readonly int[] NotEnabled = [10039, 10076];
    private static readonly int[] NoLeader = [10008, 10009, 10036];

    /// <summary>Whether an exception says that the stream or the connection to it failed.</summary>
    public static bool IsOfStream(Exception failure) =>
        failure is AuditStreamException or NatsException or TimeoutException or IOException or ObjectDisposedException or OperationCanceledException;

    public static AuditStreamException Of(Exception failure, AuditStreamOptions options) => failure as AuditStreamException
        ?? new AuditStreamException($"{options.Place}: {ReasonOf(failure, options)}", failure);

    /// <summary>What an error in an acknowledgement means.</summary>
    public static string ReasonOf(ApiError error, AuditStreamOptions options) => error.ErrCode switch
    {
        StreamNotFound => NoStream(options),
        WrongStream => $"another stream has the subjects {options.Subject}.>: correct Stream or Subject, or delete that stream.",
        _ when NoSpace.Contains(error.ErrCode) =>
            $"the stream is full: {error.Description}. Its records leave it after max_age. Let the collectors catch up, enlarge max_bytes or the disks, and free space on them.",
        _ when NotEnabled.Contains(error.ErrCode) => "JetStream is not enabled for this account. Enable it in the configuration of the servers.",
        _ when NoLeader.Contains(error.ErrCode) => NoQuorum,
        _ => $"{error.Description} ({error.Code}, {error.ErrCode}).",
    };

    /// <summary>Whether an error concerns one message, however often it is sent.</summary>
    public static bool IsRefusal(ApiError error) => error.ErrCode == MessageTooLarge;

    /// <summary>Why a server did not let us in.</summary>
    public static string ReasonOfConnecting(Exception failure, AuditStreamOptions options) => Innermost(failure) switch
    {
        NatsServerException { IsAuthError: true } => $"the server refuses {Credentials(options)}. Correct them, or allow them in the configuration of the servers.",
        AuthenticationException tls => $"the server did not prove its identity: {tls.Message} Correct the host in Url, or CaFile.",
        SocketException socket => $"the server cannot be reached: {socket.Message}. Start it, or correct Url.",
        TimeoutException => "the server does not answer. Start it, or correct Url.",
        NatsException { Message: var text } when text.Contains("does not support TLS", StringComparison.Ordinal) =>
            "the server does not encrypt. Configure tls in it, or use nats:// in Url without CaFile and ClientCertificate.",
        NatsException { Message: var text } when text.StartsWith("can not connect uris", StringComparison.Ordinal) => "the server cannot be reached. Start it, or correct Url.",
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => failure.Message,
        IOException when options.RequiresTls => "the server closed the connection. If it demands client certificates, name one in ClientCertificate and ClientKey.",
        IOException => "the server closed the connection.",
        var other => other.Message,
    };

    public static string NoStream(AuditStreamOptions options) =>
        $"there is no stream {options.Stream}. Run \"ezaudit stream init --run\" as its owner, or correct Stream.";

    public const string NoQuorum = "the stream has no leader: too few of its servers are running, or cannot reach each other. Start them. It is retried.";

    private static string ReasonOf(Exception failure, AuditStreamOptions options) => failure switch
    {
        NatsJSApiException api => ReasonOf(api.Error, options),
        NatsNoRespondersException => "JetStream does not answer. Enable it in the configuration of the servers; or too few of them are running.",
        NatsJSApiNoResponseException or TimeoutException or OperationCanceledException => "the servers do not answer in time. It is retried.",
        ObjectDisposedException or IOException => "the connection was lost. It is retried.",
        _ => failure.Message,
    };

    /// <summary>Says which rights a user needs.</summary>
    public static string Forbidden(string error, AuditStreamOptions options) =>
        $"{Credentials(options)} lack rights: {error}. A writer needs publish: [\"{options.Subject}.>\", \"$JS.API.STREAM.INFO.{options.Stream}\"] and subscribe: \"_INBOX.>\".";

    private static string Credentials(AuditStreamOptions options) => options switch
    {
        { User: { } user } => $"user {user} or the password in {options.PasswordFile}",
        { TokenFile: { } token } => $"the token in {token}",
        { CredentialsFile: { } file } => $"the credentials in {file}",
        { NKeyFile: { } file } => $"the NKey in {file}",
        { ClientCertificate: { } file } => $"the certificate {file}",
        _ => "connections without credentials",
    };

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner && failure is not AuthenticationException) failure = inner;
        return failure;
    }
}
