using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records sections of the content tree: <c>section-assign</c>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.</remarks>
public static class SectionAudit
{
    private const string SectionId = "Section ID";
    private const string SectionName = "Section name";

    /// <summary>The definition of <c>section-assign</c>.</summary>
    public static AuditFunction AssignFunction { get; } = new AuditFunction
    {
        Name = "section-assign",
        DefaultFileName = "section_assign.log",
        Fields = [SectionId, SectionName, FieldNames.NodeId, FieldNames.ContentObjectId, FieldNames.ContentObjectName, FieldNames.Comment],
        EventName = "AssignSection",
        Sentence = $"Section '{{{SectionName}}}' ({{{SectionId}}}) was assigned to '{{{FieldNames.ContentObjectName}}}' (node {{{FieldNames.NodeId}}}).",
        Category = "content",
    }.MappedTo("file/change", "3004:3");

    /// <summary>A section was assigned to a node and everything below it.</summary>
    /// <param name="sectionId">The section.</param>
    /// <param name="sectionName">The section's name.</param>
    /// <param name="nodeId">The node.</param>
    /// <param name="contentObjectId">The object at the node.</param>
    /// <param name="contentObjectName">The object's name.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Assign(
        AuditId sectionId,
        string sectionName,
        AuditId nodeId,
        AuditId contentObjectId,
        string contentObjectName,
        string comment = "Assigned the section to the node and all below it") =>
        AuditTrail.WriteAudit(
            AssignFunction.Name,
            sectionId.AsField(SectionId),
            (SectionName, sectionName),
            nodeId.AsField(FieldNames.NodeId),
            contentObjectId.AsField(FieldNames.ContentObjectId),
            (FieldNames.ContentObjectName, contentObjectName),
            (FieldNames.Comment, comment));
}
