using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Tree;
using EzAudit.Sealing.Verifying;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Proving;

/// <summary>Makes the proof of one record out of a ledger, which it verifies first. Used once, by one thread.</summary>
/// <param name="setup">The ledger and the trusted keys.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class ProofMaker(VerifySetup setup, CancellationToken cancellation) : IDisposable
{
    private readonly LedgerSegments _segments = Open(setup.Directory);
    private readonly LedgerHistory _history = new(setup.Keys, new CheckpointChecks(new AnchorChecks([]), [], setup.Threads));
    private readonly LogListing _listing = LogListing.Of(setup.Directory);

    /// <summary>The proof of the record at a place.</summary>
    /// <param name="name">The name of the file, relative to the log directory.</param>
    /// <param name="offset">The offset of its first byte.</param>
    public RecordProof OfRecordAt(string name, long offset)
    {
        Verify();
        using LogMatcher matcher = Match();
        LogContent content = matcher.Found.FirstOrDefault(found => found.Name == name) ?? throw Refused($"{name} is not a file of the ledger");
        HashSet<long> logs = [.. content.Logs.Select(log => log.Id)];
        Extent extent = FindLast(line => line.Offset <= offset && line.End > offset && logs.Contains(line.FileId))
            ?? throw Refused($"no attested record covers byte {offset} of {name}");
        return ProofOf(extent, content, bytes => CutAt(bytes, extent, (int)(offset - extent.Offset)));
    }

    /// <summary>The proof of a record of a leaf.</summary>
    /// <param name="leaf">The index of the leaf.</param>
    /// <param name="record">The number of the record in the leaf, from 1.</param>
    public RecordProof OfLeaf(long leaf, int record)
    {
        Verify();
        using LogMatcher matcher = Match();
        Extent extent = FindLast(line => line.Seq == leaf) ?? throw Refused($"leaf {leaf} attests no records");
        LogContent content = _history.LogOf(extent.FileId)!.Content ?? throw Refused($"{_history.LogOf(extent.FileId)!.Name}, of which leaf {leaf} attests records, is gone");
        if (record < 1 || record > extent.Count) throw Refused($"leaf {leaf} attests {extent.Count} record{(extent.Count == 1 ? "" : "s")}, and has none with the number {record}");
        return ProofOf(extent, content, bytes => CutAt(bytes, extent, CutsOf(bytes, extent)[record - 1]));
    }

    public void Dispose()
    {
        _segments.Dispose();
        _listing.Dispose();
    }

    private IEnumerable<LedgerPart> Parts => _segments.Divide(LedgerSegments.UsualPart);

    private static LedgerSegments Open(string directory) => Directory.Exists(Path.Combine(directory, LedgerSegments.DirectoryName))
        ? LedgerSegments.Open(directory)
        : throw new ProofException("there is no ledger in this directory");

    private static ProofException Refused(string problem) => new(problem);

    private void Verify()
    {
        var replay = new LedgerReplay(_segments, _history);
        ReadAll(part =>
        {
            replay.Take(part);
            return !_history.IsStopped;
        });
        replay.Finish();
        var findings = new FindingList();
        if (!_history.Report(findings)) throw Refused($"nothing can be proved, because the ledger is damaged: {findings.All[^1]}");
    }

    private LogMatcher Match()
    {
        var matcher = new LogMatcher(_history, _listing);
        matcher.Match();
        return matcher;
    }

    private void ReadAll(Func<ParsedPart, bool> take) => ParsedPart.ReadAll(_segments, Parts, setup.Threads, part =>
    {
        cancellation.ThrowIfCancellationRequested();
        return take(part);
    });

    // The newest leaf that attests records and satisfies a condition.
    private Extent? FindLast(Predicate<LedgerLine> isWanted)
    {
        Extent? found = null;
        var buffer = new PartBytes();
        foreach (LedgerPart part in Parts)
        {
            for (LineCursor lines = buffer.Read(_segments, part); lines.MoveNext();)
            {
                LedgerLine line = lines.Current;
                if (line is { Kind: LeafKind.Records, IsSaltDropped: false } && isWanted(line)) found = new Extent(line.Bytes.ToArray(), line.FileId, line.Offset, line.Count, ExtentProbe.Of(line));
            }
        }
        return found;
    }

    private RecordProof ProofOf(Extent extent, LogContent content, Func<byte[], (int Begin, int Length)> cut)
    {
        byte[] bytes = Read(extent, content);
        (int begin, int length) = cut(bytes);
        var chain = new KeyChain(extent.Probe.Seq);
        ReadAll(chain.Take);
        if (chain.Checkpoint is not { } checkpoint) throw Refused($"no checkpoint covers leaf {extent.Probe.Seq} yet");
        IReadOnlyList<KeyLink> links = chain.LinksFrom(setup.Keys) ?? throw Refused("no trusted key leads to the key that signed it");
        long fileLeaf = -1;
        byte[] fileLine = [];
        ReadAll(part => FindFile(part, extent.FileId, ref fileLeaf, ref fileLine));
        var paths = new InclusionProofBuilder(checkpoint.Checkpoint.Size, [fileLeaf, extent.Probe.Seq]);
        ReadAll(part => Add(part, paths));
        if (!ProofLeaf.TryCreate(extent.Line, paths.PathOf(extent.Probe.Seq), out ProofLeaf? leaf) || !ProofLeaf.TryCreate(fileLine, paths.PathOf(fileLeaf), out ProofLeaf? file))
            throw Refused("the ledger changed while it was read");
        return new RecordProof { Leaf = leaf, File = file, Extent = bytes, Begin = begin, Length = length, Links = links, Checkpoint = checkpoint };
    }

    private static bool FindFile(ParsedPart part, long id, ref long leaf, ref byte[] bytes)
    {
        foreach (ref readonly ParsedLine line in part.Lines)
        {
            if (line is not { Kind: LineKind.Leaf, Leaf: LeafKind.File } || line.FileId != id) continue;
            (leaf, bytes) = (line.Seq, part.BytesOf(line).ToArray());
            return false;
        }
        return true;
    }

    private static bool Add(ParsedPart part, InclusionProofBuilder paths)
    {
        foreach (ref readonly ParsedLine line in part.Lines)
        {
            if (line.Kind != LineKind.Leaf) continue;
            paths.Add(line.Hash);
            if (paths.IsComplete) return false;
        }
        return true;
    }

    private static byte[] Read(Extent extent, LogContent content)
    {
        if (!content.Contains(extent.Probe)) throw Refused($"the bytes of {content.Name} are not those that leaf {extent.Probe.Seq} attests");
        byte[] bytes = new byte[extent.Probe.Length];
        using ILogContent? text = content.IsCompressed && content.TryOpenText(out GzipContent? gzip) ? gzip : null;
        ILogContent source = text ?? (content.TryOpenPlain(out PlainContent? plain) ? plain : throw Refused($"{content.Name} is gone"));
        for (int count = 0; count < bytes.Length;)
        {
            int read = source.Read(bytes.AsSpan(count), extent.Offset + count);
            if (read == 0) throw Refused($"{content.Name} became shorter");
            count += read;
        }
        return bytes;
    }

    private static IReadOnlyList<int> CutsOf(byte[] bytes, Extent extent) =>
        RecordCuts.Find(bytes, extent.Count) ?? throw Refused($"the {extent.Count} records of leaf {extent.Probe.Seq} cannot be told apart");

    private static (int Begin, int Length) CutAt(byte[] bytes, Extent extent, int begin)
    {
        IReadOnlyList<int> cuts = CutsOf(bytes, extent);
        for (int i = 0; i + 1 < cuts.Count; i++)
        {
            if (begin >= cuts[i] && begin < cuts[i + 1]) return (cuts[i], cuts[i + 1] - cuts[i]);
        }
        throw Refused($"byte {begin} of leaf {extent.Probe.Seq} is in none of its records");
    }

    private sealed record Extent(byte[] Line, long FileId, long Offset, long Count, ExtentProbe Probe);
}

/// <summary>A record cannot be proved.</summary>
internal sealed class ProofException(string problem) : Exception(problem);
