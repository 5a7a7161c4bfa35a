using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>One file, opened for reading: it stays readable after it is renamed or deleted.</summary>
internal sealed class LogMember(AuditLogFile file, IAuditFormat format, ILogContent content, FileIdentity? identity = null) : IDisposable
{
    private const int FirstLookBack = 64 << 10;

    public AuditLogFile File => file;

    /// <summary>How much of the file is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = LogFileReader.DefaultWindow;

    public IAuditFormat Format => format;

    /// <summary>The identity of the file, whatever its current name.</summary>
    public FileIdentity? Identity => identity;

    /// <summary>Reads the records in place; <see langword="null"/> if only the format itself can read them.</summary>
    public RecordSyntax? Syntax { get; } = format switch
    {
        ClassicFormat classic => classic.Syntax,
        JsonFormat => JsonSyntax.Instance,
        _ => null,
    };

    public ILogContent Content => content;

    /// <summary>The content if it supports random access and is thread-safe.</summary>
    public PlainContent? Plain => content as PlainContent;

    /// <summary>Whether a second read gives the same bytes as the first.</summary>
    public bool CanReadAgain => content is not ForwardContent;

    /// <summary>Why the file could not be read to its end; <see langword="null"/> if nothing has failed so far.</summary>
    public AuditLogProblem? Failure => content is GzipContent { Failure: { } failure } gzip
        ? new AuditLogProblem(file.Path, gzip.End, 0, AuditLogProblemKind.Damage, failure)
        : null;

    /// <summary>Reads a record from its bytes.</summary>
    public Func<ReadOnlyMemory<byte>, AuditRecord> Read { get; } = bytes => format.Read(bytes.Span, isFinal: true).Record!;

    /// <summary>The start of the last record before an offset, if it can be found without reading the file from its start; else 0.</summary>
    public long FindStartBefore(long offset)
    {
        if (Plain is null || Syntax is null) return 0;
        for (long size = FirstLookBack; ; size = Math.Min(size * 2, Window))
        {
            byte[] bytes = new byte[Math.Min(size, offset)];
            int count = Plain.Read(bytes, offset - bytes.Length);
            int at = Syntax.FindLastStart(bytes.AsSpan(0, count), bytes.Length == offset ? 0 : RecordSyntax.BytesBefore, count);
            if (at >= 0) return offset - bytes.Length + at;
            if (bytes.Length == offset || size == Window) return 0;
        }
    }

    public void Dispose() => content.Dispose();
}
