namespace EzAudit;

/// <summary>The base of the exceptions that EzAudit throws at an application, so that one handler can catch them all.</summary>
/// <remarks>
/// A mistake of the caller is an <see cref="ArgumentException"/>, <see cref="InvalidOperationException"/> or <see cref="ObjectDisposedException"/>
/// instead. What plugins throw at EzAudit has no common base: the caller of a writer gets an <see cref="AuditWriteException"/> with the plugin's
/// exception inside.
/// </remarks>
public abstract class AuditException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What failed, and what that means for the caller.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    protected AuditException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
