using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Splits the classic files of a set into parallel work, and skips parts that cannot match.</summary>
internal sealed class LogScan(QueryMatcher test, ChunkSize size, ReadCounter? progress, CancellationToken cancellation)
{
    private readonly IReadOnlyList<Needle> _needles = QueryNeedles.Of(test.Query);
    private long _skippedBytes;

    /// <summary>How many bytes have been skipped because of their time.</summary>
    public long SkippedBytes => Volatile.Read(ref _skippedBytes);

    /// <summary>Work on the files in their order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="create">Creates the sink for the pieces of one part; a disposable sink is disposed after the last piece.</param>
    /// <typeparam name="T">The sink.</typeparam>
    public IEnumerable<Func<T>> Divide<T>(IEnumerable<LogMember> files, Func<LogMember, T> create) where T : IPieceSink =>
        files.SelectMany(member => member.Plain is { } plain ? DividePlain(member, plain, create) : Forward(member, create));

    /// <summary>The same from the last part to the first; not for forward-only files.</summary>
    public IEnumerable<Func<T>> DivideBackwards<T>(LogMember member, PlainContent plain, Func<LogMember, T> create) where T : IPieceSink =>
        DividePlain(member, plain, create, isBackwards: true);

    /// <summary>The files of a set that may contain matching records.</summary>
    public IReadOnlyList<LogMember> Within(IReadOnlyList<LogMember> set)
    {
        LogMember[] asked = [.. set.Where(IsAskedFor)];
        IReadOnlyList<LogMember> within = RotatedSetPruner.Within(asked, test.Query);
        Skip(asked.Sum(member => member.File.Length) - within.Sum(member => member.File.Length));
        return within;
    }

    private bool IsAskedFor(LogMember member)
    {
        if (member.File.CanRead && test.Functions.MayBeIn(member.File.Functions)) return true;
        progress?.Add(member.File.Length);
        return false;
    }

    private IEnumerable<Func<T>> DividePlain<T>(LogMember member, PlainContent plain, Func<LogMember, T> create, bool isBackwards = false)
        where T : IPieceSink
    {
        long length = member.File.Length;
        IReadOnlyList<Chunk> parts = new TimeRangePruner(plain, length, member.Time).PartsFor(test.Query);
        Skip(length - parts.Sum(part => part.End - part.Start));
        Needle? needle = NeedleChoice.Rarest(_needles, plain, length);
        var chunks = new PlainChunks(member.File.Path, plain, length, size) { Window = member.Window };
        foreach (Chunk chunk in isBackwards ? Chunks.Backwards(parts, size.Bytes) : Chunks.Forward(parts, size.Bytes))
        {
            yield return () =>
            {
                cancellation.ThrowIfCancellationRequested();
                T sink = create(member);
                chunks.Read(chunk, needle, sink);
                progress?.Add(chunk.End - chunk.Start);
                (sink as IDisposable)?.Dispose();
                return sink;
            };
        }
    }

    private IEnumerable<Func<T>> Forward<T>(LogMember member, Func<LogMember, T> create) where T : IPieceSink
    {
        foreach (Func<T> work in new ForwardBlocks(member.Content, size.Bytes, member.Window).Cut(NeedleChoice.Longest(_needles), () => create(member)))
        {
            yield return () =>
            {
                cancellation.ThrowIfCancellationRequested();
                T sink = work();
                (sink as IDisposable)?.Dispose();
                return sink;
            };
        }
        progress?.Add(member.File.Length);
    }

    private void Skip(long bytes)
    {
        if (bytes == 0) return;
        Interlocked.Add(ref _skippedBytes, bytes);
        progress?.Skip(bytes);
    }
}
