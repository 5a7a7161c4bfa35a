using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Content;
using NodaTime;

namespace EzAudit.Reading.Files;

/// <summary>One file, opened for reading: it stays readable after it is renamed or deleted.</summary>
internal sealed class LogMember(AuditLogFile file, IAuditFormat format, ILogContent content, FileIdentity? identity = null) : IDisposable
{
    public AuditLogFile File => file;

    /// <summary>How much of the file is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = LogFileReader.DefaultWindow;

    public IAuditFormat Format => format;

    /// <summary>The identity of the file, whatever its current name.</summary>
    public FileIdentity? Identity => identity;

    /// <summary>Converts times by the zone of a classic file.</summary>
    public ClassicTime Time { get; } = (format as ClassicFormat)?.Time ?? new ClassicTime(DateTimeZone.Utc);

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

    public void Dispose() => content.Dispose();
}
