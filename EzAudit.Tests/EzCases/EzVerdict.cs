namespace EzAudit.Tests.EzCases;

/// <summary>What EzAudit must do with a recorded run of eZ Publish.</summary>
internal enum EzVerdict
{
    /// <summary>Do what eZ did, byte for byte.</summary>
    Same,

    /// <summary>Deviate deliberately, as the case specifies.</summary>
    Differs,

    /// <summary>Refuse the settings, naming file and line.</summary>
    SettingsError,

    /// <summary>Throw, at the start or at a call, and leave existing files as they are.</summary>
    Error,

    /// <summary>Nothing: an accident of PHP, or outside the scope of this component.</summary>
    Skip,
}
