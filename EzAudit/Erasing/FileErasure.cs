using EzAudit.Records;
using EzAudit.Sealing;
using EzAudit.Sealing.Erasing;
using EzAudit.Storage;
using EzAudit.Storage.Content;
using EzAudit.Storage.Rewriting;

namespace EzAudit.Erasing;

/// <summary>Overwrites records in a log file and its rotated files. While it exists, none of them is compressed. Not thread-safe.</summary>
/// <remarks>
/// Each step can be the last one before a crash: the journal is on disk before anything is changed, and everything after it can be done again.
/// Writers wait for the lease only while one batch is overwritten.
/// </remarks>
internal sealed class FileErasure : IDisposable
{
    private const int PauseMs = 20;
    private const long PatienceMs = 2000;
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(10);

    private readonly ILogDirectory _directory;
    private readonly string _logFile;
    private readonly ErasureLedger? _ledger;
    private readonly RewriteJournal _journal;
    private readonly CancellationToken _cancellation;
    private readonly CompressorLock _compression;
    private readonly CompressedCopy _copy;
    private readonly FileLease _lease;
    // Until then, processes that live may still attest what they have written.
    private readonly long _settledAt = Environment.TickCount64 + PatienceMs;

    /// <param name="directory">The log directory.</param>
    /// <param name="logFile">The name of the log file.</param>
    /// <param name="ledger">The ledger of the directory; <see langword="null"/> if there is none.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="StorageException">The files are being compressed, and it takes too long.</exception>
    public FileErasure(ILogDirectory directory, string logFile, ErasureLedger? ledger, CancellationToken cancellation)
    {
        _directory = directory;
        _logFile = logFile;
        _ledger = ledger;
        _cancellation = cancellation;
        _journal = new RewriteJournal(directory);
        _copy = new CompressedCopy(directory, logFile);
        _compression = new CompressorLock(directory, logFile, cancellation);
        _lease = new FileLease(directory, logFile);
        // Text that was not erased may be in it.
        _copy.Delete();
    }

    /// <summary>Overwrites records of a plain file, and returns how many.</summary>
    public int ErasePlain(ErasedFile file, IReadOnlyList<AuditRecordPlace> records, long order) =>
        RewritePlain(new Rewriting([file.Mark], order, (path, content) => file.Blank(path, content, records)));

    /// <summary>Overwrites records of a compressed file, and returns how many.</summary>
    public int EraseCompressed(ErasedFile file, IReadOnlyList<AuditRecordPlace> records, long order) =>
        RewriteCompressed(new Rewriting([file.Mark], order, (path, content) => file.Blank(path, content, records)));

    /// <summary>Finishes what an interrupted erasure has begun.</summary>
    public void Finish(RewriteJob job)
    {
        // Retention may have deleted the file meanwhile.
        if (NameOf(job.Files) is { } name)
        {
            var rewriting = new Rewriting(job.Files, job.Order, (_, _) => [.. job.Patches]);
            bool isCompressed;
            using (PlainContent content = PlainContent.Open(PathOf(name))) isCompressed = GzipContent.IsCompressed(content);
            if (isCompressed) RewriteCompressed(rewriting);
            else RewritePlain(rewriting);
        }
        if (_journal.HasJob) _journal.Delete();
    }

    public void Dispose()
    {
        _lease.Dispose();
        try
        {
            _copy.Delete();
        }
        finally
        {
            _compression.Dispose();
        }
    }

    private int RewritePlain(Rewriting rewriting)
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            _lease.Take(LeaseTimeout);
            try
            {
                if (TryRewritePlain(rewriting, out int count)) return count;
            }
            finally
            {
                _lease.Release();
            }
            _cancellation.WaitHandle.WaitOne(PauseMs);
        }
    }

    // Under the lease, which keeps the file from being renamed or deleted.
    private bool TryRewritePlain(Rewriting rewriting, out int count)
    {
        string name = NameOf(rewriting.Files) ?? throw Gone();
        FileIdentity identity = _directory.Identify(name)!.Value;
        if (name != _logFile && !_copy.TryRemoveTwinOf(name)) throw new ChangedFileException("there is a compressed file of the same name with other content; remove one of them.");
        using PlainContent content = PlainContent.Open(PathOf(name));
        List<FilePatch> patches = rewriting.PatchesOf(PathOf(name), content);
        count = patches.Count;
        if (count == 0) return true;
        var job = new RewriteJob(_logFile, name, [FileMark.Of(identity)], rewriting.Order, patches);
        ErasureLedger.CheckAccess(_directory, name);
        if (_ledger is null)
        {
            Commit(job, () => Overwrite(job, identity));
            return true;
        }
        LeafBatch batch = _ledger.Enter();
        try
        {
            _ledger.Index.CatchUp();
            RenewalSet set = _ledger.Prepare(name, identity, content, patches);
            if (set.MayChange(_ledger.Now))
            {
                if (Environment.TickCount64 < _settledAt) return false;
                _ledger.Adopt(set, batch);
                set = _ledger.Prepare(name, identity, content, patches);
            }
            Commit(job, set, batch, () => Overwrite(job, identity));
            return true;
        }
        finally
        {
            _ledger.Exit();
        }
    }

    private int RewriteCompressed(Rewriting rewriting)
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            string name = NameOf(rewriting.Files) ?? throw Gone();
            if (_directory.Identify(name) is not { } identity) continue;
            List<FilePatch> patches;
            using (var text = new GzipContent(PlainContent.Open(PathOf(name)))) patches = rewriting.PatchesOf(PathOf(name), text);
            if (patches.Count == 0) return 0;
            // The long work, before anybody has to wait for it.
            RenewalSet? set = Prepare(name, identity, patches);
            FileIdentity copy = _copy.Write(name, patches);
            var job = new RewriteJob(_logFile, name, [FileMark.Of(identity), FileMark.Of(copy)], rewriting.Order, patches);
            _lease.Take(LeaseTimeout);
            try
            {
                if (TryReplace(job, identity, set)) return patches.Count;
            }
            finally
            {
                _lease.Release();
            }
        }
    }

    private RenewalSet? Prepare(string name, FileIdentity identity, List<FilePatch> patches)
    {
        if (_ledger is null) return null;
        _ledger.Index.CatchUp();
        using var text = new GzipContent(PlainContent.Open(PathOf(name)));
        return _ledger.Prepare(name, identity, text, patches);
    }

    // Under the lease. False if the file was renamed, or the ledger knows more about it than before.
    private bool TryReplace(RewriteJob job, FileIdentity identity, RenewalSet? set)
    {
        if (_directory.Identify(job.Name) is not { } now || !now.IsSameFile(identity)) return false;
        if (_ledger is null || set is null)
        {
            Commit(job, Replace);
            return true;
        }
        LeafBatch batch = _ledger.Enter();
        try
        {
            _ledger.Index.CatchUp();
            if (!set.IsCurrent) return false;
            Commit(job, set, batch, Replace);
            return true;
        }
        finally
        {
            _ledger.Exit();
        }

        void Replace()
        {
            _directory.Replace(_copy.Name, job.Name);
            _directory.Sync(job.Name);
        }
    }

    private void Commit(RewriteJob job, Action overwrite)
    {
        _journal.Write(job);
        overwrite();
        _journal.Delete();
    }

    private void Commit(RewriteJob job, RenewalSet set, LeafBatch batch, Action overwrite)
    {
        _ledger!.CheckAccess(set);
        _journal.Write(job);
        _ledger.Append(set, job.Order, batch);
        overwrite();
        _ledger.DropSalts([.. set.Renewals.Select(renewal => renewal.Extent)]);
        _journal.Delete();
    }

    private void Overwrite(RewriteJob job, FileIdentity identity)
    {
        _directory.Overwrite(job.Name, job.Patches);
        try
        {
            // Rotation and retention go by the time of the last record.
            File.SetLastWriteTimeUtc(PathOf(job.Name), identity.Modified.ToDateTimeUtc());
        }
        catch (UnauthorizedAccessException)
        {
            // Only the owner may. The file is then kept for longer, which harms nobody.
        }
    }

    private string? NameOf(IReadOnlyList<FileMark> files)
    {
        string parent = _logFile[..(_logFile.LastIndexOf('/') + 1)];
        return _directory.ListSiblings(_logFile).Select(sibling => parent + sibling)
            .FirstOrDefault(name => _directory.Identify(name) is { } found && files.Contains(FileMark.Of(found)));
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);

    private static ChangedFileException Gone() => new("it was compressed or deleted since its records were found. Search again.") { AreRecordsElsewhere = true };

    private sealed record Rewriting(IReadOnlyList<FileMark> Files, long Order, Func<string, ILogContent, List<FilePatch>> PatchesOf);
}
