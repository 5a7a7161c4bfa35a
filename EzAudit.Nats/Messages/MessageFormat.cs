namespace EzAudit.Nats.Messages;

/// <summary>What writer and reader of messages agree on.</summary>
internal static class MessageFormat
{
    /// <summary>The header with the version of the payload.</summary>
    public const string VersionHeader = "EzAudit-Version";

    public const string Version = "1";

    /// <summary>The header by which the servers recognize a repeated message: the id of the record.</summary>
    public const string IdHeader = "Nats-Msg-Id";

    /// <summary>The header that keeps another stream from taking a message.</summary>
    public const string StreamHeader = "Nats-Expected-Stream";

    public static ReadOnlySpan<byte> Id => "id"u8;

    public static ReadOnlySpan<byte> Time => "time"u8;

    public static ReadOnlySpan<byte> Function => "function"u8;

    public static ReadOnlySpan<byte> Severity => "severity"u8;

    public static ReadOnlySpan<byte> Outcome => "outcome"u8;

    public static ReadOnlySpan<byte> Category => "category"u8;

    public static ReadOnlySpan<byte> Address => "address"u8;

    public static ReadOnlySpan<byte> Login => "login"u8;

    public static ReadOnlySpan<byte> Actor => "actor"u8;

    public static ReadOnlySpan<byte> Session => "session"u8;

    public static ReadOnlySpan<byte> Trace => "trace"u8;

    public static ReadOnlySpan<byte> Fields => "fields"u8;

    public static ReadOnlySpan<byte> Bytes => "bytes"u8;

    public static ReadOnlySpan<byte> Base64 => "base64"u8;

    public static ReadOnlySpan<byte> Place => "place"u8;

    public static ReadOnlySpan<byte> Ledger => "ledger"u8;

    public static ReadOnlySpan<byte> File => "file"u8;

    public static ReadOnlySpan<byte> Offset => "offset"u8;

    public static ReadOnlySpan<byte> Checkpoint => "checkpoint"u8;
}
