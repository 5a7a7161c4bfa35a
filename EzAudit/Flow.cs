using EzAudit.Records;

namespace EzAudit;

/// <summary>What the current async flow is told: where its records go, and who acts. Both in one, because each costs every request of a web server.</summary>
/// <param name="Writer">Where records go; <see langword="null"/> where nobody said so.</param>
/// <param name="Origin">Who acts; <see langword="null"/> where nobody said so.</param>
internal sealed record Flow(AuditWriter? Writer, IAuditOrigin? Origin)
{
    private static readonly AsyncLocal<Flow?> Local = new();
    private static readonly IDisposable Outermost = new Earlier(null);

    public static Flow? Now => Local.Value;

    /// <summary>Says more than before, until the result is disposed.</summary>
    /// <remarks>Where nothing was said before, nothing need be remembered.</remarks>
    public static IDisposable Begin(AuditWriter? writer, IAuditOrigin? origin)
    {
        Flow? before = Local.Value;
        Local.Value = new Flow(writer ?? before?.Writer, origin ?? before?.Origin);
        return before is null ? Outermost : new Earlier(before);
    }

    private sealed class Earlier(Flow? flow) : IDisposable
    {
        public void Dispose() => Local.Value = flow;
    }
}
