using EzAudit.Formats.InPlace;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Divides the files of a log into parts that can be read in parallel, and skips parts that cannot match.</summary>
internal sealed class LogScan(QueryMatcher query, ChunkSize size, ReadCounter? progress, CancellationToken cancellation)
{
    /// <summary>Whether the parts of a file can be read from the last to the first.</summary>
    public static bool IsDividedBackwards(LogMember member) => member is { Plain: not null, Syntax: not null };

    /// <summary>Work on the files, part by part in their order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="create">Creates the sink for the pieces of one part; a disposable sink is disposed after the last piece.</param>
    /// <typeparam name="T">The sink.</typeparam>
    public IEnumerable<Func<T>> Divide<T>(IEnumerable<LogMember> files, Func<LogMember, T> create) where T : IPieceSink =>
        files.SelectMany(member => Parts(member, create)).Select(Guarded);

    /// <summary>The same for one file, from the last part to the first.</summary>
    public IEnumerable<Func<T>> DivideBackwards<T>(LogMember member, Func<LogMember, T> create) where T : IPieceSink =>
        Chunks(member, member.Plain!, create, isBackwards: true).Select(Guarded);

    /// <summary>The files of a set that may contain matching records.</summary>
    public IReadOnlyList<LogMember> Within(IReadOnlyList<LogMember> set)
    {
        LogMember[] asked = [.. set.Where(IsAskedFor)];
        IReadOnlyList<LogMember> within = RotatedSetPruner.Within(asked, query.Query);
        Skip(asked.Sum(member => member.File.Length) - within.Sum(member => member.File.Length));
        return within;
    }

    private bool IsAskedFor(LogMember member)
    {
        if (member.File.CanRead && query.Functions.MayBeIn(member.File.Functions)) return true;
        progress?.Add(member.File.Length);
        return false;
    }

    private IEnumerable<Func<T>> Parts<T>(LogMember member, Func<LogMember, T> create) where T : IPieceSink
    {
        if (member.Syntax is null) return FormatParts(member, create);
        return member.Plain is { } plain ? Chunks(member, plain, create, isBackwards: false) : Blocks(member, create);
    }

    private IEnumerable<Func<T>> Chunks<T>(LogMember member, PlainContent plain, Func<LogMember, T> create, bool isBackwards) where T : IPieceSink
    {
        long length = member.File.Length;
        RecordSyntax syntax = member.Syntax!;
        IReadOnlyList<Chunk> ranges = new TimeRangePruner(plain, length, syntax).RangesFor(query.Query);
        Skip(length - ranges.Sum(range => range.Length));
        Needle? needle = Needle.Rarest(QueryNeedles.Of(query.Query, syntax), plain, length);
        var chunks = new PlainChunks(member, plain, syntax, size) { Cancellation = cancellation };
        foreach (Chunk chunk in isBackwards ? Chunk.DivideBackwards(ranges, size.Bytes) : Chunk.Divide(ranges, size.Bytes))
        {
            yield return () =>
            {
                T sink = create(member);
                chunks.Read(chunk, needle, sink);
                progress?.Add(chunk.Length);
                return sink;
            };
        }
    }

    private IEnumerable<Func<T>> Blocks<T>(LogMember member, Func<LogMember, T> create) where T : IPieceSink
    {
        Needle? needle = Needle.Longest(QueryNeedles.Of(query.Query, member.Syntax!));
        var blocks = new ForwardBlocks(member.Content, member.Syntax!, size.Bytes, member.Window);
        foreach (Func<T> work in blocks.Cut(needle, () => create(member))) yield return work;
        progress?.Add(member.File.Length);
    }

    // Read where they are requested: only the format tells where a part ends.
    private IEnumerable<Func<T>> FormatParts<T>(LogMember member, Func<LogMember, T> create) where T : IPieceSink
    {
        foreach (T sink in new FormatParts(member, size.Bytes).Read(() => create(member), cancellation)) yield return () => sink;
        progress?.Add(member.File.Length);
    }

    private Func<T> Guarded<T>(Func<T> work) => () =>
    {
        cancellation.ThrowIfCancellationRequested();
        T sink = work();
        (sink as IDisposable)?.Dispose();
        return sink;
    };

    private void Skip(long bytes)
    {
        if (bytes > 0) progress?.Skip(bytes);
    }
}
