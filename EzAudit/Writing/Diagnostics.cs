using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Writing;

/// <summary>Says what is wrong with the audit trail itself: to the host's log, else once for each kind to standard error.</summary>
internal sealed class Diagnostics(ILogger? logger)
{
    private const int MaxKinds = 1000;

    // Opened beforehand: when descriptors run out, that is just what has to be told.
    private readonly Stream? _standardError = logger is null ? StandardError.Open() : null;
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    /// <summary>Tells it at every occurrence where there is a log, else at the first.</summary>
    /// <param name="kind">What tells occurrences of the same trouble from others.</param>
    /// <param name="message">Place, found, expected.</param>
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

/// <summary>Why a target did not store a record. The writer turns it into the exception that its caller gets.</summary>
/// <param name="Function">The function whose record it was; <c>*</c> for what was written before a flush.</param>
/// <param name="File">The path of the log file; <see langword="null"/> where the target is none.</param>
/// <param name="Stage">The step that failed.</param>
/// <param name="Errno">The operating system's name for the cause; <see langword="null"/> where it gave none.</param>
/// <param name="Reason">What went wrong, without the name of the function.</param>
/// <param name="Cause">The exception that was caught.</param>
internal sealed record WriteFailure(string Function, string? File, AuditWriteStage Stage, string? Errno, string Reason, Exception Cause)
{
    /// <summary>Whether the record may be stored all the same.</summary>
    public required bool MayBeStored { get; init; }

    /// <summary>The whole message, for the caller and for the log.</summary>
    public string Message => $"The record of \"{Function}\" {(MayBeStored ? "may not have been stored" : "was not stored")} (at {Stage}): {Reason}";

    /// <summary>Whether the target took too long: it may store the record later.</summary>
    public bool IsLate => Cause is TimeoutException or StorageException { IsLate: true };

    public static WriteFailure Of(string function, AuditWriteStage stage, Exception failure) => failure switch
    {
        StorageException storage => new(
            function, storage.Path, storage.Stage, storage.ErrnoName is { Length: > 0 } name ? name : null, storage.Message, failure) { MayBeStored = storage.MayBeStored },
        AuditTargetException target => new(function, null, target.Stage, null, TextOf(target), failure) { MayBeStored = target.MayBeStored },
        // Once a target has the record, only the target knows whether it was stored before the exception: a timeout of a plugin's receiver, for example.
        _ => new(function, null, stage, null, TextOf(failure), failure) { MayBeStored = stage != AuditWriteStage.Format },
    };

    /// <summary>A target that has not answered in time.</summary>
    public static WriteFailure Late(string function, string target, TimeSpan timeout, TimeoutException late) =>
        new(function, null, AuditWriteStage.Sync, null, $"{target} did not confirm it within {timeout.TotalSeconds:0.###} s.", late) { MayBeStored = true };

    // A plugin's exception may be of any kind, and its message is the plugin's code.
    private static string TextOf(Exception failure)
    {
        try
        {
            return failure.Message;
        }
        catch (Exception)
        {
            return failure.GetType().Name;
        }
    }
}

/// <summary>The last place to be heard, where no host gives a log: the one use of the console in a library.</summary>
internal static class StandardError
{
#pragma warning disable RS0030 // Banned everywhere else.
    public static Stream Open() => Console.OpenStandardError();
#pragma warning restore RS0030
}

/// <summary>What goes to the host's log, category <c>EzAudit</c>: a message for people, and its parts as named values for those who search.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "Trouble", Message = "{Message}")]
    public static partial void Trouble(ILogger logger, LogLevel level, string message);

    // The message says all of it for people already.
#pragma warning disable SYSLIB1015
    [LoggerMessage(EventId = 2, EventName = "WriteFailed", Message = "{Message}")]
    public static partial void WriteFailed(ILogger logger, LogLevel level, string message, string target, string function, string? file, AuditWriteStage stage, string? errno);

    [LoggerMessage(EventId = 3, EventName = "SettingsProblem", Message = "{Message}")]
    public static partial void SettingsProblem(ILogger logger, LogLevel level, string message, string file, int line);
#pragma warning restore SYSLIB1015
}
