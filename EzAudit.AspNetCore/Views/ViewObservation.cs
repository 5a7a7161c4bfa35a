using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records that somebody looked at something.</summary>
internal sealed class ViewObservation(AuditViewAttribute attribute) : IObservation
{
    public string Function => ViewFields.View;

    public bool Tells(ObservedRequest request) => request.WasShown;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        yield return new AuditField(ViewFields.EntityType, attribute.EntityType);
        if ((request.Said.Path ?? request.Value(attribute.PathFrom)) is { } path) yield return new AuditField(ViewFields.EntityPath, path);
        if ((request.Said.Id ?? request.Value(attribute.IdFrom)) is { } id) yield return new AuditField(ViewFields.EntityId, id);
        if ((request.Said.Project ?? request.Value(attribute.ProjectFrom)) is { } project) yield return new AuditField(ViewFields.ProjectName, project);
    }
}
