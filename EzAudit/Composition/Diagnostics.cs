using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EzAudit.Composition;

/// <summary>Says what is wrong with the audit trail itself: to the host's log, else once for each kind to standard error.</summary>
internal sealed class Diagnostics(ILogger? logger)
{
    private const int MaxKinds = 1000;

    // Opened beforehand: when descriptors run out, that is just what has to be told.
    private readonly Stream? _standardError = logger is null ? StandardError.Open() : null;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Tells it at every occurrence where there is a log, else at the first.</summary>
    /// <param name="kind">What tells occurrences of the same trouble from others.</param>
    /// <param name="message">Place, found, wanted.</param>
    public void Report(string kind, string message)
    {
        if (logger is not null) Log.Trouble(logger, message);
        else if (_told.Count < MaxKinds && _told.TryAdd(kind, true)) WriteToStandardError(message);
    }

    /// <summary>Whether <see cref="ReportOnce"/> has nothing to add, so that its message need not be made.</summary>
    public bool HasReported(string kind) => _told.ContainsKey(kind) || _told.Count >= MaxKinds;

    /// <summary>Tells it at the first occurrence only.</summary>
    public void ReportOnce(string kind, string message)
    {
        if (_told.Count >= MaxKinds || !_told.TryAdd(kind, true)) return;
        if (logger is not null) Log.Trouble(logger, message);
        else WriteToStandardError(message);
    }

    private void WriteToStandardError(string message)
    {
        _standardError!.Write(System.Text.Encoding.UTF8.GetBytes($"EzAudit: {message}{Environment.NewLine}"));
    }
}
