using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Writing;
using EzAudit.Writing.Background;
using EzAudit.Writing.Building;

namespace EzAudit;

/// <summary>Writes records: finds the route, says who, where and when, and hands the record to its targets.</summary>
/// <remarks>
/// All members may be called by many threads at once. An edit of the settings takes effect within a second; one that cannot be used
/// is reported and changes nothing.
/// </remarks>
public sealed class AuditWriter : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CloseBound = TimeSpan.FromSeconds(10);

    private readonly WriterOptions _parts;
    private readonly WriterServices _shared;
    private readonly RecordEnricher _stamp;
    private readonly UnwantedFunctions _unwanted;
    private readonly Delivery _delivery;
    private readonly BatchDelivery _batches;
    private readonly SpaceWatch _space;
    private readonly OwnRecords _own;
    private readonly LiveSettings _settings;
    private volatile AuditSettingsReading _reading;
    private ImmutableArray<Func<AuditTargetHealth>> _healthSources = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isEnding;
    private int _closer;
    private int _disposed;

    internal AuditWriter(WriterOptions parts)
    {
        _parts = parts;
        _shared = new WriterServices(parts);
        _stamp = new RecordEnricher(parts, _shared.Meter, static () => AuditContext.Origin);
        _unwanted = new UnwantedFunctions(parts.Diagnostics);
        _delivery = new Delivery(_shared.Meter, parts.Diagnostics, OwnRecords.Self);
        _batches = new BatchDelivery(_delivery);
        _own = new OwnRecords(_delivery, parts, _stamp.Now);
        try
        {
            var composer = new Composer(parts, _shared);
            CompositionResult first = composer.Compose();
            if (first.Table is null) throw new AuditSettingsException(first.Problems);
            _settings = new LiveSettings(parts, composer, _own, first);
            _shared.StartMaintenance();
        }
        catch
        {
            _shared.Dispose();
            throw;
        }
        _reading = new AuditSettingsReading(_settings.Table);
        WarmUp.Run(_settings.Table);
        _space = new SpaceWatch(() => _settings.Table.Monitors.Select(monitor => monitor.Directory).OfType<string>().Distinct(), parts.Diagnostics)
        {
            Settings = () => _settings.Table.Settings.Disk,
            OnShortage = KeepBack,
        };
        _space.StartOn(_shared.Maintenance);
        // A host's meter outlives the writer.
        _shared.Meter.Observe(() => Volatile.Read(ref _disposed) != 0 ? [] : _settings.Table.Monitors);
        _shared.Changes.OnAdded = RecordFileChanges;
        if (parts.RecordsStartAndStop) _own.Started(_settings.Table, _settings.Digest);
        _settings.Watch(_shared.Maintenance);
    }

    /// <summary>The directory of the log files, absolute, as the settings have it now.</summary>
    public string LogDirectory => Path.Combine(_settings.Table.Settings.Root, _settings.Table.Settings.LogDirectory);

    /// <summary>The functions that plugins define, and those by which EzAudit records itself; audit.ini decides which are written.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _shared.Registry.Functions;

    /// <summary>How the audit trail does now. Cheap; meant to be asked every few seconds.</summary>
    public AuditHealth Health
    {
        get
        {
            AuditTargetHealth[] targets = [.. _settings.Table.Monitors.Select(monitor => monitor.Read()), .. _healthSources.Select(source => source())];
            AuditHealthState worst = targets.Select(target => target.State).DefaultIfEmpty(AuditHealthState.Healthy).Max();
            IReadOnlyList<AuditSettingsProblem> problems = _settings.Problems;
            if (worst == AuditHealthState.Healthy && (_settings.IsMissing || problems.Any(problem => !problem.IsWarning))) worst = AuditHealthState.Degraded;
            return new AuditHealth(worst, targets, problems);
        }
    }

    /// <summary>
    /// Adds to <see cref="Health"/> how something does that holds records before they reach this writer, such as an outbox. It counts as a target.
    /// </summary>
    /// <param name="source">Called whenever <see cref="Health"/> is read, by any thread; has to be quick and must not throw.</param>
    public void AddHealth(Func<AuditTargetHealth> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        ImmutableInterlocked.Update(ref _healthSources, static (sources, source) => sources.Add(source), source);
    }

    /// <summary>Whether records of a function are wanted now: audit is on, and the settings name a file for it. Costs next to nothing.</summary>
    /// <remarks>For code that has to gather what a record says. Nothing is reported of a function that has no file.</remarks>
    public bool IsWritten(string function) => ReadSettings().IsWritten(function);

    /// <summary>
    /// Whether what a function tells of must not happen without its record: it is written, and the settings do not say
    /// <c>OnFailure=continue</c>. Then a caller that can still refuse the act writes the record before it.
    /// </summary>
    public bool MustBeWritten(string function) => ReadSettings().MustBeWritten(function);

    /// <summary>
    /// What a plugin's own section of audit.ini says now; after a reload another object. <see langword="null"/> where no plugin of this
    /// writer reads a section into this type.
    /// </summary>
    /// <typeparam name="T">The type given to <see cref="AuditRegistry.AddSettings{T}"/>.</typeparam>
    public T? GetSettings<T>() where T : class => ReadSettings().GetSettings<T>();

    /// <summary>What the settings say now, for code that asks more than once about one act. Costs next to nothing; the same object until they change.</summary>
    public AuditSettingsReading ReadSettings()
    {
        RouteTable table = _settings.Table;
        AuditSettingsReading reading = _reading;
        return reading.IsOf(table) ? reading : _reading = new AuditSettingsReading(table);
    }

    /// <summary>Writes one record. When it returns <see langword="true"/>, the record is stored as durably as the settings demand.</summary>
    /// <param name="function">The kind of fact, as audit.ini names it.</param>
    /// <param name="fields">What is said about it, in order; a name may stand there twice.</param>
    /// <returns>
    /// <see langword="false"/>, when audit is off or the settings name no file for the function: nothing was written. Also when the
    /// record was lost and the settings say <c>OnFailure=continue</c>: then the loss is counted and put on record later.
    /// </returns>
    /// <exception cref="AuditWriteException">The record was not stored, or may not have been: <see cref="AuditWriteException.MayBeStored"/>.</exception>
    /// <exception cref="ArgumentException">
    /// The settings name no file for the function and say <c>OnUnknownFunction=throw</c>. A name that is empty, longer than 128
    /// characters or holds control characters never has a file.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public bool WriteAudit(string function, params ReadOnlySpan<AuditField> fields)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!TryEnter(function, out RouteTable table, out Route? route)) return false;
        try
        {
            return Answer(_delivery.Write(table, route, _stamp.Enrich(table, route, fields, route.IncludesSession)));
        }
        finally
        {
            Leave(table);
        }
    }

    /// <summary>Writes one record whose fields lie in a dictionary or list.</summary>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public bool WriteAudit(string function, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(fields);
        if (!TryEnter(function, out RouteTable table, out Route? route)) return false;
        try
        {
            AuditField[] list = [.. fields.Select(field => new AuditField(field.Key, field.Value))];
            return Answer(_delivery.Write(table, route, _stamp.Enrich(table, route, list, route.IncludesSession)));
        }
        finally
        {
            Leave(table);
        }
    }

    /// <summary>
    /// Writes one record without a thread that waits for the disk. Its fields are turned into bytes, and these are with the operating
    /// system, before the call returns; the task completes when they are stored.
    /// </summary>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public ValueTask<bool> WriteAuditAsync(string function, params ReadOnlySpan<AuditField> fields)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!TryEnter(function, out RouteTable table, out Route? route)) return ValueTask.FromResult(false);
        ValueTask<DeliveryResult> task;
        try
        {
            task = _delivery.WriteAsync(table, route, _stamp.Enrich(table, route, fields, route.IncludesSession));
        }
        catch
        {
            Leave(table);
            throw;
        }
        return LeaveAfter(table, task);
    }

    /// <summary>
    /// Makes a record of what happens now without writing it, for an act that may still come to nothing: who, where and when are settled, objects
    /// are texts, secrets are taken out. <see cref="WriteAudit(AuditRecord)"/> writes it once the act is certain.
    /// </summary>
    /// <param name="function">The kind of fact, as audit.ini names it.</param>
    /// <param name="fields">What is said about it, in order; a name may stand there twice.</param>
    /// <returns>The record; <see langword="null"/> where <see cref="WriteAudit(string, ReadOnlySpan{AuditField})"/> would write none.</returns>
    public AuditRecord? Prepare(string function, params ReadOnlySpan<AuditField> fields)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!TryEnter(function, out RouteTable table, out Route? route)) return null;
        try
        {
            // With all that it may need: it may be written after a reload, in another format.
            AuditRecordView view = _stamp.Enrich(table, route, fields, withSession: true);
            return new AuditRecord(view.Time, view.Address, view.Actor, view.Fields, function, view.Session, view.Trace) { LimitedBy = route };
        }
        finally
        {
            Leave(table);
        }
    }

    /// <summary>Writes a record made earlier, by <see cref="Prepare"/> or otherwise: with its own time, actor, address, session and trace.</summary>
    /// <param name="record">The record; its <see cref="AuditRecord.Function"/> says where it goes.</param>
    /// <exception cref="ArgumentException">The record has no function. Or as for the other calls.</exception>
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

    /// <summary>Writes a record made earlier without a thread that waits for the disk.</summary>
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
    /// Writes several records made earlier, in their order: those of one log file with one write and one sync, unless a plugin's target is set
    /// for them. Each has its own failure policy, and one that fails keeps none of the others from being written.
    /// </summary>
    /// <param name="records">The records; the list is not kept.</param>
    /// <returns>True when all are stored as durably as the settings demand. False, when some were lost and the settings say <c>OnFailure=continue</c>, or have no file.</returns>
    /// <exception cref="AuditBatchException">Some were not stored, or may not have been; says which.</exception>
    /// <exception cref="ArgumentException">A record has no function; or none of the settings' for one, and they say <c>OnUnknownFunction=throw</c>. Nothing is written.</exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public bool WriteAudit(IReadOnlyList<AuditRecord> records) =>
        // Told not to be asynchronous, it is done when it returns.
        WriteAll(records, isAsync: false).AsTask().GetAwaiter().GetResult();

    /// <summary>The same without a thread that waits for the disk.</summary>
    /// <inheritdoc cref="WriteAudit(IReadOnlyList{AuditRecord})"/>
    public ValueTask<bool> WriteAuditAsync(IReadOnlyList<AuditRecord> records) => WriteAll(records, isAsync: true);

    /// <summary>
    /// Puts every record written so far on disk, whatever its durability. All targets are flushed at the same time: one that fails, or is not done
    /// within ten seconds, keeps none of the others from it.
    /// </summary>
    /// <exception cref="AuditWriteException">One of the targets failed: the first, if several did.</exception>
    public void Flush() => Flush(FlushPatience);

    /// <summary>
    /// Stores what was written and closes the log files. Later calls throw. Waits for calls of other threads that are still writing, and for one
    /// that closes already, at most ten seconds in all: a disk or a target that hangs does not hold up the end of a process.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) Report(SideBySide.Run([("closing", Close)], CloseBound));
        // Not for itself: a target that is being closed may close its writer.
        else if (Volatile.Read(ref _closer) != Environment.CurrentManagedThreadId) _closed.Task.Wait(CloseBound);
    }

    /// <summary>The same without blocking the caller's thread.</summary>
    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() =>
        // A thread of its own: what waits for a disk must not take one of the pool's.
        _closed.Task.IsCompleted
            ? ValueTask.CompletedTask
            : new ValueTask(Task.Factory.StartNew(Dispose, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));

    /// <summary>Does what closing does, but takes further records, which are with the operating system before their calls return: for the end of a process.</summary>
    /// <param name="patience">How long that may take in all.</param>
    internal void PrepareForExit(TimeSpan patience)
    {
        if (Volatile.Read(ref _disposed) != 0) return;
        void End()
        {
            RouteTable table = _settings.Table;
            table.EndQueues();
            WriteLastRecords(table, patience / 2);
            _isEnding = true;
            _own.Stopped(table);
            Report(table.Flush(patience / 2));
        }
        Report(SideBySide.Run([("the end", End)], patience));
    }

    /// <summary>Flushes at the end of the process, where nobody is left to be told what fails.</summary>
    internal void FlushAtExit()
    {
        try
        {
            Flush();
        }
        catch (ObjectDisposedException)
        {
            // It was closed at the same moment; everything is on disk.
        }
        catch (AuditWriteException failure)
        {
            _parts.Diagnostics.Report("end", failure.Message);
        }
    }

    private void Close()
    {
        Volatile.Write(ref _closer, Environment.CurrentManagedThreadId);
        try
        {
            _settings.Dispose();
            _space.Dispose();
            RouteTable table = _settings.Table;
            WriteLastRecords(table, ClosePatience);
            int stopped = 0;
            void Stop()
            {
                if (Interlocked.Exchange(ref stopped, 1) == 0) _own.Stopped(table);
            }
            table.Close(Stop);
            // A call that never leaves keeps the targets open; the stop is on record all the same.
            if (!table.WaitUntilClosed(ClosePatience)) Stop();
            _shared.Dispose();
        }
        finally
        {
            _closed.TrySetResult();
        }
    }

    private void Flush(TimeSpan patience)
    {
        RouteTable table = Enter();
        try
        {
            // What a failed flush concerns was written before, whatever its function.
            AuditWriteException[] failures =
            [
                .. table.Flush(patience).Select(failure => WriteFailure.Of("*", AuditWriteStage.Target, failure))
                    .Select(failure => new AuditWriteException($"Records written since the last flush may not have been stored (at {failure.Stage}): {failure.Reason}", failure)),
            ];
            foreach (AuditWriteException other in failures.Skip(1)) _parts.Diagnostics.Report("flush", other.Message);
            if (failures.Length > 0) throw failures[0];
        }
        finally
        {
            table.Leave();
        }
    }

    private void Report(IReadOnlyList<Exception> failures)
    {
        foreach (Exception failure in failures) _parts.Diagnostics.Report("end", failure.Message);
    }

    private void WriteLastRecords(RouteTable table, TimeSpan patience)
    {
        table.DrainQueues(patience);
        RecordFileChanges();
        foreach (Route route in table.Routes) _delivery.RecordLosses(table, route, _stamp.Now(), _parts.HostName);
    }

    internal WriterOptions Parts => _parts;

    internal WriterServices Shared => _shared;

    internal AuditSettings Settings => _settings.Table.Settings;

    /// <summary>Puts on record that a fallback file was recovered, if the settings name a file for that.</summary>
    internal void RecordRecovery(AuditRecovered recovered, string user) => _own.Recovered(_settings.Table, recovered, user);

    // Looks before it enters: a call whose records nobody wants must cost next to nothing.
    private bool TryEnter(string function, out RouteTable table, [NotNullWhen(true)] out Route? route)
    {
        do
        {
            table = _settings.Table;
            route = null;
            if (table.IsOff) return false;
            route = table.Find(function);
            if (route is null)
            {
                _unwanted.Handle(table.Settings, function);
                return false;
            }
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
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
                else _unwanted.Handle(table.Settings, function);
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

    // A handler of the process's end that was added late still writes: the stop follows once more, so that it is the last record.
    private void Leave(RouteTable table)
    {
        if (_isEnding) _own.Stopped(table);
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
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            RouteTable table = _settings.Table;
            if (table.TryEnter()) return table;
        }
    }

    private void KeepBack(string directory, string? shortage)
    {
        foreach (TargetMonitor monitor in _settings.Table.Monitors.Where(monitor => monitor.Directory == directory)) monitor.Shortage = shortage;
    }

    private void RecordFileChanges() => _own.FilesChanged(_settings.Table, _shared.Changes);
}
