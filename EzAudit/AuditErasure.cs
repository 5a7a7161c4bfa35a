using EzAudit.Erasing;
using EzAudit.Extensibility;
using EzAudit.Reading;
using EzAudit.Reading.Files;
using EzAudit.Records;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Settings.Sources;
using EzAudit.Storage;
using EzAudit.Writing.Building;

namespace EzAudit;

/// <summary>
/// Erases records from log files and rotated files, plain and compressed: their texts are overwritten, and length, time and function remain. Writers may run at
/// the same time. Not thread-safe.
/// </summary>
/// <remarks>
/// In a sealed directory, everything that is not erased can still be verified, and a verification says what was erased, by whose order and why; what the texts
/// were cannot be found out from what remains. Copies elsewhere, such as backups or records that were sent to another system, are not reached. Only the formats
/// classic and json can be erased. If an erasure is interrupted, even by a power cut, the next one finishes it.
/// </remarks>
public sealed class AuditErasure
{
    private readonly LogSet _log;
    private readonly AuditSettings _settings;
    private readonly AuditWriterBuilder _builder;

    private AuditErasure(LogSet log, AuditSettings settings, AuditWriterBuilder builder)
    {
        _log = log;
        _settings = settings;
        _builder = builder;
    }

    /// <summary>Opens a log directory; tests stop it.</summary>
    internal Func<string, ILogDirectory>? OpenDirectory { get; set; }

    /// <summary>Opens the log files that the settings of a root name, whether audit is on or off. Writes nothing.</summary>
    /// <param name="root">The directory that contains <c>settings/</c>; if <see langword="null"/>, it is found as a writer finds it.</param>
    /// <param name="siteAccess">The active siteaccess; if <see langword="null"/>, that of the environment variable <c>EZAUDIT_SITEACCESS</c>.</param>
    /// <param name="plugins">Plugins in addition to those that audit.ini names.</param>
    /// <exception cref="AuditSettingsException">The settings cannot be used; lists every problem with its file and line.</exception>
    public static AuditErasure Open(string? root = null, string? siteAccess = null, IEnumerable<IAuditPlugin>? plugins = null)
    {
        IAuditPlugin[] given = [.. plugins ?? []];
        var registry = new AuditRegistry();
        var source = new SettingsSource(root is null ? AuditRoot.Find() : Path.GetFullPath(root), siteAccess ?? AuditRoot.SiteAccess);
        ComposedSettings composed = new SettingsComposer(source, given, registry).Compose();
        if (composed.Settings is not { } settings) throw new AuditSettingsException(composed.Problems.All);
        LogSet log = LogSet.OfSettings(settings, new ComponentFactory(registry, settings, composed.Problems), registry.Functions);
        if (composed.Problems.HasErrors) throw new AuditSettingsException(composed.Problems.All);
        var builder = new AuditWriterBuilder(source.Root) { RecordsStartAndStop = false, SiteAccess = source.SiteAccess };
        foreach (IAuditPlugin plugin in given) builder.AddPlugin(plugin);
        return new AuditErasure(log, settings, builder);
    }

    /// <summary>Finds the records that an erasure would erase. Changes nothing.</summary>
    /// <param name="query">
    /// The query. Every file that may contain such records is read from its start to its end, and records that only may match are left out:
    /// <see cref="AuditQuery.ReadsAll"/> and <see cref="AuditQuery.OnlyCertain"/> have no effect.
    /// </param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the search with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The query contains an invalid regular expression or network.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied.</exception>
    public AuditErasurePlan Find(AuditQuery query, IProgress<AuditReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        AuditErasurePlan found = new ErasureSearch(_log, LegalHolds.Of(_settings), ReadCounter.For(progress), cancellationToken).Find(query);
        return new AuditErasurePlan { Query = query, Files = found.Files, Held = found.Held, Problems = found.Problems, IsInterrupted = ErasureRun.IsInterrupted(_log) };
    }

    /// <summary>
    /// Erases the records of a plan. An erasure that was interrupted is finished first. Recorded in the ledger, and as <c>audit-erase</c> if the settings name a file for it.
    /// </summary>
    /// <param name="plan">What <see cref="Find"/> returned.</param>
    /// <param name="order">Who orders it, and why.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops between two batches of records with an <see cref="OperationCanceledException"/>; what is erased until then stays erased.</param>
    /// <returns>What was erased. Records that could not be are listed as problems; the others are erased nevertheless.</returns>
    /// <exception cref="ArgumentException">The order lacks a user or a reason.</exception>
    /// <exception cref="AuditErasureException">It cannot begin, or a step failed; the next call finishes it.</exception>
    /// <exception cref="AuditSettingsException">The settings cannot be used any more.</exception>
    public AuditErased Execute(
        AuditErasurePlan plan, AuditErasureOrder order, IProgress<AuditReadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentException.ThrowIfNullOrWhiteSpace(order.User, nameof(order));
        ArgumentException.ThrowIfNullOrWhiteSpace(order.Reason, nameof(order));
        return Run(plan, order, ReadCounter.For(progress), cancellationToken);
    }

    /// <summary>Finishes erasures that were interrupted, without a new one.</summary>
    /// <param name="cancellationToken">Stops it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="AuditErasureException">It cannot begin, or a step failed.</exception>
    /// <exception cref="AuditSettingsException">The settings cannot be used any more.</exception>
    public AuditErased Finish(CancellationToken cancellationToken = default) => Run(new AuditErasurePlan { Query = AuditQuery.All }, null, null, cancellationToken);

    private AuditErased Run(AuditErasurePlan plan, AuditErasureOrder? order, ReadCounter? progress, CancellationToken cancellationToken)
    {
        using AuditWriter writer = _builder.Build();
        string query = ReadingRecord.Describe(plan.Query);
        string host = Environment.MachineName;
        var sealers = new OpenSealers(writer.Options, writer.Services, writer.Settings, ComponentFactory.OfWriter(writer.Options, writer.Services, writer.Settings, new SettingsProblems()));
        var run = new ErasureRun(writer.Settings, sealers, _log)
        {
            Progress = progress,
            Cancellation = cancellationToken,
            OpenDirectory = OpenDirectory ?? writer.Settings.DirectoryAt,
        };
        long held = plan.Held.Sum(records => (long)records.Records.Count);
        try
        {
            run.Run(plan, order is null ? "" : $"by {order.User} on {host}: {order.Reason}: {query}");
            return With(held, run.Result);
        }
        catch (Exception failure) when (failure is StorageException or IOException or UnauthorizedAccessException)
        {
            throw new AuditErasureException($"The erasure stopped. {failure.Message} Run it again to finish it.", failure);
        }
        finally
        {
            if (order is not null && (plan.Records > 0 || held > 0)) writer.RecordErasure(query, With(held, run.Result), order);
        }
    }

    private static AuditErased With(long held, AuditErased erased) => new()
    {
        Records = erased.Records,
        Files = erased.Files,
        Held = held,
        Orders = erased.Orders,
        HasFinishedEarlier = erased.HasFinishedEarlier,
        NeedsAnotherSearch = erased.NeedsAnotherSearch,
        Problems = erased.Problems,
    };
}
