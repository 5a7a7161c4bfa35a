using EzAudit.Records;

namespace EzAudit.Extensibility;

/// <summary>A target could not store a record, and says where it stopped.</summary>
public class AuditTargetException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Place, found, wanted.</param>
    /// <param name="stage">The step that failed.</param>
    /// <param name="mayBeStored">Whether the record may be stored all the same, as after a failed sync.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public AuditTargetException(string message, AuditWriteStage stage = AuditWriteStage.Target, bool mayBeStored = false, Exception? innerException = null)
        : base(message, innerException)
    {
        Stage = stage;
        MayBeStored = mayBeStored;
    }

    /// <summary>The step that failed.</summary>
    public AuditWriteStage Stage { get; }

    /// <summary>Whether the record may be stored all the same.</summary>
    public bool MayBeStored { get; }
}
