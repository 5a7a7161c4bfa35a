using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Writing;
using EzAudit.Writing.Building;

namespace EzAudit;

/// <summary>Writes records: finds the route of each, adds who, where and when, and passes it to the targets.</summary>
/// <remarks>
/// Thread-safe. An edit of the settings takes effect within a second; an edit that cannot be used is reported and changes nothing.
/// </remarks>
public sealed class AuditWriter : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(10);

    private readonly WriterOptions _options;
    private readonly WriterServices _services;
    private readonly RecordEnricher _enricher;
    private readonly Delivery _delivery;
    private readonly BatchDelivery _batches;
    private readonly OwnRecords _own;
    private readonly LiveSettings _settings;
    private readonly WriterClosing _closing;
    private volatile AuditSettingsReading _reading;
    private ImmutableArray<Func<AuditTargetHealth>> _healthSources = [];

    internal AuditWriter(WriterOptions options)
    {
        _options = options;
        _services = new WriterServices(options);
        _enricher = new RecordEnricher(options, _services.Meter);
        _delivery = new Delivery(_services.Meter, options.Diagnostics, OwnRecords.Self);
        _batches = new BatchDelivery(_delivery);
        _own = new OwnRecords(_delivery, options, _enricher.Now);
        try
        {
            _settings = new LiveSettings(options, _services, _own, static problems => new AuditSettingsException(problems));
            _services.StartMaintenance();
        }
        catch
        {
            _services.Dispose();
            throw;
        }
        _reading = new AuditSettingsReading(_settings.Table);
        WarmUp.Run(_settings.Table);
        var space = new SpaceWatch(() => _settings.Table.Monitors.Select(monitor => monitor.Directory).OfType<string>().Distinct(), options.Diagnostics)
        {
            Settings = () => _settings.Table.Settings.Disk,
            OnShortage = KeepBack,
        };
        _closing = new WriterClosing(options, _services, _settings, _own) { Delivery = _delivery, Space = space };
        space.StartOn(_services.Maintenance);
        // The host's meter outlives the writer.
        _services.Meter.Observe(() => _closing.IsClosed ? [] : _settings.Table.Monitors);
        _services.Changes.OnAdded = RecordFileChanges;
        if (options.RecordsStartAndStop) _own.Started(_settings.Table, _settings.Digest);
        _settings.Watch(_services.Maintenance);
    }

    /// <summary>The absolute path of the directory of the log files, by the current settings.</summary>
    public string LogDirectory => Path.Combine(_settings.Table.Settings.Root, _settings.Table.Settings.LogDirectory);

    /// <summary>The clock of the records, for code whose times must agree with them.</summary>
    public TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>The functions that plugins define, and those with which EzAudit records its own events; audit.ini decides which are written.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _services.Registry.Functions;

    /// <summary>The current state of the audit trail. Cheap enough to be read every few seconds.</summary>
    public AuditHealth Health
    {
        get
        {
            AuditTargetHealth[] targets = [.. _settings.Table.Monitors.Select(monitor => monitor.Read()), .. _services.Sealers.Open.SelectMany(sealer => sealer.ReadHealth()), .. _healthSources.Select(source => source())];
            AuditHealthState worst = targets.Select(target => target.State).DefaultIfEmpty(AuditHealthState.Healthy).Max();
            IReadOnlyList<AuditSettingsProblem> problems = _settings.Problems;
            if (worst == AuditHealthState.Healthy && (_settings.IsMissing || problems.Any(problem => !problem.IsWarning))) worst = AuditHealthState.Degraded;
            return new AuditHealth { State = worst, Targets = targets, SettingsProblems = problems };
        }
    }

    /// <summary>
    /// Adds to <see cref="Health"/> the state of something that holds records before they reach this writer, such as an outbox. It counts as a target.
    /// </summary>
    /// <param name="source">Called on any thread whenever <see cref="Health"/> is read. It must return quickly and must not throw.</param>
    public void AddHealth(Func<AuditTargetHealth> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        ImmutableInterlocked.Update(ref _healthSources, static (sources, source) => sources.Add(source), source);
    }

    /// <summary>Whether records of a function are currently written: audit is on, and the settings name a file for the function. Allocates nothing.</summary>
    /// <remarks>Ask before gathering fields that are expensive to compute. Unlike a write, it never reports a function without a file.</remarks>
    public bool IsEnabled(string function) => ReadSettings().IsEnabled(function);

    /// <summary>
    /// Whether the action that a function records must not happen without its record: the function is enabled, and its <c>OnFailure</c> is not
    /// <c>continue</c>. A caller that can still refuse the action then writes the record first.
    /// </summary>
    public bool IsRequired(string function) => ReadSettings().IsRequired(function);

    /// <summary>
    /// The current settings of a plugin's own section of audit.ini; another object after a reload. <see langword="null"/> if no plugin of this
    /// writer reads a section into this type.
    /// </summary>
    /// <typeparam name="T">The type given to <see cref="AuditRegistry.AddSettings{T}"/>.</typeparam>
    public T? GetSettings<T>() where T : class => ReadSettings().GetSettings<T>();

    /// <summary>A snapshot of the current settings, for code that asks several questions about one action. Returns the same object until the settings change.</summary>
    public AuditSettingsReading ReadSettings()
    {
        RouteTable table = _settings.Table;
        AuditSettingsReading reading = _reading;
        return reading.IsOf(table) ? reading : _reading = new AuditSettingsReading(table);
    }

    /// <summary>Writes one record. When it returns <see langword="true"/>, the record is stored as durably as the settings require.</summary>
    /// <param name="function">The kind of event, as audit.ini names it.</param>
    /// <param name="fields">The fields of the record, in order. A name may occur more than once.</param>
    /// <returns>
    /// <see langword="false"/> if nothing was written because audit is off or the settings name no file for the function, or if the record was lost
    /// and the settings say <c>OnFailure=continue</c>; the loss is then counted and recorded later.
    /// </returns>
    /// <exception cref="AuditWriteException">The record was not stored, or may not have been: <see cref="AuditWriteException.MayBeStored"/>.</exception>
    /// <exception cref="ArgumentException">
    /// The settings name no file for the function and say <c>OnUnknownFunction=throw</c>. A name that is empty, longer than 128 characters or
    /// contains control characters never has a file.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public bool WriteAudit(string function, params ReadOnlySpan<AuditField> fields) =>
        TryEnter(function, out RouteTable table, out Route? route) && Write(table, route, fields, AuditContext.Origin);

    /// <summary>Writes one record for a caller who already knows the origin of the flow.</summary>
    internal bool WriteAudit(string function, ReadOnlySpan<AuditField> fields, IAuditOrigin? origin) =>
        TryEnter(function, out RouteTable table, out Route? route) && Write(table, route, fields, origin);

    /// <summary>Writes one record with the fields of a dictionary or list.</summary>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public bool WriteAudit(string function, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (!TryEnter(function, out RouteTable table, out Route? route)) return false;
        try
        {
            AuditField[] list = [.. fields.Select(field => new AuditField(field.Key, field.Value))];
            return Answer(_delivery.Write(table, route, _enricher.Enrich(table, route, list, AuditContext.Origin, route.IncludesSession)));
        }
        finally
        {
            Leave(table);
        }
    }

    /// <summary>
    /// Writes one record without blocking a thread while the disk syncs. The fields are formatted and passed to the operating system before the call
    /// returns; the task completes when they are stored.
    /// </summary>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public ValueTask<bool> WriteAuditAsync(string function, params ReadOnlySpan<AuditField> fields)
    {
        if (!TryEnter(function, out RouteTable table, out Route? route)) return ValueTask.FromResult(false);
        ValueTask<DeliveryResult> task;
        try
        {
            task = _delivery.WriteAsync(table, route, _enricher.Enrich(table, route, fields, AuditContext.Origin, route.IncludesSession));
        }
        catch
        {
            Leave(table);
            throw;
        }
        return LeaveAfter(table, task);
    }

    /// <summary>
    /// Creates a record of the present moment without writing it, for an action that may still fail: who, where and when are fixed, objects are
    /// converted to text, secrets are redacted. <see cref="WriteAudit(AuditRecord)"/> writes it once the action has succeeded.
    /// </summary>
    /// <param name="function">The kind of event, as audit.ini names it.</param>
    /// <param name="fields">The fields of the record, in order. A name may occur more than once.</param>
    /// <returns>The record; <see langword="null"/> if <see cref="WriteAudit(string, ReadOnlySpan{AuditField})"/> would write none.</returns>
    public AuditRecord? Prepare(string function, params ReadOnlySpan<AuditField> fields)
    {
        if (!TryEnter(function, out RouteTable table, out Route? route)) return null;
        try
        {
            // With session and trace in any case: it may be written after a reload, in a format that needs them.
            return route.Keep(_enricher.Enrich(table, route, fields, AuditContext.Origin, withSession: true));
        }
        finally
        {
            Leave(table);
        }
    }

    /// <summary>Writes an existing record, from <see cref="Prepare"/> or elsewhere, with its own time, actor, address, session and trace.</summary>
    /// <param name="record">The record; its <see cref="AuditRecord.Function"/> decides where it is written.</param>
    /// <exception cref="ArgumentException">The record has no function; or the settings name no file for it and say <c>OnUnknownFunction=throw</c>.</exception>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public bool WriteAudit(AuditRecord record)
    {
        if (!TryEnter(FunctionOf(record), out RouteTable table, out Route? route)) return false;
        try
        {
            return Answer(_delivery.Write(table, route, table.View(route, record)));
        }
        finally
        {
            Leave(table);
        }
    }

    /// <summary>Writes an existing record without blocking a thread while the disk syncs.</summary>
    /// <inheritdoc cref="WriteAudit(AuditRecord)"/>
    public ValueTask<bool> WriteAuditAsync(AuditRecord record)
    {
        if (!TryEnter(FunctionOf(record), out RouteTable table, out Route? route)) return ValueTask.FromResult(false);
        ValueTask<DeliveryResult> task;
        try
        {
            task = _delivery.WriteAsync(table, route, table.View(route, record));
        }
        catch
        {
            Leave(table);
            throw;
        }
        return LeaveAfter(table, task);
    }

    /// <summary>
    /// Writes several existing records in their order; those of one log file share one write and one sync, unless they go to a plugin's target.
    /// Each has its own failure policy, and the failure of one does not prevent the others from being written.
    /// </summary>
    /// <param name="records">The records. The list is not retained.</param>
    /// <returns><see langword="true"/> if all are stored as durably as the settings require; <see langword="false"/> if some have no file, or were lost under <c>OnFailure=continue</c>.</returns>
    /// <exception cref="AuditBatchException">Some were not stored or may not have been; lists which.</exception>
    /// <exception cref="ArgumentException">A record has no function; or the settings name no file for one and say <c>OnUnknownFunction=throw</c>. Nothing is written.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public bool WriteAudit(IReadOnlyList<AuditRecord> records) =>
        // With isAsync false the task has completed when it is returned, so this does not block.
        WriteAll(records, isAsync: false).AsTask().GetAwaiter().GetResult();

    /// <summary>Writes several existing records without blocking a thread while the disk syncs.</summary>
    /// <inheritdoc cref="WriteAudit(IReadOnlyList{AuditRecord})"/>
    public ValueTask<bool> WriteAuditAsync(IReadOnlyList<AuditRecord> records) => WriteAll(records, isAsync: true);

    /// <summary>
    /// Syncs every record written so far to disk, whatever its durability. All targets are flushed concurrently: one that fails, or does not finish
    /// within ten seconds, does not hold up the others.
    /// </summary>
    /// <exception cref="AuditWriteException">A target failed; if several did, the first. The others are logged.</exception>
    public void Flush()
    {
        RouteTable table = Enter();
        try
        {
            // A failed flush concerns records written before, of any function.
            AuditWriteException[] failures =
            [
                .. table.Flush(FlushPatience).Select(failure => WriteFailure.Of("*", AuditWriteStage.Target, failure))
                    .Select(failure => new AuditWriteException($"Records written since the last flush may not have been stored (at {failure.Stage}): {failure.Reason}", failure)),
            ];
            foreach (AuditWriteException other in failures.Skip(1)) _options.Diagnostics.Report("flush", other.Message);
            if (failures.Length > 0) throw failures[0];
        }
        finally
        {
            table.Leave();
        }
    }

    /// <summary>
    /// Stores what was written and closes the log files. Later calls throw <see cref="ObjectDisposedException"/>. Waits at most ten seconds in all for
    /// calls in progress on other threads, so that a hanging disk or target does not block the end of the process.
    /// </summary>
    public void Dispose() => _closing.Close();

    /// <summary>Closes the writer like <see cref="Dispose"/>, without blocking the caller's thread.</summary>
    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => _closing.CloseAsync();

    /// <inheritdoc cref="WriterClosing.PrepareForExit"/>
    internal void PrepareForExit(TimeSpan patience) => _closing.PrepareForExit(patience);

    /// <summary>Flushes at the end of the process, where no caller is left to handle a failure.</summary>
    internal void FlushAtExit()
    {
        try
        {
            Flush();
        }
        catch (ObjectDisposedException)
        {
            // Closed concurrently, so everything is on disk.
        }
        catch (AuditWriteException failure)
        {
            _options.Diagnostics.Report("end", failure.Message);
        }
    }

    internal WriterOptions Options => _options;

    internal WriterServices Services => _services;

    internal RouteTable Table => _settings.Table;

    internal AuditSettings Settings => _settings.Table.Settings;

    /// <summary>Records that a fallback file was recovered, if the settings name a file for <c>audit-recover</c>.</summary>
    internal void RecordRecovery(AuditRecovered recovered, string user) => _own.Recovered(_settings.Table, recovered, user);

    /// <summary>Records an erasure, if the settings name a file for <c>audit-erase</c>.</summary>
    internal void RecordErasure(string query, AuditErased erased, AuditErasureOrder order) => _own.Erased(_settings.Table, query, erased, order);

    private bool Write(RouteTable table, Route route, ReadOnlySpan<AuditField> fields, IAuditOrigin? origin)
    {
        try
        {
            return Answer(_delivery.Write(table, route, _enricher.Enrich(table, route, fields, origin, route.IncludesSession)));
        }
        finally
        {
            Leave(table);
        }
    }

    // Looks up the route before it enters the table: a call for a disabled function must cost next to nothing.
    private bool TryEnter(string function, out RouteTable table, [NotNullWhen(true)] out Route? route)
    {
        ArgumentNullException.ThrowIfNull(function);
        do
        {
            table = _settings.Table;
            route = null;
            if (table.IsOff) return false;
            route = table.Find(function);
            if (route is null)
            {
                table.RefuseUnknown(function, _options.Diagnostics);
                return false;
            }
            ObjectDisposedException.ThrowIf(_closing.IsClosed, this);
        }
        while (!table.TryEnter());
        return true;
    }

    private async ValueTask<bool> WriteAll(IReadOnlyList<AuditRecord> records, bool isAsync)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (AuditRecord record in records) FunctionOf(record);
        if (_settings.Table.IsOff) return records.Count == 0;
        RouteTable table = Enter();
        try
        {
            var found = new List<BatchRecord>(records.Count);
            for (int i = 0; i < records.Count; i++)
            {
                string function = FunctionOf(records[i]);
                if (table.Find(function) is { } route) found.Add(new BatchRecord(table, route, records[i], i));
                else table.RefuseUnknown(function, _options.Diagnostics);
            }
            var missed = new List<BatchRecord>();
            bool areStored = await _batches.Write(table, found, missed, isAsync).ConfigureAwait(false);
            if (missed.Count > 0) throw new AuditBatchException([.. missed.Select(record => new AuditMissedRecord(record.Place, record.Record, new AuditWriteException(record.Failure!)))], records.Count);
            return areStored && found.Count == records.Count;
        }
        finally
        {
            Leave(table);
        }
    }

    private ValueTask<bool> LeaveAfter(RouteTable table, ValueTask<DeliveryResult> task)
    {
        if (!task.IsCompletedSuccessfully || task.Result.Failure is not null) return LeaveLater(table, task);
        Leave(table);
        return new ValueTask<bool>(task.Result.IsStored);
    }

    private async ValueTask<bool> LeaveLater(RouteTable table, ValueTask<DeliveryResult> task)
    {
        try
        {
            return Answer(await task.ConfigureAwait(false));
        }
        finally
        {
            Leave(table);
        }
    }

    private static bool Answer(in DeliveryResult result) => result.Failure is null ? result.IsStored : throw new AuditWriteException(result.Failure);

    // A ProcessExit handler that was added late may still write; audit-stop is then written again, so that it remains the last record.
    private void Leave(RouteTable table)
    {
        if (_closing.IsEnding) _own.Stopped(table);
        table.Leave();
    }

    private static string FunctionOf(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Function ?? throw new ArgumentException("Found a record without a function, expected one with it.", nameof(record));
    }

    private RouteTable Enter()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_closing.IsClosed, this);
            RouteTable table = _settings.Table;
            if (table.TryEnter()) return table;
        }
    }

    private void KeepBack(string directory, string? shortage)
    {
        foreach (TargetMonitor monitor in _settings.Table.Monitors.Where(monitor => monitor.Directory == directory)) monitor.Shortage = shortage;
    }

    private void RecordFileChanges() => _own.FilesChanged(_settings.Table, _services.Changes);
}
