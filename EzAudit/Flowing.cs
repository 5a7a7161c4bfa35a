namespace EzAudit;

/// <summary>A value of the current async flow that lasts until disposed.</summary>
internal sealed class Flowing<T> : IDisposable where T : class
{
    private readonly AsyncLocal<T?> _flow;
    private readonly T? _before;

    private Flowing(AsyncLocal<T?> flow, T? before)
    {
        _flow = flow;
        _before = before;
    }

    /// <remarks>Where nothing was said before, nothing need be remembered: a web server begins such a flow for each request.</remarks>
    public static IDisposable Begin(AsyncLocal<T?> flow, T value)
    {
        T? before = flow.Value;
        flow.Value = value;
        return before is null ? Outermost.GetValue(flow, static flow => new Flowing<T>(flow, null)) : new Flowing<T>(flow, before);
    }

    public void Dispose() => _flow.Value = _before;

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<AsyncLocal<T?>, Flowing<T>> Outermost = [];
}
