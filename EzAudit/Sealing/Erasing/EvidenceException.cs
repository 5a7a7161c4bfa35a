using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Erasing;

/// <summary>Bytes are not those that the ledger vouches for. Erasing there would hide who changed them.</summary>
internal sealed class EvidenceException(string message, ByteRange? range = null) : Exception(message)
{
    /// <summary>The bytes; <see langword="null"/> if it is not known which.</summary>
    public ByteRange? Range => range;
}
