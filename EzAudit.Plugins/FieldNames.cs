namespace EzAudit.Plugins;

/// <summary>Names of fields that functions of more than one group have.</summary>
internal static class FieldNames
{
    public const string Comment = "Comment";
    public const string NodeId = "Node ID";
    public const string ContentObjectId = "Content object ID";
    public const string ContentObjectName = "Content object name";
}
