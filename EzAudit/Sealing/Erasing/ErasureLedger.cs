using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Ledger;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Sealing.Erasing;

/// <summary>The ledger of a directory in which records are erased. Not thread-safe; other processes may write meanwhile.</summary>
/// <remarks>
/// The leaves for the new bytes are added before the bytes are overwritten, and the old salts are dropped afterwards. So at any moment each extent can be checked
/// with the old leaf or with the new one, and whoever finishes an interrupted erasure need not trust the file: the ledger says what must come out.
/// </remarks>
internal sealed class ErasureLedger : IDisposable
{
    private const int MaxOrderBytes = 4000;

    private static readonly byte[] DroppedSalt = [.. Enumerable.Repeat((byte)'-', LedgerLine.SaltLength)];

    private readonly ILogDirectory _directory;
    private readonly SealSigner _signer;
    private readonly SharedLedger _ledger;
    private readonly Checkpoints _checkpoints;
    private readonly Adoption _adoption;
    private readonly Salt.Source _salts = new();

    /// <param name="directory">The log directory.</param>
    /// <param name="tools">How the directory is sealed, and what signs the checkpoint at the end; the ledger takes ownership.</param>
    /// <param name="index">Finds the leaves of the records to erase.</param>
    /// <param name="terminatorOf">What ends the records of a log file.</param>
    public ErasureLedger(ILogDirectory directory, SealTools tools, ExtentIndex index, Func<string, ReadOnlyMemory<byte>> terminatorOf)
    {
        _directory = directory;
        _signer = tools.Signer;
        // An erasure that nobody signs, or that begins a new trust root, would look like the deed of an intruder.
        _ledger = new SharedLedger(directory, _signer, tools.Options with { CreatesRoots = false });
        _checkpoints = new Checkpoints(_ledger, directory, _signer, tools.Options);
        _adoption = new Adoption(_ledger, directory, terminatorOf);
        Index = index;
    }

    public ExtentIndex Index { get; }

    /// <summary>The time, in microseconds since 1970.</summary>
    public long Now => _ledger.Now();

    /// <summary>Whether a directory has a ledger.</summary>
    public static bool IsIn(ILogDirectory directory) => directory.Identify(LedgerSegments.NameOf(1)) is not null;

    /// <summary>Opens the ledger, makes sure that it can be signed, and looks for the leaves.</summary>
    /// <exception cref="StorageException">The ledger cannot be used; nothing was changed.</exception>
    public void Open()
    {
        Enter();
        try
        {
            if (_ledger.Trouble is { } trouble) throw new SealKeyException(trouble);
            _ledger.FindKey();
        }
        catch (SealKeyException failure)
        {
            throw new StorageException(AuditWriteStage.Seal, _directory.Path, $"the erasure could not be signed. {failure.Message}");
        }
        finally
        {
            Exit();
        }
        Index.CatchUp();
    }

    /// <summary>Adds the order to erase, and syncs it; returns its leaf.</summary>
    public long Order(string text)
    {
        LeafBatch batch = Enter();
        try
        {
            long order = _ledger.State.Tree.Size;
            batch.Begin(LeafKind.Order).Text(Cut(text)).End();
            batch.Append();
            _ledger.File.Sync();
            return order;
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Takes the ledger's lock. <see cref="Exit"/> must follow.</summary>
    public LeafBatch Enter() => _ledger.Enter();

    public void Exit() => _ledger.Exit();

    /// <summary>Determines which leaves must be replaced, and checks that the bytes are still those that they vouch for.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="content">Its content.</param>
    /// <param name="patches">The new bytes, some of which may be in the file already; none to finish what was begun.</param>
    /// <exception cref="EvidenceException">Bytes were changed.</exception>
    public RenewalSet Prepare(string name, FileIdentity identity, ILogContent content, IReadOnlyList<FilePatch> patches)
    {
        IReadOnlyList<IndexedLog> logs = Index.LogsIn(name, identity, content, patches);
        var renewals = new List<Renewal>();
        foreach (IndexedExtent extent in logs.SelectMany(log => log.Extents).OrderBy(extent => extent.Probe.Offset).ThenBy(extent => extent.Seq))
        {
            IndexedExtent? current = Index.CurrentOf(extent);
            IndexedExtent? begun = current is null ? null : Index.BegunOf(current);
            if (begun is null && !FilePatch.Touches(patches, extent.Probe.Offset, extent.Probe.End)) continue;
            if (current is null) throw new EvidenceException($"the salt of leaf {extent.Seq} of the ledger was removed without an order.");
            if (Renew(new ExtentBytes(content, current.Probe), patches, current, begun) is { } renewal) renewals.Add(renewal);
        }
        return new RenewalSet(logs, renewals, IndexedLog.Covers(logs, patches));
    }

    /// <summary>Adopts the bytes of a file for which nothing vouches. Called by whoever has entered.</summary>
    public void Adopt(RenewalSet set, LeafBatch batch)
    {
        foreach (IndexedLog log in set.Logs)
        {
            if (_ledger.State.Logs.TryGetValue(log.Id, out SealedLog? known)) _adoption.AdoptAll(known, [], batch);
        }
        batch.Append();
        Index.CatchUp();
    }

    /// <summary>Makes sure that the salts can be overwritten, before anything is changed.</summary>
    /// <exception cref="StorageException">A segment is append-only, or cannot be written.</exception>
    public void CheckAccess(RenewalSet set)
    {
        foreach (int segment in set.Renewals.Select(renewal => renewal.Extent.SaltPlace.Segment).Distinct()) CheckAccess(_directory, LedgerSegments.NameOf(segment));
    }

    /// <summary>Makes sure that a file can be overwritten.</summary>
    /// <exception cref="StorageException">It is append-only, or cannot be written.</exception>
    public static void CheckAccess(ILogDirectory directory, string name)
    {
        try
        {
            directory.Overwrite(name, 0, []);
        }
        catch (StorageException failure) when (failure.Errno == Errno.EPERM)
        {
            string path = Path.Combine(directory.Path, name);
            throw new StorageException(AuditWriteStage.Open, path, $"it is append-only, so nothing in it can be erased. Run \"chattr -a {path}\" before the erasure, and \"chattr +a\" after it. It was not changed.");
        }
    }

    /// <summary>Adds the leaves for the new bytes, and syncs them. Called by whoever has entered.</summary>
    /// <param name="set">The leaves to replace.</param>
    /// <param name="order">The leaf of the order; that of an interrupted erasure stays what it was.</param>
    /// <param name="batch">What <see cref="Enter"/> returned.</param>
    public void Append(RenewalSet set, long order, LeafBatch batch)
    {
        Span<byte> salt = stackalloc byte[Salt.Size];
        foreach (Renewal renewal in set.Renewals)
        {
            if (renewal.Next is not { } next) continue;
            next.Salt.CopyTo(salt);
            batch.Begin(LeafKind.Erased).Number(renewal.Extent.FileId).Number(next.Offset).Number(next.Length).Number(next.Records)
                .Base64(salt).Hash(next.Digest).Number(renewal.Extent.Seq).Number(renewal.Begun?.Order ?? order).End();
        }
        batch.Append();
        _ledger.File.Sync();
        Index.CatchUp();
    }

    /// <summary>Overwrites the salts of the replaced leaves: from then on nobody can find out what the bytes were. Called by whoever has entered.</summary>
    public void DropSalts(IReadOnlyCollection<IndexedExtent> extents)
    {
        foreach (IGrouping<int, IndexedExtent> segment in extents.GroupBy(extent => extent.SaltPlace.Segment)) CheckSalts(LedgerSegments.NameOf(segment.Key), segment);
        Drop(extents.Select(extent => extent.SaltPlace));
        foreach (IndexedExtent extent in extents) extent.IsSaltDropped = true;
    }

    /// <summary>Overwrites the rest of salts of which a power cut left a part.</summary>
    public void DropRests()
    {
        if (Index.HalfDropped.Count == 0) return;
        Enter();
        try
        {
            Drop(Index.HalfDropped);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Signs the ledger with the erasures in it.</summary>
    /// <exception cref="StorageException">It could not be signed; the next writer does it.</exception>
    public void Sign() => _checkpoints.Sign([], isLast: true);

    public void Dispose()
    {
        _ledger.Dispose();
        _signer.Dispose();
    }

    private void Drop(IEnumerable<LedgerPosition> salts)
    {
        foreach (IGrouping<int, LedgerPosition> segment in salts.GroupBy(salt => salt.Segment))
            _directory.Overwrite(LedgerSegments.NameOf(segment.Key), [.. segment.Select(salt => new FilePatch(salt.Offset, DroppedSalt))]);
    }

    private Renewal? Renew(ExtentBytes bytes, IReadOnlyList<FilePatch> patches, IndexedExtent current, IndexedExtent? begun)
    {
        ExtentBytes after = bytes.After(patches);
        if (begun is not null && after.Matches(begun.Probe)) return new Renewal(current, begun, null);
        if (begun is null && after.Matches(current.Probe)) return null;
        if (bytes.Matches(current.Probe)) return new Renewal(current, begun, after.Seal(_salts.Next(), current.Records));
        throw new EvidenceException(
            $"bytes {current.Probe.Offset} to {current.Probe.End} are not those that leaf {current.Seq} of the ledger vouches for. Records there are not erased, because that would hide the change; \"ezaudit verify\" shows it.",
            new ByteRange(current.Probe.Offset, current.Probe.End));
    }

    // A segment that was replaced meanwhile must not be overwritten somewhere.
    private void CheckSalts(string name, IEnumerable<IndexedExtent> extents)
    {
        using IReadFile? file = _directory.OpenRead(name);
        byte[] found = new byte[LedgerLine.SaltLength];
        foreach (IndexedExtent extent in extents)
        {
            bool isSalt = file?.Read(found, extent.SaltPlace.Offset) == found.Length && Encoding.ASCII.GetString(found) == extent.SaltText;
            if (!isSalt) throw new StorageException(AuditWriteStage.Seal, Path.Combine(_directory.Path, name), $"found other bytes than the salt of leaf {extent.Seq}: another program changed the ledger.");
        }
    }

    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxOrderBytes) return text;
        int length = Math.Min(text.Length, MaxOrderBytes / 3);
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return text[..length] + " ...";
    }
}
