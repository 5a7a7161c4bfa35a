namespace EzAudit.Sealing.Keys;

/// <summary>There is no key to sign with, or the signer failed. Nothing was signed.</summary>
internal sealed class SealKeyException(string message, Exception? innerException = null) : Exception(message, innerException);
