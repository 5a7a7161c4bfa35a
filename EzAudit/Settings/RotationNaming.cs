namespace EzAudit.Settings;

/// <summary>What a rotated file is called.</summary>
internal enum RotationNaming
{
    /// <summary><c>login.log.2026-11-22.1</c></summary>
    Dated,

    /// <summary><c>login.log.1</c> is the newest, as in eZ Publish.</summary>
    Numbered,
}
