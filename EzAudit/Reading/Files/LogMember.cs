using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Content;
using NodaTime;

namespace EzAudit.Reading.Files;

/// <summary>One file, opened for reading: it stays readable when it is renamed or deleted.</summary>
internal sealed class LogMember(AuditLogFile file, IAuditFormat format, ILogContent content, FileIdentity? identity = null) : IDisposable
{
    public AuditLogFile File => file;

    /// <summary>How much of it is held in memory to find the end of one record.</summary>
    public int Window { get; init; } = ReadWindow.Default;

    public IAuditFormat Format => format;

    /// <summary>Which file it is, whatever it is called by now.</summary>
    public FileIdentity? Identity => identity;

    /// <summary>What knows the zone of a classic file.</summary>
    public ClassicTime Time { get; } = (format as ClassicFormat)?.Time ?? new ClassicTime(DateTimeZone.Utc);

    public ILogContent Content => content;

    /// <summary>The content, if it can be read at any place and by several threads.</summary>
    public PlainContent? Plain => content as PlainContent;

    /// <summary>Whether a second reading gives the same as the first.</summary>
    public bool CanReadAgain => content is not ForwardContent;

    /// <summary>Why its bytes could not be had to their end; <see langword="null"/> when they could as far as they were read.</summary>
    public AuditLogProblem? Failure => content is GzipContent { Failure: { } failure } gzip
        ? new AuditLogProblem(file.Path, gzip.End, 0, AuditLogProblemKind.Damage, failure)
        : null;

    /// <summary>Reads a record from its bytes.</summary>
    public Func<ReadOnlyMemory<byte>, AuditRecord> Read { get; } = bytes => format.Read(bytes.Span, isFinal: true).Record!;

    public void Dispose() => content.Dispose();
}
