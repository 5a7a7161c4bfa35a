using EzAudit.Composition;
using EzAudit.Extensibility;
using EzAudit.Formats;
using EzAudit.Records;
using EzAudit.Routing;
using EzAudit.Settings;
using EzAudit.Storage;
using NodaTime;

namespace EzAudit;

/// <summary>Writes records: finds the route, says who, where and when, and hands the record to its targets.</summary>
/// <remarks>
/// All members may be called by many threads at once. An edit of the settings takes effect within a second; one that cannot be used
/// is reported and changes nothing.
/// </remarks>
public sealed class AuditWriter : IDisposable, IAsyncDisposable
{
    private readonly WriterParts _parts;
    private readonly Composer _composer;
    private readonly SettingsWatcher _watcher;
    private readonly RecordBufferPool _buffers = new();
    private volatile RouteTable _table;
    private int _disposed;

    internal AuditWriter(WriterParts parts)
    {
        _parts = parts;
        _composer = new Composer(parts);
        CompositionResult result = _composer.Compose();
        if (result.Table is null)
        {
            _composer.Dispose();
            throw new AuditSettingsException(result.Problems);
        }
        _table = result.Table;
        Report(result);
        if (!result.Document.HasAuditSettings)
            parts.Diagnostics.Report("no settings", $"{parts.Source.Root}: found no settings/audit.ini and no override of it, wanted one; audit is off.");
        _watcher = new SettingsWatcher(result.Document, Reload, failure => parts.Diagnostics.Report("watch", $"The settings could not be read again: {failure.Message}"));
        _watcher.Start();
    }

    /// <summary>The directory of the log files, absolute, as the settings have it now.</summary>
    public string LogDirectory => Path.Combine(_table.Settings.Root, _table.Settings.LogDirectory);

    /// <summary>The functions that plugins define; audit.ini decides which are written.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _composer.Functions;

    /// <summary>Writes one record. When it returns <see langword="true"/>, the record is stored as durably as the settings demand.</summary>
    /// <param name="function">The kind of fact, as audit.ini names it.</param>
    /// <param name="fields">What is said about it, in order; a name may stand there twice.</param>
    /// <returns><see langword="false"/>, when audit is off or the settings name no file for the function: nothing was written.</returns>
    /// <exception cref="AuditWriteException">The record could not be stored, or not surely.</exception>
    /// <exception cref="ArgumentException">
    /// The settings name no file for the function and say <c>OnUnknownFunction=throw</c>. A name that is empty, longer than 128
    /// characters or holds control characters never has a file.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public bool WriteAudit(string function, params ReadOnlySpan<AuditField> fields)
    {
        ArgumentNullException.ThrowIfNull(function);
        RouteTable table = _table;
        if (table.IsOff) return false;
        return table.Knows(function) ? Write(function, fields) : WithoutRoute(table.Settings, function);
    }

    /// <summary>Writes one record whose fields lie in a dictionary or list.</summary>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public bool WriteAudit(string function, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return WriteAudit(function, [.. fields.Select(field => new AuditField(field.Key, field.Value))]);
    }

    /// <summary>Writes one record; its fields are turned into bytes before the call returns.</summary>
    /// <inheritdoc cref="WriteAudit(string, ReadOnlySpan{AuditField})"/>
    public ValueTask<bool> WriteAuditAsync(string function, params ReadOnlySpan<AuditField> fields) => new(WriteAudit(function, fields));

    /// <summary>Puts every record written so far on disk, whatever its durability.</summary>
    /// <exception cref="AuditWriteException">One of the log files could not be put on disk.</exception>
    public void Flush()
    {
        RouteTable table = Enter();
        try
        {
            foreach (IAuditTarget target in table.Targets) target.Flush();
        }
        catch (Exception failure)
        {
            throw Describe("*", failure);
        }
        finally
        {
            table.Leave();
        }
    }

    /// <summary>Stores what was written and closes the log files. Later calls throw.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _watcher.Dispose();
        _table.Leave();
        _composer.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Write(string function, ReadOnlySpan<AuditField> fields)
    {
        RouteTable table = Enter();
        RecordBuffer buffer = _buffers.Rent();
        try
        {
            // Asked again: between the first look and the entry the settings may have changed.
            Route? route = table.Find(function);
            if (route is null) return !table.IsOff && WithoutRoute(table.Settings, function);
            ReadOnlySpan<AuditField> limited = table.Limiter.Limit(fields, out int failed);
            if (failed > 0) _parts.Diagnostics.ReportOnce($"a text of {function}", $"A field of \"{function}\" could not say its text: its ToString threw.");
            Deliver(route, Stamp(table, route, limited), buffer);
            return true;
        }
        finally
        {
            _buffers.Return(buffer);
            table.Leave();
        }
    }

    private AuditRecordView Stamp(RouteTable table, Route route, ReadOnlySpan<AuditField> fields)
    {
        AuditOrigin? origin = AuditContext.Current;
        string address = table.Limiter.Limit(origin?.Address ?? _parts.HostName);
        AuditActor actor = origin?.Actor is { } known ? table.Limiter.Limit(known) : table.Anonymous;
        return new AuditRecordView(route.Function, Now(), address, actor, fields, origin?.Session, origin?.Trace);
    }

    // A clock may be wrong by millennia; that is no reason to lose a record.
    private DateTimeOffset Now()
    {
        Instant now = _parts.Clock.GetCurrentInstant();
        if (now < NodaConstants.BclEpoch) return DateTimeOffset.MinValue;
        return now.ToDateTimeOffset();
    }

    // The one place that decides about failure. Any exception: .NET's file errors are of several kinds, and a plugin's of any.
    private static void Deliver(Route route, in AuditRecordView record, RecordBuffer buffer)
    {
        try
        {
            IAuditFormat? written = null;
            foreach (RouteTarget stop in route.Targets)
            {
                if (stop.Format != written)
                {
                    buffer.Clear();
                    stop.Format.Write(record, buffer);
                    written = stop.Format;
                }
                stop.Target.Write(record, buffer.Written, route.Durability);
            }
        }
        catch (Exception failure)
        {
            throw Describe(route.Function.Name, failure);
        }
    }

    private static AuditWriteException Describe(string function, Exception failure) => failure switch
    {
        StorageException storage => new(
            function, storage.Path, storage.Stage, storage.ErrnoName is { Length: > 0 } name ? name : null, storage.MayBeStored, storage.Message, failure),
        AuditTargetException target => new(function, null, target.Stage, null, target.MayBeStored, target.Message, failure),
        _ => new(function, null, AuditWriteStage.Target, null, mayBeStored: false, failure.Message, failure),
    };

    private bool WithoutRoute(AuditSettings settings, string function)
    {
        if (settings.OnUnknownFunction == UnknownFunctionPolicy.Throw) throw new ArgumentException(UnknownFunction(function), nameof(function));
        if (settings.OnUnknownFunction == UnknownFunctionPolicy.Report && !_parts.Diagnostics.HasReported(function))
            _parts.Diagnostics.ReportOnce(function, UnknownFunction(function));
        return false;
    }

    private static string UnknownFunction(string function) => AuditFunctionName.IsValid(function)
        ? $"Function \"{function}\" is written by the application, but AuditFileNames[] of audit.ini names no file for it: nothing is recorded."
        : $"The application wrote a function whose name is none, wanted {AuditFunctionName.Wanted}: nothing is recorded.";

    private RouteTable Enter()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            RouteTable table = _table;
            if (table.TryEnter()) return table;
        }
    }

    private SettingsDocument Reload()
    {
        CompositionResult result = _composer.Compose();
        Report(result);
        if (result.Table is not null)
        {
            RouteTable before = _table;
            _table = result.Table;
            before.Leave();
        }
        return result.Document;
    }

    private void Report(CompositionResult result)
    {
        foreach (AuditSettingsProblem problem in result.Problems)
            _parts.Diagnostics.Report(problem.ToString(), problem.IsWarning ? problem.ToString() : $"{problem}; the settings of before stay in force");
    }
}
