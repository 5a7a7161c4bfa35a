using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Composition;

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
