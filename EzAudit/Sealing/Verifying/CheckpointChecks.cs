using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Verifying;

/// <summary>Checks the signatures of checkpoints on other threads, as one costs as much as a thousand lines. Not thread-safe.</summary>
/// <param name="anchors">The anchors.</param>
/// <param name="newest">The content of the file with the newest checkpoint; empty if there is none.</param>
/// <param name="threads">How many threads may be used.</param>
internal sealed class CheckpointChecks(AnchorChecks anchors, ReadOnlySpan<byte> newest, int threads)
{
    private const int BatchSize = 64;
    private const int MaxCheckpointBytes = 8192;

    private readonly Queue<Task<Signed?>> _running = new();
    private readonly SignedCheckpoint? _newest = SignedCheckpoint.TryParse(newest, out SignedCheckpoint? checkpoint, out _) ? checkpoint : null;
    private List<Signed> _batch = [];
    private Signed? _forged;
    private long _count;

    public AnchorChecks Anchors => anchors;

    /// <summary>Whether the newest checkpoint is one of those that were added.</summary>
    public bool HasNewest { get; private set; }

    /// <summary>The content of the file with the newest checkpoint of a log directory; empty if there is none.</summary>
    public static byte[] ReadNewest(string directory)
    {
        string path = Path.Combine(directory, LedgerSegments.CheckpointName);
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[MaxCheckpointBytes];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception missing) when (missing is FileNotFoundException || Directory.Exists(path))
        {
            return [];
        }
    }

    /// <summary>What is wrong with the signature of a checkpoint.</summary>
    public static string Forged(SignedCheckpoint checkpoint, LedgerKeys keys) =>
        $"it is not signed with the key of epoch {keys.Epoch}, {keys.Current?.Name} {keys.Current?.KeyId:x8}; it names {checkpoint.SignerName} {checkpoint.KeyId:x8}";

    /// <summary>Adds a checkpoint; false if it was not signed with the key, as far as can be seen without calculating.</summary>
    public bool TryAdd(SignedCheckpoint checkpoint, VerificationKey key, LedgerPlace place)
    {
        if (checkpoint.SignerName != key.Name || checkpoint.KeyId != key.KeyId) return false;
        HasNewest |= _newest?.Checkpoint.Size == checkpoint.Checkpoint.Size && _newest.Note == checkpoint.Note;
        if (threads == 1) return checkpoint.IsSignedBy(key);
        _batch.Add(new Signed(checkpoint, key, place, _count++));
        if (_batch.Count == BatchSize) StartBatch();
        return true;
    }

    /// <summary>Waits for all signatures; the first checkpoint whose signature is wrong, or <see langword="null"/>.</summary>
    public ForgedCheckpoint? FirstForged()
    {
        StartBatch();
        while (_running.Count > 0) Finish(_running.Dequeue());
        if (_forged is not { } forged) return null;
        string problem = $"its signature is not by the key that it names, {forged.Key.Name} {forged.Key.KeyId:x8}";
        long size = forged.Checkpoint.Checkpoint.Size;
        return new ForgedCheckpoint(forged.Place, forged.Place.Finding(FindingCode.CheckpointSignature, problem) with { Leaf = size }, size, forged.Index);
    }

    private void StartBatch()
    {
        if (_batch.Count == 0) return;
        List<Signed> batch = _batch;
        _batch = new List<Signed>(BatchSize);
        // A quiet ledger has a checkpoint for each leaf: they must not pile up.
        while (_running.Count >= threads * 2) Finish(_running.Dequeue());
        _running.Enqueue(Task.Run(() => Find(batch)));
    }

    private void Finish(Task<Signed?> task) => _forged ??= task.GetAwaiter().GetResult();

    private static Signed? Find(List<Signed> batch)
    {
        foreach (Signed signed in batch)
        {
            if (!signed.Checkpoint.IsSignedBy(signed.Key)) return signed;
        }
        return null;
    }

    private readonly record struct Signed(SignedCheckpoint Checkpoint, VerificationKey Key, LedgerPlace Place, long Index);
}

/// <summary>A checkpoint whose signature is wrong.</summary>
/// <param name="Place">Where it begins.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Leaves">The leaves before it.</param>
/// <param name="Checkpoints">The checkpoints before it.</param>
internal sealed record ForgedCheckpoint(LedgerPlace Place, AuditFinding Finding, long Leaves, long Checkpoints);
