namespace EzAudit.Settings;

/// <summary>What can be added behind a caller's fields by <c>ExtraFields[]</c>.</summary>
internal enum ExtraField
{
    Session,
    Trace,
    Thread,
    Process,
}
