using System.Collections.Concurrent;
using EzAudit.Records;
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
    /// <param name="level">How bad it is, for the log.</param>
    public void Report(string kind, string message, LogLevel level = LogLevel.Error) => Report(kind, message, log => Log.Trouble(log, level, message));

    /// <summary>Tells of a record that a target did not take: an error, or a warning where a fallback took it.</summary>
    public void Report(string target, WriteFailure failure, bool isRescued)
    {
        string message = isRescued ? $"{failure.Message} A fallback took it." : failure.Message;
        LogLevel level = isRescued ? LogLevel.Warning : LogLevel.Error;
        Report(
            $"{target}: {failure.Stage}",
            message,
            log => Log.WriteFailed(log, level, message, target, failure.Function, failure.File, failure.Stage, failure.Errno));
    }

    /// <summary>Tells of a problem in the settings: an error where they cannot be used.</summary>
    public void Report(AuditSettingsProblem problem)
    {
        string message = problem.IsWarning ? problem.ToString() : $"{problem}; the settings of before stay in force";
        Report(problem.ToString(), message, log => Log.SettingsProblem(log, problem.IsWarning ? LogLevel.Warning : LogLevel.Error, message, problem.File, problem.Line));
    }

    private void Report(string kind, string message, Action<ILogger> log)
    {
        if (logger is not null) Tell(message, log);
        else ReportOnce(kind, message);
    }

    /// <summary>Whether <see cref="ReportOnce"/> has nothing to add, so that its message need not be made.</summary>
    public bool HasReported(string kind) => _told.ContainsKey(kind) || _told.Count >= MaxKinds;

    /// <summary>Tells it at the first occurrence only; again, where it could not be told.</summary>
    public void ReportOnce(string kind, string message, LogLevel level = LogLevel.Warning)
    {
        if (_told.Count < MaxKinds && _told.TryAdd(kind, true) && !Tell(message, log => Log.Trouble(log, level, message))) _told.TryRemove(kind, out _);
    }

    private bool Tell(string message, Action<ILogger> log)
    {
        try
        {
            if (logger is not null) log(logger);
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
