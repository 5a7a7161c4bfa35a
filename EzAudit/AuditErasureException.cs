namespace EzAudit;

/// <summary>An erasure cannot begin, or stopped in the middle. Nothing is lost; running it again finishes it.</summary>
public sealed class AuditErasureException : AuditException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public AuditErasureException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
