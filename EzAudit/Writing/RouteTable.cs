using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Writing.Background;

namespace EzAudit.Writing;

/// <summary>
/// Every route of one reading of the settings, with the targets they lead to. Immutable; a reload makes a new one, and the old one
/// closes its targets when the last record in it has arrived.
/// </summary>
internal sealed class RouteTable
{
    /// <summary>The name in audit.ini that stands for every function not named.</summary>
    public const string CatchAll = "*";

    // Names come from the application; one that makes them up must not fill the memory.
    private const int MaxStrange = 1000;

    private readonly RouteMap _routes;
    private readonly Route? _catchAll;
    private readonly IReadOnlyCollection<IDisposable> _owned;
    private readonly Action<Exception> _onCloseFailure;
    private readonly InFlightCounter _users = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Route> _strange = new(StringComparer.Ordinal);
    private volatile Action? _last;

    /// <param name="settings">The settings it was made of.</param>
    /// <param name="routes">Function to route; <c>*</c> for every function not named.</param>
    /// <param name="targets">Every file and target, each once.</param>
    /// <param name="monitors">How they do.</param>
    /// <param name="owned">What is closed with the table.</param>
    /// <param name="onCloseFailure">Hears when that fails.</param>
    public RouteTable(
        AuditSettings settings,
        IReadOnlyDictionary<string, Route> routes,
        IReadOnlyCollection<IAuditTarget> targets,
        IReadOnlyCollection<TargetMonitor> monitors,
        IReadOnlyCollection<IDisposable> owned,
        Action<Exception> onCloseFailure)
    {
        Settings = settings;
        IsOff = !settings.Enabled;
        Limiter = new FieldLimiter(settings.Limits);
        Anonymous = new AuditActor("anonymous", settings.AnonymousUserId);
        Targets = targets;
        Monitors = monitors;
        Routes = [.. routes.Values];
        _catchAll = routes.GetValueOrDefault(CatchAll);
        _routes = new RouteMap(routes.Where(route => route.Key != CatchAll));
        _owned = owned;
        _onCloseFailure = onCloseFailure;
    }

    public AuditSettings Settings { get; }

    /// <summary>What the plugins' own sections say, by the type that each was read into.</summary>
    public IReadOnlyDictionary<Type, object> PluginSettings { get; init; } = new Dictionary<Type, object>();

    /// <summary>Of the functions that <c>*</c> catches, those that have a section of their own or a definition.</summary>
    public IReadOnlyDictionary<string, Route> Caught { get; init; } = new Dictionary<string, Route>();

    public bool IsOff { get; }

    public FieldLimiter Limiter { get; }

    /// <summary>Who acts when nobody said who acts.</summary>
    public AuditActor Anonymous { get; }

    public IReadOnlyCollection<IAuditTarget> Targets { get; }

    public IReadOnlyCollection<TargetMonitor> Monitors { get; }

    public IReadOnlyCollection<Route> Routes { get; }

    /// <summary>The route of a function that has a line of its own, not of one that <c>*</c> catches.</summary>
    public Route? FindNamed(string function) => _routes.Find(function);

    /// <summary>The route of a function; <see langword="null"/> when its records are not wanted.</summary>
    public Route? Find(string function) => _routes.Find(function) ?? (_catchAll is null ? null : Catch(function));

    /// <summary>A record made earlier as formats and targets are to see it: within the limits, without secrets.</summary>
    public AuditRecordView View(Route route, AuditRecord record)
    {
        if (ReferenceEquals(record.LimitedBy, route))
            return new AuditRecordView(route.Function, record.Time, record.Address, record.Actor, record.FieldSpan, record.Session, record.Trace);
        ReadOnlySpan<AuditField> fields = Limiter.Limit(record.FieldSpan, out _, route.Redactor, route.Function);
        return new AuditRecordView(route.Function, record.Time, Limiter.Limit(record.Address), Limiter.Limit(record.Actor), fields, record.Session, record.Trace);
    }

    /// <summary>Keeps the targets open for one record. False: the table is closed, ask for the current one.</summary>
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

    /// <summary>Has records written at once that would be queued: the process is about to end.</summary>
    public void EndQueues()
    {
        foreach (FileTarget target in Targets.OfType<FileTarget>()) target.File.EndQueue();
    }

    /// <summary>Flushes all targets at the same time: one that fails or hangs keeps none of the others from it.</summary>
    /// <returns>The failures, in the order of the targets.</returns>
    public IReadOnlyList<Exception> Flush(TimeSpan patience) =>
        SideBySide.Run([.. Targets.Zip(Monitors, (target, monitor) => (monitor.Name, (Action)target.Flush))], patience);

    /// <summary>Waits until the targets are closed, behind the last call that is inside. False: they were not in time.</summary>
    public bool WaitUntilClosed(TimeSpan patience) => _closed.Task.Wait(patience);

    /// <summary>Has the queues written, before losses are put on record: what a queue cannot get rid of is one.</summary>
    public void DrainQueues(TimeSpan patience)
    {
        IEnumerable<RouteTarget> queued = Routes.Where(route => route.Durability == AuditDurability.Queue).SelectMany(route => route.Targets).DistinctBy(stop => stop.Monitor);
        foreach (Exception failure in SideBySide.Run([.. queued.Select(stop => (stop.Monitor.Name, Drain(stop.Target)))], patience)) _onCloseFailure(failure);
    }

    /// <summary>Lets no more records in; the targets are closed behind the last one.</summary>
    /// <param name="last">Done between the two, while the targets are still open.</param>
    public void Close(Action? last = null)
    {
        _last = last;
        if (_users.Close()) CloseTargets();
    }

    private Route? Catch(string function)
    {
        if (Caught.TryGetValue(function, out Route? known) || _strange.TryGetValue(function, out known)) return known;
        if (!AuditFunctionName.IsValid(function)) return null;
        Route route = _catchAll! with { Function = new AuditFunction { Name = function } };
        if (_strange.Count < MaxStrange) _strange.TryAdd(function, route);
        return route;
    }

    private static Action Drain(IAuditTarget target) => target is FileTarget file ? file.Drain : target.Flush;

    private void CloseTargets()
    {
        if (_last is { } last) Try(last);
        foreach (IDisposable item in _owned) Try(item.Dispose);
        _closed.TrySetResult();
    }

    // One target that cannot close must not keep the others open.
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
