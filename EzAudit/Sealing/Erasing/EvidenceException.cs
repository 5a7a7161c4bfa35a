namespace EzAudit.Sealing.Erasing;

/// <summary>Bytes are not those that the ledger vouches for. Erasing there would hide who changed them.</summary>
internal sealed class EvidenceException(string message) : Exception(message);
