using System.Runtime.InteropServices;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Verifying;

namespace EzAudit.Sealing.Erasing;

/// <summary>A leaf that vouches for the bytes of an extent, and where its salt is in the ledger.</summary>
/// <param name="Probe">Its bytes, salt and digest.</param>
/// <param name="FileId">The number of the log file.</param>
/// <param name="Records">The records that end in it.</param>
/// <param name="SaltPlace">Where its salt is.</param>
internal sealed record IndexedExtent(ExtentProbe Probe, long FileId, int Records, LedgerPosition SaltPlace)
{
    public LeafKind Kind { get; init; }

    /// <summary>Microseconds since 1970, UTC.</summary>
    public long Time { get; init; }

    /// <summary>The order of an erasure.</summary>
    public long Order { get; init; }

    /// <summary>Whether the salt was overwritten.</summary>
    public bool IsSaltDropped { get; set; }

    public long Seq => Probe.Seq;

    /// <summary>The salt as it is in the ledger, unless it was dropped.</summary>
    public string SaltText
    {
        get
        {
            UInt128 salt = Probe.Salt;
            return Convert.ToBase64String(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in salt)));
        }
    }
}

/// <summary>A place in a segment of the ledger.</summary>
internal readonly record struct LedgerPosition(int Segment, long Offset);
