using EzAudit.Storage;

namespace EzAudit.Tests.Storage;

/// <summary>A log file that forwards every call to another one; tests override what they are about.</summary>
internal abstract class ForwardingFile(IAppendFile inner) : IAppendFile
{
    public FileIdentity Identify() => inner.Identify();

    public FileIdentity Measure() => inner.Measure();

    public void BeginTerm(long length) => inner.BeginTerm(length);

    public void BeginSync() => inner.BeginSync();

    public virtual int Append(ReadOnlySpan<byte> bytes) => inner.Append(bytes);

    public virtual void Sync() => inner.Sync();

    public int Read(Span<byte> buffer, long offset) => inner.Read(buffer, offset);

    public void Dispose() => inner.Dispose();
}
