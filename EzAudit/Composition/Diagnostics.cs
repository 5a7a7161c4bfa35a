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
        if (logger is not null) Tell(message);
        else ReportOnce(kind, message);
    }

    /// <summary>Whether <see cref="ReportOnce"/> has nothing to add, so that its message need not be made.</summary>
    public bool HasReported(string kind) => _told.ContainsKey(kind) || _told.Count >= MaxKinds;

    /// <summary>Tells it at the first occurrence only; again, where nobody could hear it.</summary>
    public void ReportOnce(string kind, string message)
    {
        if (_told.Count < MaxKinds && _told.TryAdd(kind, true) && !Tell(message)) _told.TryRemove(kind, out _);
    }

    private bool Tell(string message)
    {
        try
        {
            if (logger is not null) Log.Trouble(logger, message);
            else _standardError!.Write(System.Text.Encoding.UTF8.GetBytes($"EzAudit: {message}{Environment.NewLine}"));
            return true;
        }
        catch (Exception)
        {
            // Standard error in a file on the disk that is full, a host's log that throws: the call that met the trouble must end as its
            // settings say all the same, and there is nobody left to tell.
            return false;
        }
    }
}
