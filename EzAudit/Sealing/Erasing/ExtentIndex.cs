using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Erasing;

/// <summary>Finds the leaves of the ledger that vouch for some ranges of log files. Its memory depends on these, not on the ledger. Not thread-safe.</summary>
/// <param name="directory">The log directory.</param>
/// <param name="wanted">The ranges, by the names of the files.</param>
internal sealed class ExtentIndex(ILogDirectory directory, IReadOnlyDictionary<string, CoveredRanges> wanted)
{
    private readonly SortedDictionary<long, IndexedLog> _logs = [];
    private readonly Dictionary<long, IndexedExtent> _erasures = [];
    private readonly HashSet<long> _targets = [];
    private LedgerPosition _end = new(1, 0);
    private long _size;

    /// <summary>The log files.</summary>
    public IEnumerable<IndexedLog> Logs => _logs.Values;

    /// <summary>The extents whose erasure was begun and not finished: another leaf vouches for their new bytes, but their salt is still there.</summary>
    public IEnumerable<IndexedExtent> Begun =>
        _logs.Values.SelectMany(log => log.Extents).Select(CurrentOf).OfType<IndexedExtent>().Where(extent => BegunOf(extent) is not null);

    /// <summary>The salts of which a power cut left a part.</summary>
    public List<LedgerPosition> HalfDropped { get; } = [];

    /// <summary>Reads what was added to the ledger since the last call.</summary>
    /// <exception cref="StorageException">The ledger cannot be read, or is damaged.</exception>
    public void CatchUp()
    {
        if (_size == 0) new LeafReader(directory).Read(new LedgerPosition(1, 0), LeafKind.Erased, (in LedgerLine line, LedgerPosition _) => _targets.Add(line.Target));
        _end = new LeafReader(directory).Read(_end, null, Add);
    }

    /// <summary>The leaf that vouches for the bytes of an extent now; <see langword="null"/> if its salt is gone, and no erasure says why.</summary>
    public IndexedExtent? CurrentOf(IndexedExtent extent)
    {
        while (extent.IsSaltDropped)
        {
            if (!_erasures.TryGetValue(extent.Seq, out IndexedExtent? erasure)) return null;
            extent = erasure;
        }
        return extent;
    }

    /// <summary>The leaf that will vouch for the bytes of an extent when its erasure, which was begun, is finished; <see langword="null"/> if none was.</summary>
    public IndexedExtent? BegunOf(IndexedExtent current) => _erasures.GetValueOrDefault(current.Seq);

    /// <summary>The log files that a file is: those whose first extent it contains, or else the one with its mark or name.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="content">Its content.</param>
    /// <param name="patches">What is about to be changed in it, and may already be.</param>
    public IReadOnlyList<IndexedLog> LogsIn(string name, FileIdentity identity, ILogContent content, IReadOnlyList<FilePatch> patches)
    {
        IndexedLog[] candidates = [.. _logs.Values.Where(log => LogListing.IsNameOf(log.FirstName, name) || LogListing.IsNameOf(log.Name, name))];
        IndexedLog[] found = [.. candidates.Where(log => log.First.Select(CurrentOf).FirstOrDefault(first => first is not null) is { } first && IsIn(first, content, patches))];
        if (found.Length > 1) found = Likeliest(found, name, identity, extents => extents.Select(CurrentOf).All(extent => extent is not null && IsIn(extent, content, patches)));
        if (found.Length > 0) return found;
        IndexedLog? likely = Array.FindLast(candidates, log => log.Mark == KnownLogs.MarkOf(identity)) ?? Array.FindLast(candidates, log => !log.IsRemoved && IsNamed(log, name));
        return likely is null ? [] : [likely];
    }

    // Erased records of the same second and length are the same bytes, so a file can begin like another one.
    private static IndexedLog[] Likeliest(IndexedLog[] found, string name, FileIdentity identity, Predicate<IReadOnlyList<IndexedExtent>> isWhole)
    {
        IndexedLog[] named = [.. found.Where(log => IsNamed(log, name) || log.Mark == KnownLogs.MarkOf(identity))];
        if (named.Length > 0) return named;
        IndexedLog[] whole = [.. found.Where(log => isWhole(log.Extents))];
        return whole.Length > 0 ? whole : found;
    }

    private static bool IsNamed(IndexedLog log, string name) => log.Name == name || log.Name + ".gz" == name;

    private bool IsIn(IndexedExtent extent, ILogContent content, IReadOnlyList<FilePatch> patches)
    {
        var bytes = new ExtentBytes(content, extent.Probe);
        return bytes.Matches(extent.Probe) || (BegunOf(extent) is { } begun && bytes.After(patches).Matches(begun.Probe));
    }

    private void Add(in LedgerLine line, LedgerPosition place)
    {
        if (line.Seq != _size)
            throw new StorageException(AuditWriteStage.Seal, directory.Path, $"the ledger is damaged: found leaf {line.Seq}, expected {_size}. Verify it before anything is erased.");
        _size++;
        switch (line.Kind)
        {
            case LeafKind.File:
                string name = Encoding.UTF8.GetString(line.Text);
                _logs[line.FileId] = new IndexedLog(line.FileId, line.Count, line.Offset, name)
                {
                    Name = name,
                    Wanted = [.. wanted.Where(file => LogListing.IsNameOf(name, file.Key)).Select(file => file.Value)],
                };
                break;
            case LeafKind.Renamed when _logs.TryGetValue(line.FileId, out IndexedLog? renamed):
                renamed.Name = Encoding.UTF8.GetString(line.Text);
                break;
            case LeafKind.Removed when _logs.TryGetValue(line.FileId, out IndexedLog? removed):
                removed.IsRemoved = true;
                break;
            case LeafKind.Records or LeafKind.Adopted or LeafKind.Torn or LeafKind.Erased when _logs.TryGetValue(line.FileId, out IndexedLog? log):
                AddExtent(log, line, place);
                break;
        }
    }

    private void AddExtent(IndexedLog log, in LedgerLine line, LedgerPosition place)
    {
        long begin = line.Offset;
        long end = line.End;
        bool isErasure = line.Kind == LeafKind.Erased;
        int saltAt = line.Bytes.IndexOf(line.Salt);
        LedgerPosition salt = place with { Offset = place.Offset + saltAt };
        if (line.IsSaltDropped && line.Salt.ContainsAnyExcept((byte)'-')) HalfDropped.Add(salt);
        if (!isErasure && begin > log.LowestOffset && !_targets.Contains(line.Seq) && !log.Wanted.Any(ranges => ranges.Overlaps(begin, end))) return;
        var extent = new IndexedExtent(ExtentProbe.Of(line), line.FileId, (int)line.Count, salt)
        {
            Kind = line.Kind,
            Time = line.Time,
            Order = line.Order,
            IsSaltDropped = line.IsSaltDropped,
        };
        if (!isErasure) log.Add(extent);
        else
        {
            _erasures[line.Target] = extent;
            log.Version++;
        }
    }
}
