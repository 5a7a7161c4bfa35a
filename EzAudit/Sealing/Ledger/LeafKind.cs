namespace EzAudit.Sealing.Ledger;

/// <summary>What a leaf of the ledger says; the value is the first character of its line.</summary>
internal enum LeafKind : byte
{
    /// <summary>A new trust root: vkey.</summary>
    Genesis = (byte)'g',

    /// <summary>A writer began: instance, pid, host.</summary>
    Started = (byte)'s',

    /// <summary>A writer ended cleanly: instance.</summary>
    Stopped = (byte)'z',

    /// <summary>A log file became known: fid, base, inode, name.</summary>
    File = (byte)'f',

    /// <summary>Attested records: an extent.</summary>
    Records = (byte)'r',

    /// <summary>Bytes found in a log file and not attested: an extent.</summary>
    Adopted = (byte)'a',

    /// <summary>A torn record, not attested: an extent.</summary>
    Torn = (byte)'u',

    /// <summary>The extent that replaced another one by order: an extent, target, order.</summary>
    Erased = (byte)'e',

    /// <summary>An order to erase: who, why and what.</summary>
    Order = (byte)'o',

    /// <summary>A log file was renamed: fid, name.</summary>
    Renamed = (byte)'m',

    /// <summary>A log file was removed by retention: fid, reason.</summary>
    Removed = (byte)'p',

    /// <summary>Records were lost: fid, count, reason.</summary>
    Dropped = (byte)'d',

    /// <summary>The settings in force: digest.</summary>
    Settings = (byte)'i',

    /// <summary>A log file was shorter than the ledger vouches for: fid, expected, actual.</summary>
    Shortened = (byte)'x',

    /// <summary>The public key of the next epoch: epoch, vkey.</summary>
    NextKey = (byte)'k',

    /// <summary>A sign of life.</summary>
    Heartbeat = (byte)'n',

    /// <summary>The bytes before this line are a line that was written only in part: len, digest.</summary>
    TornLine = (byte)'l',
}
