namespace EzAudit.PostgreSql.Schema;

/// <summary>Thrown when the store cannot be used; the message says why, and what to do.</summary>
public sealed class AuditStoreException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public AuditStoreException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
