using System.Buffers;
using System.Buffers.Binary;
using EzAudit.Extensibility;
using EzAudit.Syslog.Text;

namespace EzAudit.Syslog.Frames;

/// <summary>A message in the spool: it lacks the id of its record, which is known only when the record has its number there.</summary>
/// <remarks>Layout: where the id is to be inserted (4 bytes; -1 for nowhere), then the message.</remarks>
internal static class PreparedMessage
{
    /// <summary>The most bytes of an id: a run, a hyphen and a number.</summary>
    public const int MostOfId = 16 + 1 + 19;

    private const int OffsetBytes = sizeof(int);

    public static void Write(MessageBuffer message, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(OffsetBytes), message.IdOffset);
        output.Advance(OffsetBytes);
        output.Write(message.Written);
    }

    /// <summary>Appends the complete message.</summary>
    public static void Append(MessageBuffer output, ReadOnlySpan<byte> prepared, in AuditRecordId id)
    {
        int offset = BinaryPrimitives.ReadInt32LittleEndian(prepared);
        ReadOnlySpan<byte> message = prepared[OffsetBytes..];
        if (offset < 0)
        {
            output.Append(message);
            return;
        }
        output.Append(message[..offset]);
        output.Append(id.Run);
        output.Append((byte)'-');
        output.Append(id.Number);
        output.Append(message[offset..]);
    }
}
