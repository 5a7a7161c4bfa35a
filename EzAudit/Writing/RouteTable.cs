using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Storage;

namespace EzAudit.Writing;

/// <summary>
/// All routes of one reading of the settings, with their targets. Immutable; a reload creates a new table, and the old one
/// closes its targets after its last record.
/// </summary>
internal sealed class RouteTable
{
    /// <summary>The name in audit.ini that matches every function without a line of its own.</summary>
    public const string CatchAll = "*";

    // Function names come from the application; if it generates them, they must not fill the memory.
    private const int MaxUnnamed = 1000;

    private readonly RouteMap _routes;
    private readonly Route? _catchAll;
    private readonly IReadOnlyCollection<IDisposable> _owned;
    private readonly Action<Exception> _onCloseFailure;
    private readonly InFlightCounter _users = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Route> _unnamed = new(StringComparer.Ordinal);
    private volatile Action? _last;

    /// <param name="settings">The settings that the table was built from.</param>
    /// <param name="routes">Routes by function; <c>*</c> for every other function.</param>
    /// <param name="targets">All files and targets, each once.</param>
    /// <param name="owned">Objects to close with the table.</param>
    /// <param name="onCloseFailure">Called when closing fails.</param>
    public RouteTable(
        AuditSettings settings,
        IReadOnlyDictionary<string, Route> routes,
        IReadOnlyCollection<RouteTarget> targets,
        IReadOnlyCollection<IDisposable> owned,
        Action<Exception> onCloseFailure)
    {
        Settings = settings;
        IsOff = !settings.Enabled;
        Sanitizer = new FieldSanitizer(settings.Limits);
        Anonymous = new AuditActor("anonymous", settings.AnonymousUserId);
        Targets = targets;
        Monitors = [.. targets.Select(target => target.Monitor)];
        Routes = [.. routes.Values];
        _catchAll = routes.GetValueOrDefault(CatchAll);
        _routes = new RouteMap(routes.Where(route => route.Key != CatchAll));
        _owned = owned;
        _onCloseFailure = onCloseFailure;
    }

    public AuditSettings Settings { get; }

    /// <summary>The settings in the plugins' own sections, by the type that each was read into.</summary>
    public IReadOnlyDictionary<Type, object> PluginSettings { get; init; } = new Dictionary<Type, object>();

    /// <summary>Functions that <c>*</c> matches and that have a section or a definition of their own.</summary>
    public IReadOnlyDictionary<string, Route> CatchAllRoutes { get; init; } = new Dictionary<string, Route>();

    public bool IsOff { get; }

    public FieldSanitizer Sanitizer { get; }

    /// <summary>The actor if none was specified.</summary>
    public AuditActor Anonymous { get; }

    public IReadOnlyCollection<RouteTarget> Targets { get; }

    public IReadOnlyCollection<TargetMonitor> Monitors { get; }

    public IReadOnlyCollection<Route> Routes { get; }

    /// <summary>The route of a function with a line of its own, not one matched by <c>*</c>.</summary>
    public Route? FindNamed(string function) => _routes.Find(function);

    /// <summary>The route of a function; <see langword="null"/> if the function is not audited.</summary>
    public Route? Find(string function) => _routes.Find(function) ?? (_catchAll is null ? null : MatchCatchAll(function));

    /// <summary>Handles a function without a file, as configured.</summary>
    /// <exception cref="ArgumentException">The settings say <c>OnUnknownFunction=throw</c>.</exception>
    public void RefuseUnknown(string function, Diagnostics diagnostics)
    {
        if (Settings.OnUnknownFunction == UnknownFunctionPolicy.Ignore || (Settings.OnUnknownFunction == UnknownFunctionPolicy.Report && diagnostics.HasReported(function))) return;
        string text = AuditFunctionName.IsValid(function)
            ? $"Function \"{function}\" is written by the application, but AuditFileNames[] of audit.ini names no file for it: nothing is recorded."
            : $"The application wrote a function with an invalid name, expected {AuditFunctionName.Expected}: nothing is recorded.";
        if (Settings.OnUnknownFunction == UnknownFunctionPolicy.Throw) throw new ArgumentException(text, nameof(function));
        diagnostics.ReportOnce(function, text);
    }

    /// <summary>A view of an existing record for formats and targets: limited, and without secrets.</summary>
    public AuditRecordView View(Route route, AuditRecord record)
    {
        if (ReferenceEquals(record.LimitedBy, route))
            return new AuditRecordView(route.Function, record.Time, record.Address, record.Actor, record.FieldSpan, record.Session, record.Trace);
        ReadOnlySpan<AuditField> fields = Sanitizer.Sanitize(record.FieldSpan, out _, route.Redactor, route.Function);
        return new AuditRecordView(route.Function, record.Time, Sanitizer.Sanitize(record.Address), Sanitizer.Sanitize(record.Actor), fields, record.Session, record.Trace);
    }

    /// <summary>Keeps the targets open for one record. Returns false if the table is closed; the caller must get the current one.</summary>
    public bool TryEnter()
    {
        if (_users.TryEnter(out bool isLast)) return true;
        if (isLast) CloseTargets();
        return false;
    }

    public void Leave()
    {
        if (_users.Leave()) CloseTargets();
    }

    /// <summary>Writes records directly instead of queueing them, because the process is about to end.</summary>
    public void EndQueues()
    {
        foreach (RouteTarget target in Targets) target.File?.EndQueue();
    }

    /// <summary>Flushes all targets in parallel: one that fails or hangs does not affect the others.</summary>
    /// <returns>The failures, in the order of the targets.</returns>
    public IReadOnlyList<Exception> Flush(TimeSpan patience) =>
        Errand.RunAll([.. Targets.Select(target => (target.Monitor.Name, (Action)target.Flush))], patience);

    /// <summary>Waits until the targets are closed, after the last call. Returns false on timeout.</summary>
    public bool WaitUntilClosed(TimeSpan patience) => _closed.Task.Wait(patience);

    /// <summary>Drains the queues, before losses are recorded: records that cannot be drained are losses.</summary>
    public void DrainQueues(TimeSpan patience)
    {
        IEnumerable<RouteTarget> queued = Routes.Where(route => route.Durability == AuditDurability.Queue).SelectMany(route => route.Targets).DistinctBy(target => target.Monitor);
        foreach (Exception failure in Errand.RunAll([.. queued.Select(target => (target.Monitor.Name, (Action)target.Drain))], patience)) _onCloseFailure(failure);
    }

    /// <summary>Refuses further records; the targets are closed after the last one.</summary>
    /// <param name="last">Runs after the last record, while the targets are still open.</param>
    public void Close(Action? last = null)
    {
        _last = last;
        if (_users.Close()) CloseTargets();
    }

    private Route? MatchCatchAll(string function)
    {
        if (CatchAllRoutes.TryGetValue(function, out Route? known) || _unnamed.TryGetValue(function, out known)) return known;
        if (!AuditFunctionName.IsValid(function)) return null;
        Route route = _catchAll! with { Function = new AuditFunction { Name = function } };
        if (_unnamed.Count < MaxUnnamed) _unnamed.TryAdd(function, route);
        return route;
    }

    private void CloseTargets()
    {
        if (_last is { } last) Try(last);
        foreach (IDisposable item in _owned) Try(() => Dispose(item));
        _closed.TrySetResult();
    }

    private static void Dispose(IDisposable item)
    {
        if (item is IAsyncDisposable target) target.DisposeAsync().AsTask().GetAwaiter().GetResult();
        else item.Dispose();
    }

    // A target that cannot be closed must not keep the others open.
    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure)
        {
            _onCloseFailure(failure);
        }
    }
}

/// <summary>Maps function names to routes; built once, searched at every call.</summary>
/// <remarks>
/// Fast on purpose: an application calls many functions that are not audited, and those calls must cost next to nothing. Three
/// characters and the length distinguish names well enough; the benchmark WriteCost compares it (FrozenDictionary took three times as long).
/// </remarks>
internal sealed class RouteMap
{
    private readonly (string Name, Route Route)[]?[] _buckets;

    public RouteMap(IEnumerable<KeyValuePair<string, Route>> routes)
    {
        KeyValuePair<string, Route>[] all = [.. routes];
        _buckets = new (string, Route)[]?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, all.Length * 4))];
        foreach (var (function, route) in all)
        {
            ref (string, Route)[]? bucket = ref _buckets[BucketOf(function)];
            // Interned, like the literal that most callers pass: comparing the same object need not compare characters.
            bucket = [.. bucket ?? [], (string.Intern(function), route)];
        }
    }

    public Route? Find(string function)
    {
        (string Name, Route Route)[]? bucket = _buckets[BucketOf(function)];
        if (bucket is null) return null;
        foreach (var (name, route) in bucket)
        {
            if (name == function) return route;
        }
        return null;
    }

    private int BucketOf(string name)
    {
        if (name.Length == 0) return 0;
        int hash = (name.Length * 7) + (name[0] * 31) + (name[name.Length / 2] * 131) + (name[^1] * 521);
        return (hash ^ (hash >> 7)) & (_buckets.Length - 1);
    }
}
