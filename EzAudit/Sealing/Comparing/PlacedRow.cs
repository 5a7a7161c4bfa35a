using EzAudit.Extensibility;

namespace EzAudit.Sealing.Comparing;

/// <summary>A record of a store on its way past the extents of its log file. Not thread-safe.</summary>
internal sealed class PlacedRow(AuditPlacedRecord record)
{
    public AuditPlacedRecord Record => record;

    public long Begin => record.Place.Offset;

    public long End => record.Place.Offset + record.Bytes.Length;

    public RowState State { get; private set; }

    /// <summary>The leaf that decided.</summary>
    public long? Leaf { get; private set; }

    /// <summary>The time of that leaf, in microseconds.</summary>
    public long Time { get; private set; }

    /// <summary>Notes what an extent says; the most favourable one counts.</summary>
    public void Raise(RowState state, in VouchedExtent extent)
    {
        if (state < State || (state == State && Leaf is not null)) return;
        (State, Leaf, Time) = (state, extent.Probe.Seq, extent.Time);
    }
}

/// <summary>What the ledger says about a record of a store, from bad to good.</summary>
internal enum RowState
{
    /// <summary>No extent has a record there.</summary>
    Unplaced,

    /// <summary>The extent has other bytes.</summary>
    Changed,

    /// <summary>The extent has other bytes than all of its records together: at least one was changed.</summary>
    Suspect,

    /// <summary>Other bytes of the extent are unknown, so its digest cannot be compared.</summary>
    Unverified,

    /// <summary>The extent was erased by order.</summary>
    Erased,

    /// <summary>The bytes are those that were found after a writer was killed.</summary>
    Adopted,

    /// <summary>The bytes are those that the ledger vouches for.</summary>
    Attested,
}
