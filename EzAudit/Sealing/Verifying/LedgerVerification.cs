using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using NodaTime;

namespace EzAudit.Sealing.Verifying;

/// <summary>One verification of a log directory with its ledger, as docs/ledger.md describes it. Used once, by one thread.</summary>
internal sealed class LedgerVerification : IDisposable
{
    private const int MaxAttempts = 5;

    private readonly VerifySetup _setup;
    private readonly CancellationToken _cancellation;
    private readonly FindingList _findings = new();
    private readonly LedgerSegments _segments;
    private readonly IReadOnlyList<LedgerPart> _parts;
    private readonly LogListing _listing;
    private readonly AnchorChecks _anchors;
    private readonly CheckpointChecks _checkpoints;
    private readonly LedgerHistory _history;
    private readonly VerifyProgress? _progress;

    // Opens the ledger as it is now.
    private LedgerVerification(VerifySetup setup, CancellationToken cancellation)
    {
        _setup = setup;
        _cancellation = cancellation;
        // In this order: what a writer adds meanwhile is in the ledger before the checkpoint, and in the log files before the ledger.
        byte[] newest = CheckpointChecks.ReadNewest(setup.Directory);
        _listing = LogListing.Of(setup.Directory);
        _listing.TryHold();
        if (_listing.Files.Any(file => IsFresh(file.Identity))) cancellation.WaitHandle.WaitOne(setup.SettleTime);
        _segments = LedgerSegments.Open(setup.Directory);
        _parts = [.. _segments.Divide(LedgerSegments.UsualPart)];
        _listing.Update();
        _anchors = new AnchorChecks(setup.Since is { } since ? [.. setup.Anchors, ("the checkpoint of the last verification", since)] : setup.Anchors);
        _checkpoints = new CheckpointChecks(_anchors, newest, setup.Threads);
        _history = new LedgerHistory(setup.Keys, _checkpoints);
        if (setup.Progress is { } progress) _progress = new VerifyProgress(progress, _segments.Length * 2 + _listing.Files.Sum(file => file.Identity.Length));
    }

    /// <summary>Verifies a directory, and does so again if files were renamed or removed meanwhile and something was not found.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public static LedgerVerification Complete(VerifySetup setup, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            var verification = new LedgerVerification(setup, cancellation);
            try
            {
                verification.Run();
                if (attempt == MaxAttempts || !verification.MayBeDisturbed()) return verification;
            }
            catch
            {
                verification.Dispose();
                throw;
            }
            verification.Dispose();
        }
    }

    /// <summary>What was found.</summary>
    public AuditVerification Result { get; private set; } = null!;

    /// <summary>The ranges of each file that are attested, right, and covered by a checkpoint; empty if the ledger is damaged.</summary>
    public IReadOnlyDictionary<string, VerifiedFile> Verified { get; private set; } = new Dictionary<string, VerifiedFile>();

    private void Run()
    {
        Replay();
        ContentTally? tally = null;
        if (_history.Report(_findings))
        {
            _history.Erasures.Resolve();
            AddLedgerFindings(_findings, _history, _checkpoints);
            tally = CheckLogs();
            AddLateFindings(_findings, _history, _setup.FreshUntil);
        }
        Result = new AuditVerification
        {
            Result = _findings.Result,
            Directory = _setup.Directory,
            Findings = _findings.All,
            Origin = _history.Keys.Origin,
            Leaves = _history.Leaves,
            Checkpoints = _history.Checkpoints,
            Files = _history.Logs.Count,
            Records = tally?.Logs.Values.Sum(log => log.Records) ?? 0,
            AttestedBytes = tally?.Logs.Values.Sum(log => log.Bytes) ?? 0,
            Checkpoint = _history.IsStopped ? null : _history.LastCheckpoint?.Note,
            LastTime = _history.Tree.Size > 0 ? LedgerTime.Of(_history.Time) : null,
        };
    }

    public void Dispose()
    {
        _segments.Dispose();
        _listing.Dispose();
    }

    // A writer rotates, compresses and removes files while they are verified.
    private bool MayBeDisturbed() =>
        (Result.Result == AuditVerificationResult.Tampered || Result.Findings.Any(finding => finding.Code is FindingCode.UnknownFile or FindingCode.Unattested))
        && _listing.HasChanged();

    private void Replay()
    {
        var replay = new LedgerReplay(_segments, _history);
        ParsedPart.ReadAll(_segments, _parts, _setup.Threads, part =>
        {
            _cancellation.ThrowIfCancellationRequested();
            replay.Take(part);
            _progress?.Add(part.Part.Length);
            return !_history.IsStopped;
        });
        replay.Finish();
    }

    /// <summary>Adds what is wrong with the checkpoints, here and elsewhere.</summary>
    public static void AddLedgerFindings(FindingList findings, LedgerHistory history, CheckpointChecks checkpoints)
    {
        if (history.Checkpoints == 0) findings.Add(FindingCode.CheckpointMissing, "the ledger has no checkpoint: nothing in it is signed");
        if (!checkpoints.HasNewest)
            findings.Add(FindingList.Of(FindingCode.CheckpointFile, "it is missing, damaged, or newer than the ledger, which was cut off then") with { File = "ledger/checkpoint" });
        checkpoints.Anchors.Report(findings, history.Keys.Origin, history.Tree.Size);
    }

    private ContentTally CheckLogs()
    {
        AddFirstExtents();
        bool isConfirmed = _setup.Since is { } since && _anchors.IsConfirmed(since, _history.Keys.Origin);
        var options = new ContentOptions(_parts, _setup.Threads, isConfirmed ? _setup.Since!.Checkpoint.Size : 0, _setup.KeepsVerified) { Progress = _progress, Cancellation = _cancellation };
        using var matcher = new LogMatcher(_history, _listing);
        using var checks = new ContentChecks(_segments, _history, options);
        ContentTally tally;
        int failures;
        do
        {
            // A compressed file shows only at its end whether it is whole; if not, it contains nothing.
            failures = matcher.FailureCount;
            matcher.Match();
            tally = checks.Check();
        }
        while (matcher.FailureCount != failures);
        tally.AddUnchecked(_history.Erasures.Unexplained);
        FindCopies(matcher, checks, tally);
        tally.AddUnchecked(_history.Erasures.Unexplained);
        var logs = new LogFindings(_findings, _setup.FunctionsOf);
        logs.AddErasures(_history);
        List<ExtentFault> unattested = [.. matcher.Found.SelectMany(content => logs.FindUnattested(content, log => content.TallyOf(log, tally)))];
        RecordNumbers.Find([.. tally.Faults.All, .. unattested], _segments, _parts);
        logs.AddFaults(tally.Faults.All);
        logs.AddUnattested(unattested);
        foreach ((string name, long length) in matcher.FindUnknown()) logs.AddUnknown(name, length);
        if (_setup.KeepsVerified) Verified = VerifiedIn(matcher, tally);
        return tally;
    }

    // A file is recognized by its first extent, even if that was erased.
    private void AddFirstExtents()
    {
        foreach ((DroppedExtent extent, Erasure last) in _history.Erasures.Explained)
        {
            LogEvidence log = _history.LogOf(extent.FileId)!;
            if (log.IsBeforeFirst(extent.Offset, extent.Seq)) log.First = last.Probe with { Seq = extent.Seq };
        }
    }

    // After an alarm, a file that was copied and truncated, as logrotate can, or restored, is somewhere else as a whole.
    private static void FindCopies(LogMatcher matcher, ContentChecks checks, ContentTally tally)
    {
        foreach (LogEvidence log in tally.Faults.All.Select(fault => fault.Log).Where(log => log.Alarms.Count > 0).Distinct().ToList())
        {
            foreach (LogContent candidate in matcher.CandidatesOf(log).Where(candidate => candidate != log.Content && log.First is { } first && candidate.Contains(first)).ToList())
            {
                ContentTally copy = checks.Check(log, candidate);
                if (copy.Faults.All.Count > 0 || !copy.Logs.ContainsKey(log)) continue;
                log.Content?.KeepTally(log, tally);
                tally.Replace(log, copy);
                candidate.Logs.Add(log);
                break;
            }
        }
    }

    private Dictionary<string, VerifiedFile> VerifiedIn(LogMatcher matcher, ContentTally tally)
    {
        var verified = new Dictionary<string, VerifiedFile>(StringComparer.Ordinal);
        foreach (LogContent content in matcher.Found.Where(content => !content.File.IsGone))
        {
            var ranges = new CoveredRanges();
            foreach (ByteRange range in content.Logs.SelectMany(log => content.TallyOf(log, tally).Verified.All)) ranges.Add(range.Begin, range.End);
            verified[Path.Combine(_setup.Directory, content.Name)] = new VerifiedFile(content.File.Identity, ranges);
        }
        return verified;
    }

    /// <summary>Adds what is to be said about the end of the ledger.</summary>
    public static void AddLateFindings(FindingList findings, LedgerHistory history, DateTimeOffset? freshUntil)
    {
        long pending = history.Tree.Size - history.CheckpointSize;
        if (pending > 0)
            findings.Add(FindingList.Of(FindingCode.Pending, $"no checkpoint covers the last {pending} {(pending == 1 ? "leaf" : "leaves")} yet") with { Leaf = history.CheckpointSize });
        if (history.RunningInstance is { } instance) findings.Add(FindingCode.NotStopped, $"the writer {instance} is running, or was killed");
        if (freshUntil is { } until && LedgerTime.Of(history.Time) < until)
            findings.Add(FindingList.Of(FindingCode.Stale, "nothing newer is in the ledger") with { Leaf = history.Tree.Size - 1, Time = LedgerTime.Of(history.Time) });
    }

    private static bool IsFresh(Storage.FileIdentity file) => SystemClock.Instance.GetCurrentInstant() - file.Modified < Duration.FromSeconds(1);
}

/// <summary>A log file of which a part is verified.</summary>
/// <param name="Identity">The file, whatever its name is by now.</param>
/// <param name="Ranges">The bytes for which the ledger vouches, and which are unchanged.</param>
internal sealed record VerifiedFile(Storage.FileIdentity Identity, CoveredRanges Ranges);

/// <summary>What a verification needs to know.</summary>
/// <param name="Directory">The log directory, absolute.</param>
/// <param name="Keys">The keys whose trust roots are accepted.</param>
internal sealed record VerifySetup(string Directory, IReadOnlyCollection<VerificationKey> Keys)
{
    public IReadOnlyList<(string Source, SignedCheckpoint? Checkpoint)> Anchors { get; init; } = [];

    /// <summary>A trusted checkpoint: what it covers is not read again.</summary>
    public SignedCheckpoint? Since { get; init; }

    public DateTimeOffset? FreshUntil { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public bool KeepsVerified { get; init; }

    /// <summary>How long a living writer needs to add to the ledger what it has written.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(200);

    public IProgress<AuditReadProgress>? Progress { get; init; }

    public Func<string, IReadOnlyList<string>> FunctionsOf { get; init; } = static _ => [];
}
