using EzAudit.Records;

namespace EzAudit.AspNetCore.Views;

/// <summary>Records that an entity was viewed.</summary>
internal sealed class ViewObservation(string entityType, string idFrom, string? pathFrom, string? projectFrom) : IObservation
{
    public string Function => ViewFields.View;

    public bool Tells(ObservedRequest request) => request.WasShown;

    public IEnumerable<AuditField> Describe(ObservedRequest request)
    {
        yield return new AuditField(ViewFields.EntityType, entityType);
        if ((request.Said.Path ?? request.Value(pathFrom)) is { } path) yield return new AuditField(ViewFields.EntityPath, path);
        if ((request.Said.Id ?? request.Value(idFrom)) is { } id) yield return new AuditField(ViewFields.EntityId, id);
        if ((request.Said.Project ?? request.Value(projectFrom)) is { } project) yield return new AuditField(ViewFields.ProjectName, project);
    }
}
