namespace EzAudit.Reading;

/// <summary>Whether a record is wanted.</summary>
internal enum Match
{
    No,

    /// <summary>It is if it is of one function of its file, and not if it is of another.</summary>
    Maybe,
    Yes,
}
