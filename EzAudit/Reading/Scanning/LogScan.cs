using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Divides the files of a log into parts that can be read in parallel, and skips parts that cannot match.</summary>
internal sealed class LogScan(QueryMatcher query, ChunkSize size, ReadCounter? progress, CancellationToken cancellation)
{
    private readonly TimeRangePruner _pruner = new(query.Query);

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
        IReadOnlyList<LogMember> within = _pruner.FilesOf(asked);
        Skip(asked.Sum(member => member.File.Length) - within.Sum(member => member.File.Length));
        return within;
    }

    private bool IsAskedFor(LogMember member)
    {
        if (member.File.CanRead && query.MayBeIn(member.File.Functions)) return true;
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
        IReadOnlyList<Chunk> ranges = _pruner.PartsOf(plain, length, syntax);
        Skip(length - ranges.Sum(range => range.Length));
        Needle? needle = Needle.Rarest(query.NeedlesIn(syntax), plain, length);
        var chunks = new PlainChunks(member, plain, syntax, size) { Cancellation = cancellation };
        foreach (Chunk chunk in isBackwards ? chunks.CutBackwards(ranges) : chunks.Cut(ranges))
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
        Needle? needle = Needle.Longest(query.NeedlesIn(member.Syntax!));
        var blocks = new ForwardBlocks(member.Content, member.Syntax!, size.Bytes, member.Window);
        foreach (Func<T> work in blocks.Cut(needle, () => create(member))) yield return work;
        progress?.Add(member.File.Length);
    }

    // A plugin's format alone tells where pieces end, so its files are read from their start, where a part is requested. Records are viewed as json would write them.
    private IEnumerable<Func<T>> FormatParts<T>(LogMember member, Func<LogMember, T> create) where T : IPieceSink
    {
        var pieces = new PieceReader(new LogFileReader(member.File.Path, member.Content, member.Window), member.Format);
        pieces.Start();
        while (pieces.TryNext(out AuditReadResult piece))
        {
            T sink = create(member);
            long end = pieces.Offset + size.Bytes;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                RecordView view = piece.Record is { } record ? JsonView.Of(record, isSound: piece.Problem is null) : default;
                sink.Take(pieces.Bytes, new RecordPiece(piece.Consumed, piece.Problem, piece.Record is not null), view, pieces.Offset);
            }
            while (pieces.Offset < end && pieces.TryNext(out piece));
            pieces.Problems.Clear();
            yield return () => sink;
        }
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
