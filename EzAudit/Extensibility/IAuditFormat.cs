using System.Buffers;
using EzAudit.Records;

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

/// <summary>What a format found at the start of some bytes: a record, a problem, nothing of significance, or too few bytes to decide.</summary>
public readonly record struct AuditReadResult
{
    /// <summary>More bytes are needed to decide.</summary>
    public static AuditReadResult NeedsMore => default;

    /// <summary>The number of bytes covered; 0 if more are needed.</summary>
    public int Consumed { get; private init; }

    /// <summary>The record, if there is one.</summary>
    public AuditRecord? Record { get; private init; }

    /// <summary>The problem, if there is one. If there is a record too, it is a best guess and not reliable.</summary>
    public AuditLogProblemKind? Problem { get; private init; }

    /// <summary>A complete record.</summary>
    public static AuditReadResult OfRecord(AuditRecord record, int consumed) => new() { Record = record, Consumed = consumed };

    /// <summary>A record that could be read, although some of its bytes are not what a writer of this format produces.</summary>
    public static AuditReadResult OfDoubtfulRecord(AuditRecord record, AuditLogProblemKind problem, int consumed) =>
        new() { Record = record, Problem = problem, Consumed = consumed };

    /// <summary>Bytes that are not a complete record.</summary>
    public static AuditReadResult OfProblem(AuditLogProblemKind problem, int consumed) => new() { Problem = problem, Consumed = consumed };

    /// <summary>Bytes without significance that are not a problem, such as an extra empty line.</summary>
    public static AuditReadResult OfNothing(int consumed) => new() { Consumed = consumed };
}
