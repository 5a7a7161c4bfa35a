using System.Buffers;

namespace EzAudit.Extensibility;

/// <summary>Converts records to bytes and back. Must be thread-safe.</summary>
public interface IAuditFormat
{
    /// <summary>The bytes that end every record and never occur inside one. A log file that does not end with them has a torn tail.</summary>
    ReadOnlySpan<byte> Terminator { get; }

    /// <summary>The bytes that start every record, if they are always the same; otherwise empty.</summary>
    ReadOnlySpan<byte> Start => [];

    /// <summary>
    /// The bytes appended to a torn tail before the next record. They end with <see cref="Terminator"/> and, wherever the torn record stopped, let
    /// <see cref="Read"/> recognize it as torn.
    /// </summary>
    ReadOnlySpan<byte> TornTailEnd => Terminator;

    /// <summary>Whether <see cref="Read"/> is implemented.</summary>
    bool CanRead => false;

    /// <summary>Writes one record including its terminator. Nothing in the record's values may end it or start another record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="output">The buffer to write to.</param>
    void Write(in AuditRecordView record, IBufferWriter<byte> output);

    /// <summary>Reads the record, or the damaged part, at the start of some bytes.</summary>
    /// <param name="bytes">Bytes of a log file, starting where the previous result ended.</param>
    /// <param name="isFinal">Whether the file ends with these bytes. If not, the result may be <see cref="AuditReadResult.NeedsMore"/>.</param>
    /// <returns>What was found, and how many bytes it covers. Must not throw on malformed bytes.</returns>
    AuditReadResult Read(ReadOnlySpan<byte> bytes, bool isFinal) => throw new NotSupportedException("This format is not read back.");
}
