namespace EzAudit.Storage;

/// <summary>When a log file wants to be looked after again.</summary>
internal enum Upkeep
{
    /// <summary>Not before it is written to.</summary>
    Done,

    /// <summary>Within milliseconds: others wait for its lease.</summary>
    Soon,

    /// <summary>Within a second: some of it is not on disk.</summary>
    Later,
}
