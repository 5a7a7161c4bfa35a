using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Reading;

/// <summary>One file, opened for reading: it stays readable when it is renamed or deleted.</summary>
internal sealed class LogMember(AuditLogFile file, IAuditFormat format, ILogContent content) : IDisposable
{
    public AuditLogFile File => file;

    public IAuditFormat Format => format;

    public ILogContent Content => content;

    /// <summary>The content, if it can be read anywhere in it, and how many bytes there were when the file was opened.</summary>
    public PlainContent? Plain => content as PlainContent;

    /// <summary>Reads a record from its bytes.</summary>
    public Func<ReadOnlyMemory<byte>, AuditRecord> Read { get; } = bytes => format.Read(bytes.Span, isFinal: true).Record!;

    public void Dispose() => content.Dispose();
}
