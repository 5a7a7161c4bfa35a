namespace EzAudit.Settings;

/// <summary>What happens when a function that has no file name is written.</summary>
internal enum UnknownFunctionPolicy
{
    Ignore,
    Report,
    Throw,
}
