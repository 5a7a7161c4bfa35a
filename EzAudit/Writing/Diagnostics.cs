using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;
using Microsoft.Extensions.Logging;

namespace EzAudit.Writing;

/// <summary>Reports problems of the audit trail itself: to the host's log, or else once for each kind to standard error.</summary>
internal sealed class Diagnostics(ILogger? logger)
{
    private const int MaxKinds = 1000;

    // Opened in advance: running out of descriptors is one of the things to report.
    private readonly Stream? _standardError = logger is null ? OpenStandardError() : null;
    private readonly ConcurrentDictionary<string, bool> _reported = new(StringComparer.Ordinal);

    /// <summary>Reports every occurrence if there is a log, otherwise only the first.</summary>
    /// <param name="kind">Identifies occurrences of the same problem.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="level">The severity in the log.</param>
    public void Report(string kind, string message, LogLevel level = LogLevel.Error) => Report(kind, message, log => Log.Trouble(log, level, message));

    /// <summary>Reports a record that a target did not store: an error, or a warning if a fallback did.</summary>
    public void Report(string target, WriteFailure failure, bool isRescued)
    {
        string message = isRescued ? $"{failure.Message} A fallback took it." : failure.Message;
        LogLevel level = isRescued ? LogLevel.Warning : LogLevel.Error;
        Report(
            $"{target}: {failure.Stage}",
            message,
            log => Log.WriteFailed(log, level, message, target, failure.Function, failure.File, failure.Stage, failure.Errno));
    }

    /// <summary>Reports a problem in the settings: an error if they cannot be used.</summary>
    public void Report(AuditSettingsProblem problem)
    {
        string message = problem.IsWarning ? problem.ToString() : $"{problem}; the previous settings stay in force";
        Report(problem.ToString(), message, log => Log.SettingsProblem(log, problem.IsWarning ? LogLevel.Warning : LogLevel.Error, message, problem.File, problem.Line));
    }

    private void Report(string kind, string message, Action<ILogger> log)
    {
        if (logger is not null) TryLog(message, log);
        else ReportOnce(kind, message);
    }

    /// <summary>Whether <see cref="ReportOnce"/> would report nothing, so that the caller need not build the message.</summary>
    public bool HasReported(string kind) => _reported.ContainsKey(kind) || _reported.Count >= MaxKinds;

    /// <summary>Reports the first occurrence only; tries again if that fails.</summary>
    public void ReportOnce(string kind, string message, LogLevel level = LogLevel.Warning)
    {
        if (_reported.Count < MaxKinds && _reported.TryAdd(kind, true) && !TryLog(message, log => Log.Trouble(log, level, message))) _reported.TryRemove(kind, out _);
    }

    /// <summary>Writes a message that is no problem, every time; returns false if that failed.</summary>
    public bool TryInform(string message) => TryLog(message, log => Log.Message(log, message));

    private bool TryLog(string message, Action<ILogger> log)
    {
        try
        {
            if (logger is not null) log(logger);
            else _standardError!.Write(System.Text.Encoding.UTF8.GetBytes($"EzAudit: {message}{Environment.NewLine}"));
            return true;
        }
        catch (Exception)
        {
            // Standard error may be a file on the full disk, and a host's log may throw. The call must still end as its
            // settings require, and there is nowhere left to report.
            return false;
        }
    }

    // The last resort where no host provides a log; the only use of the console in a library.
#pragma warning disable RS0030 // Banned everywhere else.
    private static Stream OpenStandardError() => Console.OpenStandardError();
#pragma warning restore RS0030
}

/// <summary>Why a target did not store a record; the writer turns it into an exception for the caller.</summary>
/// <param name="Function">The function of the record; <c>*</c> for records written before a flush.</param>
/// <param name="File">The path of the log file; <see langword="null"/> for other targets.</param>
/// <param name="Stage">The step that failed.</param>
/// <param name="Errno">The operating system's name for the error; <see langword="null"/> if there is none.</param>
/// <param name="Reason">What failed, without the name of the function.</param>
/// <param name="Cause">The exception that was caught.</param>
internal sealed record WriteFailure(string Function, string? File, AuditWriteStage Stage, string? Errno, string Reason, Exception Cause)
{
    /// <summary>Whether the record may be stored nevertheless.</summary>
    public required bool MayBeStored { get; init; }

    /// <summary>The full message, for the caller and the log.</summary>
    public string Message => $"The record of \"{Function}\" {(MayBeStored ? "may not have been stored" : "was not stored")} (at {Stage}): {Reason}";

    /// <summary>Whether the target took too long; it may store the record later.</summary>
    public bool IsLate => Cause is TimeoutException or StorageException { IsLate: true };

    public static WriteFailure Of(string function, AuditWriteStage stage, Exception failure) => failure switch
    {
        StorageException storage => new(
            function, storage.Path, storage.Stage, storage.ErrnoName is { Length: > 0 } name ? name : null, storage.Message, failure) { MayBeStored = storage.MayBeStored },
        AuditTargetException target => new(function, null, target.Stage, null, TextOf(target), failure) { MayBeStored = target.MayBeStored },
        // Once a target has the record, only the target knows whether it was stored before the exception, for example a timeout of a plugin's receiver.
        _ => new(function, null, stage, null, TextOf(failure), failure) { MayBeStored = stage != AuditWriteStage.Format },
    };

    /// <summary>The failure of a target that did not answer in time.</summary>
    public static WriteFailure Late(string function, string target, TimeSpan timeout, TimeoutException late) =>
        new(function, null, AuditWriteStage.Sync, null, $"{target} did not confirm it within {timeout.TotalSeconds:0.###} s.", late) { MayBeStored = true };

    // A plugin's exception may have any type, and its Message is the plugin's code.
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

/// <summary>Messages to the host's log, category <c>EzAudit</c>: a readable message, and its parts as named values for searching.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "Trouble", Message = "{Message}")]
    public static partial void Trouble(ILogger logger, LogLevel level, string message);

    [LoggerMessage(EventId = 4, EventName = "Message", Level = LogLevel.Information, Message = "{Message}")]
    public static partial void Message(ILogger logger, string message);

    // The message already contains all values.
#pragma warning disable SYSLIB1015
    [LoggerMessage(EventId = 2, EventName = "WriteFailed", Message = "{Message}")]
    public static partial void WriteFailed(ILogger logger, LogLevel level, string message, string target, string function, string? file, AuditWriteStage stage, string? errno);

    [LoggerMessage(EventId = 3, EventName = "SettingsProblem", Message = "{Message}")]
    public static partial void SettingsProblem(ILogger logger, LogLevel level, string message, string file, int line);
#pragma warning restore SYSLIB1015
}
