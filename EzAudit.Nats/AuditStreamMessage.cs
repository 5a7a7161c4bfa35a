using EzAudit.Extensibility;
using EzAudit.Nats.Messages;

namespace EzAudit.Nats;

/// <summary>Writes and reads records as the payload of messages, for those who keep messages elsewhere, such as the dead letters of a collector.</summary>
public static class AuditStreamMessage
{
    /// <summary>The version of the payload that <see cref="Write"/> writes.</summary>
    public static string Version => MessageFormat.Version;

    /// <summary>Returns a record as payload, without loss.</summary>
    public static byte[] Write(AuditEnvelope record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new MessageWriter().Write(record).ToArray();
    }

    /// <summary>Reads a record from a payload.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="version">The version that the message named.</param>
    /// <exception cref="FormatException">It is not the payload of a record, or of another version.</exception>
    public static AuditEnvelope Read(ReadOnlyMemory<byte> data, string? version)
    {
        if (version != MessageFormat.Version) throw new FormatException($"The message has version {version ?? "none"}, expected {MessageFormat.Version}.");
        return new MessageReader().Read(data).Record ?? throw new FormatException("The message is a checkpoint.");
    }
}
