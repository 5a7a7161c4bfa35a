namespace EzAudit.Plugins;

/// <summary>The names of fields that several groups of functions use.</summary>
internal static class FieldNames
{
    public const string Comment = "Comment";
    public const string NodeId = "Node ID";
    public const string ContentObjectId = "Content object ID";
    public const string ContentObjectName = "Content object name";
}
