using EzAudit.Extensibility;
using EzAudit.Nats.Messages;

namespace EzAudit.Nats;

/// <summary>The payload of a message with a record: JSON without loss. For programs that keep records of the stream and read them later.</summary>
public static class AuditStreamMessage
{
    /// <summary>The version of the payloads that <see cref="Write"/> returns; messages have it in the header <c>EzAudit-Version</c>.</summary>
    public static string Version => MessageFormat.Version;

    /// <summary>Writes a record.</summary>
    public static byte[] Write(AuditEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new MessageWriter().Write(envelope, envelope.Id.ToString()).ToArray();
    }

    /// <summary>Reads a record.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="version">Its version, from the header; <see langword="null"/> if there is none.</param>
    /// <exception cref="FormatException">It is not a record of this version; the exception says why.</exception>
    public static AuditEnvelope Read(ReadOnlyMemory<byte> data, string? version) =>
        new MessageReader().Read(data, version).Record ?? throw new FormatException("The message is a checkpoint of a ledger, not a record.");
}
