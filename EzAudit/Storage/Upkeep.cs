namespace EzAudit.Storage;

/// <summary>When a log file wants to be looked after again; the more urgent, the greater.</summary>
internal enum Upkeep
{
    /// <summary>Not before it is written to.</summary>
    Done,

    /// <summary>Within a second: some of it is not on disk.</summary>
    Later,

    /// <summary>Within milliseconds: others may wait for its lease.</summary>
    Soon,
}
