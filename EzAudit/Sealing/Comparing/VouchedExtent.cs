using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Comparing;

/// <summary>An extent that a leaf vouches for, as it was written.</summary>
/// <param name="Kind">The kind of the leaf.</param>
/// <param name="Time">The time of the leaf, in microseconds.</param>
/// <param name="Probe">The bytes, the leaf, and the digest.</param>
/// <param name="IsErased">Whether the salt is gone, so that nothing can be compared with the digest any more.</param>
internal readonly record struct VouchedExtent(LeafKind Kind, long Time, ExtentProbe Probe, bool IsErased);
