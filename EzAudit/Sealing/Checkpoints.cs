using EzAudit.Records;
using EzAudit.Sealing.Keys;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Storage;

namespace EzAudit.Sealing;

/// <summary>Signs the ledger, replaces the key when its epoch is over, and begins a new segment when one is full. Used by the sealer's thread.</summary>
internal sealed class Checkpoints(SharedLedger ledger, ILogDirectory directory, SealSigner signer, SealerOptions options)
{
    private const long HintEvery = 512 << 10;
    private const int HintShare = 32;

    private readonly LineBuffer _lines = new();
    private long _hintBytes;
    private string _reported = "";
    private long _triedAt;

    /// <summary>Signs all leaves, unless that is done. Log files are synced first, so that a checkpoint never covers what a power cut could take.</summary>
    /// <param name="files">The open log files.</param>
    /// <param name="isLast">Whether this writer ends.</param>
    /// <returns>False if there was nothing to sign.</returns>
    /// <exception cref="StorageException">It was not signed; the leaves wait for the next time.</exception>
    public bool Sign(IEnumerable<SealedFile> files, bool isLast = false)
    {
        // Most of the work is done before the lock is taken, because others wait for it.
        foreach (SealedFile file in files) file.SyncBytes();
        LeafBatch batch = ledger.Enter();
        try
        {
            if (isLast) ledger.Stop(batch);
            batch.Append();
            bool isEpochOver = IsEpochOver();
            if (!HasNewLeaves && !isEpochOver) return false;
            SyncLogs(files);
            ledger.FindKey();
            bool hasEvolved = !isEpochOver || TryEvolve(batch);
            if (HasNewLeaves) Write();
            if (!hasEvolved) return true;
            ledger.Succeeded();
            _reported = "";
            return true;
        }
        catch (SealKeyException failure)
        {
            ledger.Failed(failure.Message);
            throw new StorageException(AuditWriteStage.Seal, directory.Path, failure.Message);
        }
        finally
        {
            ledger.Exit();
        }
    }

    /// <summary>Reports a problem, once until it changes or is over.</summary>
    public void Report(string problem)
    {
        ledger.Failed(problem);
        if (_reported == problem) return;
        _reported = problem;
        options.Report(problem);
    }

    private bool HasNewLeaves => ledger.State.Tree.Size > ledger.State.CheckpointSize;

    private bool IsEpochOver() => ledger.State.Key.Length > 0
        && Math.Abs(ledger.Now() - Math.Max(ledger.State.EpochBegan, _triedAt)) >= options.Epoch.Ticks / TimeSpan.TicksPerMicrosecond;

    // The old key signs the new one and is destroyed: who has the machine from then on cannot sign for the time before.
    private bool TryEvolve(LeafBatch batch)
    {
        _triedAt = ledger.Now();
        batch.Clear();
        if (!signer.Evolves)
        {
            batch.Begin(LeafKind.Heartbeat).End();
            batch.Append();
            return true;
        }
        EpochKey next;
        try
        {
            next = signer.PrepareNext(SharedLedger.CurrentKey(ledger.State)!);
        }
        catch (Exception failure) when (failure is SealKeyException or StorageException)
        {
            Report($"The key could not be replaced, and stays in use: {failure.Message}");
            return false;
        }
        batch.Begin(LeafKind.NextKey).Number(next.Epoch).Text(next.Key.ToString()).End();
        batch.Append();
        Write();
        signer.Commit(next);
        return true;
    }

    private void Write()
    {
        _lines.Clear();
        if (!ledger.State.IsKeyPending && ledger.File.BytesSinceHint >= Math.Max(HintEvery, _hintBytes * HintShare)) WriteHint();
        SignedCheckpoint checkpoint = ledger.Sign();
        _lines.Checkpoint(checkpoint);
        ledger.File.Append(_lines.Bytes);
        ledger.File.Sync();
        foreach (SealedLog log in ledger.State.Logs.Values) log.IsUnsynced = false;
        if (ledger.File.IsSegmentFull && !ledger.State.IsKeyPending) BeginSegment();
        NoteFile.Replace(directory, LedgerSegments.CheckpointName, checkpoint);
        options.LocalAnchor?.Write(checkpoint);
        options.Publish(checkpoint);
    }

    private void WriteHint()
    {
        ledger.State.WriteHint(_lines);
        _hintBytes = _lines.Bytes.Length;
    }

    private void BeginSegment()
    {
        _lines.Clear();
        WriteHint();
        _lines.Checkpoint(ledger.Sign());
        ledger.File.BeginSegment(_lines.Bytes);
    }

    // What other processes wrote must be on disk, too, before it is signed.
    private void SyncLogs(IEnumerable<SealedFile> files)
    {
        ILookup<long, SealedFile> own = files.Where(file => !file.IsClosed).ToLookup(file => file.Id);
        foreach (SealedLog log in ledger.State.Logs.Values.Where(log => log.IsUnsynced))
        {
            foreach (SealedFile file in own[log.Id]) file.SyncBytes();
            if (own.Contains(log.Id) || directory.Identify(log.Name) is not { } found || KnownLogs.MarkOf(found) != log.Mark) continue;
            using IAppendFile other = directory.OpenAppend(log.Name);
            other.Sync();
        }
    }
}
