using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Sealing.Erasing;
using EzAudit.Sealing.Ledger;
using EzAudit.Settings.Model;
using EzAudit.Storage;
using EzAudit.Storage.Rewriting;
using EzAudit.Writing.Building;

namespace EzAudit.Erasing;

/// <summary>Erases the records of a plan, directory by directory. Used once, by one thread.</summary>
/// <param name="settings">The settings.</param>
/// <param name="sealers">Supplies what it takes to write to a ledger.</param>
/// <param name="log">The log.</param>
internal sealed class ErasureRun(AuditSettings settings, OpenSealers sealers, LogSet log)
{
    // A batch is overwritten while writers wait.
    private const int MaxBatchBytes = 1 << 20;
    private const int MaxBatchRecords = 2000;

    private readonly LegalHolds _holds = LegalHolds.Of(settings);
    private readonly List<string> _files = [];
    private readonly List<long> _orders = [];
    private readonly List<AuditLogProblem> _problems = [];
    private long _records;
    private bool _hasFinishedEarlier;
    private bool _needsAnotherSearch;

    /// <summary>Counts the bytes of the files.</summary>
    public ReadCounter? Progress { get; init; }

    /// <summary>Stops the run between two batches of records; the next one continues.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Opens a log directory.</summary>
    public Func<string, ILogDirectory> OpenDirectory { get; init; } = settings.DirectoryAt;

    /// <summary>What was done so far.</summary>
    public AuditErased Result => new()
    {
        Records = _records,
        Files = [.. _files],
        Orders = [.. _orders],
        HasFinishedEarlier = _hasFinishedEarlier,
        NeedsAnotherSearch = _needsAnotherSearch,
        Problems = [.. _problems],
    };

    /// <summary>Whether an erasure was interrupted in one of the directories.</summary>
    public static bool IsInterrupted(LogSet log) =>
        log.Sources.Select(source => source.Directory).Distinct().Any(directory => File.Exists(Path.Combine(directory, LockFiles.ErasureJournalName)));

    /// <summary>Erases the records.</summary>
    /// <param name="plan">The records; none to finish what was interrupted.</param>
    /// <param name="order">Who, why and what, for the ledger.</param>
    /// <exception cref="StorageException">A step failed; the next run continues.</exception>
    public void Run(AuditErasurePlan plan, string order)
    {
        Progress?.Start(plan.Files.Sum(file => file.File.Length));
        ILookup<string, ErasedFile> files = plan.Files.ToLookup(file => SourceOf(file).Path, file => new ErasedFile(SourceOf(file), file, _holds));
        foreach (IGrouping<string, LogSource> directory in log.Sources.GroupBy(source => source.Directory))
        {
            bool isAsked = plan.Files.Count == 0 || directory.Any(source => files.Contains(source.Path));
            if (isAsked && Directory.Exists(directory.Key)) RunIn(directory.Key, [.. directory], files, order);
        }
    }

    private LogSource SourceOf(AuditErasableFile file) =>
        log.SourceOf(file.File.Path) ?? throw new ArgumentException($"{file.File.Path} is not a file of the settings.", nameof(file));

    private void RunIn(string path, IReadOnlyList<LogSource> sources, ILookup<string, ErasedFile> files, string order)
    {
        using ILogDirectory directory = OpenDirectory(path);
        using IFileLock single = directory.OpenLock(LockFiles.ErasureName);
        if (!single.TryLock()) throw new StorageException(AuditWriteStage.Lock, path, "another process is erasing records there. Try again when it has finished.");
        try
        {
            RewriteJob? job = new RewriteJournal(directory).Read();
            using ErasureLedger? ledger = OpenLedger(directory, sources, WantedOf(directory, sources.SelectMany(source => files[source.Path]), job));
            Finish(directory, ledger, job);
            EraseIn(directory, ledger, [.. sources.Where(source => files.Contains(source.Path)).Select(source => (source, files[source.Path]))], order);
            ledger?.Sign();
        }
        finally
        {
            single.Unlock();
        }
    }

    private void Finish(ILogDirectory directory, ErasureLedger? ledger, RewriteJob? job)
    {
        if (job is not null)
        {
            _hasFinishedEarlier = true;
            using var erasure = new FileErasure(directory, job.LogFile, ledger, Cancellation);
            Finish(erasure, job, directory.Path);
        }
        ledger?.DropRests();
        if (ledger is not null) _hasFinishedEarlier |= new BegunErasures(directory, ledger).Finish((name, failure) => Fail(Path.Combine(directory.Path, name), failure));
    }

    private static void Finish(FileErasure erasure, RewriteJob job, string path)
    {
        try
        {
            erasure.Finish(job);
        }
        catch (Exception failure) when (failure is ChangedFileException or EvidenceException)
        {
            // The journal is all that is known about it: another job must not take its place.
            throw new StorageException(
                AuditWriteStage.Write, Path.Combine(path, job.Name), $"an erasure in it was interrupted, and cannot be finished: {failure.Message} Keep {Path.Combine(path, LockFiles.ErasureJournalName)} as evidence, and move it away to go on.");
        }
    }

    private void EraseIn(ILogDirectory directory, ErasureLedger? ledger, IReadOnlyList<(LogSource Source, IEnumerable<ErasedFile> Files)> sources, string text)
    {
        if (sources.Count == 0) return;
        long order = ledger?.Order(text) ?? -1;
        if (ledger is not null) _orders.Add(order);
        foreach ((LogSource source, IEnumerable<ErasedFile> files) in sources)
        {
            using var erasure = new FileErasure(directory, source.Name, ledger, Cancellation);
            foreach (ErasedFile file in files)
            {
                long before = _records;
                Try(file.Path, () => Erase(erasure, file, order));
                if (_records > before) _files.Add(file.Path);
                Progress?.Add(file.Length);
            }
        }
    }

    private void Erase(FileErasure erasure, ErasedFile file, long order)
    {
        if (file.IsCompressed)
        {
            EraseUnchanged(file, file.Records, records => erasure.EraseCompressed(file, records, order));
            return;
        }
        var batch = new List<AuditRecordPlace>();
        long bytes = 0;
        foreach (AuditRecordPlace record in file.Records)
        {
            batch.Add(record);
            bytes += record.Length;
            if (bytes < MaxBatchBytes && batch.Count < MaxBatchRecords) continue;
            EraseUnchanged(file, batch, records => erasure.ErasePlain(file, records, order));
            batch.Clear();
            bytes = 0;
        }
        EraseUnchanged(file, batch, records => erasure.ErasePlain(file, records, order));
    }

    // Records among bytes that somebody changed stay. The others are erased nevertheless.
    private void EraseUnchanged(ErasedFile file, IReadOnlyList<AuditRecordPlace> records, Func<IReadOnlyList<AuditRecordPlace>, int> erase)
    {
        while (records.Count > 0)
        {
            try
            {
                _records += erase(records);
                return;
            }
            catch (EvidenceException failure) when (failure.Range is { } changed)
            {
                AuditRecordPlace[] others = [.. records.Where(record => record.Offset + record.Length <= changed.Begin || record.Offset >= changed.End)];
                if (others.Length == records.Count) throw;
                Fail(file.Path, failure);
                records = others;
            }
        }
    }

    // A file that cannot be erased does not keep the others from being erased.
    private void Try(string path, Action erase)
    {
        try
        {
            erase();
        }
        catch (Exception failure) when (failure is ChangedFileException or EvidenceException)
        {
            Fail(path, failure);
            _needsAnotherSearch |= failure is ChangedFileException { AreRecordsElsewhere: true };
        }
    }

    private void Fail(string path, Exception failure) => _problems.Add(LogFinder.Unread(path, $"not erased: {failure.Message}"));

    private ErasureLedger? OpenLedger(ILogDirectory directory, IReadOnlyList<LogSource> sources, Dictionary<string, CoveredRanges> wanted)
    {
        if (!ErasureLedger.IsIn(directory)) return null;
        if (!settings.Seal.Enabled)
            throw new StorageException(AuditWriteStage.Seal, directory.Path, "it has a ledger, but sealing is off, so the erasure could not be recorded there. Set Seal=enabled in [SealSettings], or move the directory ledger away.");
        if (sealers.ToolsOf(directory.Path) is not { } tools) throw new StorageException(AuditWriteStage.Seal, directory.Path, "its signer cannot be created, so the erasure could not be signed.");
        var ledger = new ErasureLedger(directory, tools, new ExtentIndex(directory, wanted), name => TerminatorOf(sources, name));
        try
        {
            ledger.Open();
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    private static ReadOnlyMemory<byte> TerminatorOf(IReadOnlyList<LogSource> sources, string name) => sources
        .Where(source => name.StartsWith(source.Name, StringComparison.Ordinal))
        .OrderByDescending(source => source.Name.Length)
        .Select(source => source.Format.Terminator.ToArray())
        .FirstOrDefault("\n"u8.ToArray());

    private static Dictionary<string, CoveredRanges> WantedOf(ILogDirectory directory, IEnumerable<ErasedFile> files, RewriteJob? job)
    {
        var wanted = new Dictionary<string, CoveredRanges>(StringComparer.Ordinal);
        foreach (ErasedFile file in files)
        {
            CoveredRanges ranges = RangesOf(Path.GetRelativePath(directory.Path, file.Path).Replace(Path.DirectorySeparatorChar, '/'));
            foreach (AuditRecordPlace record in file.Records) ranges.Add(record.Offset, record.Offset + record.Length);
        }
        if (job is null) return wanted;
        CoveredRanges interrupted = RangesOf(job.Name);
        foreach (FilePatch patch in job.Patches) interrupted.Add(patch.Offset, patch.End);
        return wanted;

        CoveredRanges RangesOf(string name) => wanted.TryGetValue(name, out CoveredRanges? known) ? known : wanted[name] = new CoveredRanges();
    }
}
