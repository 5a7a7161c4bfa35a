using EzAudit.Sealing.Ledger;

namespace EzAudit.Sealing.Erasing;

/// <summary>The leaves that must be replaced before and after bytes of a file are overwritten. Valid until an extent of its log files is added.</summary>
/// <param name="Logs">The log files that the file is; none if the ledger does not know it.</param>
/// <param name="Renewals">The leaves.</param>
/// <param name="IsCovered">Whether the ledger accounts for all bytes that are overwritten.</param>
internal sealed record RenewalSet(IReadOnlyList<IndexedLog> Logs, IReadOnlyList<Renewal> Renewals, bool IsCovered)
{
    // A process that lives attests within a tenth of a second what another one had to adopt.
    private const long SettleMicroseconds = 1_000_000;

    private readonly long _version = Logs.Sum(log => (long)log.Version);

    /// <summary>Whether no extent was added since.</summary>
    public bool IsCurrent => Logs.Sum(log => (long)log.Version) == _version;

    /// <summary>Whether a process that lives is about to attest bytes that are overwritten: it must find them as it wrote them.</summary>
    public bool MayChange(long now) => !IsCovered || Renewals.Any(renewal =>
        renewal.Extent.Kind == LeafKind.Adopted && now - renewal.Extent.Time is >= 0 and < SettleMicroseconds);
}

/// <summary>A leaf whose bytes change, and the leaf that vouches for them afterwards.</summary>
/// <param name="Extent">The leaf that vouches for them now; its salt is dropped at the end.</param>
/// <param name="Begun">The next leaf, if an erasure that was interrupted has added it.</param>
/// <param name="Next">The next leaf, if it must be added.</param>
internal sealed record Renewal(IndexedExtent Extent, IndexedExtent? Begun, SealedLeaf? Next);
