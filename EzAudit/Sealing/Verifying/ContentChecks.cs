using System.Collections.Concurrent;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Verifying;

/// <summary>Compares the log files with the digests of their extents, several at a time.</summary>
/// <remarks>
/// The extents of plain files are compared part by part of the ledger, in any order. A compressed file is read once, from its start, beside the parts that
/// contain its extents.
/// </remarks>
/// <param name="segments">The ledger.</param>
/// <param name="history">What its lines add up to.</param>
/// <param name="options">The options.</param>
internal sealed class ContentChecks(LedgerSegments segments, LedgerHistory history, ContentOptions options) : IDisposable
{
    private readonly ConcurrentBag<WindowSet> _windows = [];
    private readonly ConcurrentBag<PartBytes> _buffers = [];

    /// <summary>Compares all log files that were found, and notes those that were not.</summary>
    public ContentTally Check()
    {
        IEnumerable<Func<ContentTally>> work = options.Parts.Select(Func<ContentTally> (part) => () => CheckPlain(part))
            .Concat(history.Logs.Where(log => log is { IsOlder: false, Content: { IsCompressed: true, Failure: null } }).Select(Func<ContentTally> (log) => () => CheckText(log, log.Content!)));
        ContentTally total = NewTally();
        foreach (ContentTally tally in OrderedParts.Map(work, unit => unit(), options.Threads)) total.Add(tally);
        return total;
    }

    /// <summary>Compares the extents of a log file with another file.</summary>
    public ContentTally Check(LogEvidence log, LogContent content)
    {
        if (content.IsCompressed) return CheckText(log, content);
        ContentTally tally = NewTally();
        if (content.TryOpenPlain(out PlainContent? plain)) CheckInOrder(log, plain, tally);
        return tally;
    }

    public void Dispose()
    {
        foreach (WindowSet windows in _windows) windows.Dispose();
    }

    private ContentTally NewTally() => new(history, options.KeepsVerified);

    private ContentTally CheckPlain(LedgerPart part)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        ContentTally tally = NewTally();
        PartBytes buffer = _buffers.TryTake(out PartBytes? free) ? free : new PartBytes();
        WindowSet windows = _windows.TryTake(out WindowSet? idle) ? idle : new WindowSet();
        for (LineCursor lines = buffer.Read(segments, part); lines.MoveNext();)
        {
            if (AttestedExtent.TryFind(lines.Current, history, out AttestedExtent extent)) CheckPlain(extent, windows, tally);
        }
        _windows.Add(windows);
        _buffers.Add(buffer);
        options.Progress?.Add(part.Length);
        return tally;
    }

    private void CheckPlain(in AttestedExtent extent, WindowSet windows, ContentTally tally)
    {
        LogEvidence log = extent.Log;
        if (log.Content is { IsCompressed: true }) return;
        if (log.Content is { } content && content.TryOpenPlain(out PlainContent? plain))
        {
            if (extent.Leaf < options.FirstLeaf && extent.Probe.End <= content.Length)
            {
                tally.AddUnread(extent);
                return;
            }
            tally.Add(extent, windows.Of(log).Check(plain, extent.Probe));
            options.Progress?.Add(extent.Probe.Length);
        }
        else if (!log.IsRemoved)
        {
            tally.Add(extent, ExtentState.Missing);
        }
    }

    private ContentTally CheckText(LogEvidence log, LogContent content)
    {
        ContentTally tally = NewTally();
        if (content.Failure is not null || !content.TryOpenText(out GzipContent? text)) return tally;
        using (text)
        {
            CheckInOrder(log, text, tally);
            // Only its end shows whether it is whole.
            byte[] rest = new byte[1 << 16];
            while (text.Read(rest, text.End) > 0) options.Cancellation.ThrowIfCancellationRequested();
            content.Length = text.End;
            content.Failure = text.Failure;
        }
        return content.Failure is null ? tally : NewTally();
    }

    // Extents are nearly in the order of the file. Sorting many at a time makes the rare exceptions cheap.
    private void CheckInOrder(LogEvidence log, ILogContent content, ContentTally tally)
    {
        const int batchSize = 1 << 15;
        using var window = new ContentWindow();
        var batch = new List<AttestedExtent>();
        var buffer = new PartBytes();
        for (int part = log.Parts.First; part <= log.Parts.Last; part++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            for (LineCursor lines = buffer.Read(segments, options.Parts[part]); lines.MoveNext();)
            {
                if (lines.Current.FileId != log.Id || !AttestedExtent.TryFind(lines.Current, history, out AttestedExtent extent)) continue;
                batch.Add(extent);
                if (batch.Count == batchSize) CheckBatch();
            }
        }
        CheckBatch();

        void CheckBatch()
        {
            batch.Sort(static (left, right) => left.Probe.Offset.CompareTo(right.Probe.Offset));
            foreach (ref readonly AttestedExtent extent in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch))
            {
                tally.Add(extent, window.Check(content, extent.Probe));
                options.Progress?.Add(extent.Probe.Length);
            }
            batch.Clear();
        }
    }
}

/// <summary>How log files are compared.</summary>
/// <param name="Parts">The parts of the ledger.</param>
/// <param name="Threads">How many threads may be used.</param>
/// <param name="FirstLeaf">The bytes of earlier leaves are not read, except to recognize files.</param>
/// <param name="KeepsVerified">Whether the ranges that were right are kept.</param>
internal sealed record ContentOptions(IReadOnlyList<LedgerPart> Parts, int Threads, long FirstLeaf, bool KeepsVerified)
{
    public VerifyProgress? Progress { get; init; }

    public CancellationToken Cancellation { get; init; }
}

/// <summary>Counts the bytes that are verified, and reports the progress. Thread-safe.</summary>
/// <param name="progress">The receiver.</param>
/// <param name="total">The bytes of the ledger and of what it vouches for, as far as is known.</param>
internal sealed class VerifyProgress(IProgress<AuditReadProgress> progress, long total)
{
    private const int MaxReports = 1000;

    private readonly Lock _gate = new();
    private long _read;
    private long _reported;

    public void Add(long bytes)
    {
        lock (_gate)
        {
            _read += bytes;
            if (_read - _reported < total / MaxReports) return;
            _reported = _read;
            progress.Report(new AuditReadProgress { BytesRead = Math.Min(_read, total), TotalBytes = total });
        }
    }
}
