using System.Collections.Concurrent;
using EzAudit.Formats.Classic;
using EzAudit.Reading.Matching;
using EzAudit.Records;

namespace EzAudit.Reading.Grouping;

/// <summary>Counts the records of one part of a file by group; the parts of a file reuse the same counters in turn.</summary>
internal sealed class GroupedRecords : IPieceSink, IDisposable
{
    private readonly ConcurrentBag<ViewGrouper> _free;
    private readonly ViewGrouper _grouper;
    private readonly AuditLogFile _file;

    /// <param name="file">The file.</param>
    /// <param name="free">Counters that no thread uses now.</param>
    /// <param name="create">Creates counters.</param>
    public GroupedRecords(AuditLogFile file, ConcurrentBag<ViewGrouper> free, Func<ViewGrouper> create)
    {
        _free = free;
        _grouper = free.TryTake(out ViewGrouper? grouper) ? grouper : create();
        _file = file;
        Problems = new ProblemList(file.Path);
    }

    public ProblemList Problems { get; }

    public void Take(ReadOnlySpan<byte> bytes, in ClassicPiece piece, long offset)
    {
        if (!Problems.TryRead(bytes, piece, offset, out ClassicView view)) return;
        long ticks = _grouper.Judge.TicksOf(view);
        bool isMet = _grouper.Judge.IsMet(view, ticks);
        if (_grouper.Judge.IsInDoubt) Problems.AddDoubt(_file, offset);
        if (!isMet) return;
        if (!view.IsSound()) Problems.Add(AuditLogProblemKind.Damage, bytes, offset, isRecord: true);
        _grouper.Add(view, ticks);
    }

    /// <summary>Returns the counters for the next part.</summary>
    public void Dispose() => _free.Add(_grouper);
}
