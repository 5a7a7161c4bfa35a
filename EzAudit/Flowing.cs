namespace EzAudit;

/// <summary>A value of the current async flow that lasts until disposed.</summary>
internal sealed class Flowing<T> : IDisposable where T : class
{
    private readonly AsyncLocal<T?> _flow;
    private readonly T? _before;

    private Flowing(AsyncLocal<T?> flow)
    {
        _flow = flow;
        _before = flow.Value;
    }

    public static IDisposable Begin(AsyncLocal<T?> flow, T value)
    {
        var flowing = new Flowing<T>(flow);
        flow.Value = value;
        return flowing;
    }

    public void Dispose() => _flow.Value = _before;
}
