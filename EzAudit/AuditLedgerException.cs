namespace EzAudit;

/// <summary>A ledger does not vouch for what was asked for, because it is damaged, missing, or does not contain it.</summary>
public sealed class AuditLedgerException : AuditException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    public AuditLedgerException(string message) : base(message)
    {
    }
}
