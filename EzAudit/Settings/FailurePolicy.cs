namespace EzAudit.Settings;

/// <summary>What a failed write does to the caller.</summary>
internal enum FailurePolicy
{
    Fail,
    Continue,
    Shutdown,
}
