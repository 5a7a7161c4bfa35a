using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records states of content: <c>state-assign</c>.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>.</remarks>
public static class StateAudit
{
    private const string SelectedStateIds = "Selected State ID Array";

    /// <summary>The definition of <c>state-assign</c>.</summary>
    public static AuditFunction AssignFunction { get; } = new AuditFunction
    {
        Name = "state-assign",
        DefaultFileName = "state_assign.log",
        Fields = [FieldNames.ContentObjectId, FieldNames.ContentObjectName, SelectedStateIds, FieldNames.Comment],
        EventName = "AssignState",
        Sentence = $"States {{{SelectedStateIds}}} were assigned to '{{{FieldNames.ContentObjectName}}}' ({{{FieldNames.ContentObjectId}}}).",
        Category = "content",
    }.MappedTo("file/change", "3004:3");

    /// <summary>The states of an object were set.</summary>
    /// <param name="contentObjectId">The object.</param>
    /// <param name="contentObjectName">The object's name.</param>
    /// <param name="selectedStateIds">The states; may be empty. Written as one text joined by <c>, </c>.</param>
    /// <param name="comment">A short description of what was done.</param>
    public static bool Assign<TId>(
        AuditId contentObjectId,
        string contentObjectName,
        IEnumerable<TId> selectedStateIds,
        string comment = "Updated the states of the object") =>
        AuditTrail.WriteAudit(
            AssignFunction.Name,
            contentObjectId.AsField(FieldNames.ContentObjectId),
            (FieldNames.ContentObjectName, contentObjectName),
            new AuditField(SelectedStateIds, (object?)selectedStateIds),
            (FieldNames.Comment, comment));
}
