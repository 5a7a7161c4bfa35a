namespace EzAudit.Tests.EzCases;

/// <summary>What EzAudit must do with a recorded run of eZ Publish.</summary>
internal enum EzVerdict
{
    /// <summary>What eZ did, byte for byte.</summary>
    Same,

    /// <summary>A deliberate deviation that the case writes out.</summary>
    Differs,

    /// <summary>Refuse the settings, naming file and line.</summary>
    SettingsError,

    /// <summary>Throw, at the start or at a call; leave what is there as it is.</summary>
    Error,

    /// <summary>Nothing: an accident of PHP, or not this component's business.</summary>
    Skip,
}
