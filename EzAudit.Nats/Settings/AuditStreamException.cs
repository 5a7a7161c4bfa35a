namespace EzAudit.Nats.Settings;

/// <summary>Thrown when the stream cannot be used; the message says why, and what to do.</summary>
public sealed class AuditStreamException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public AuditStreamException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
