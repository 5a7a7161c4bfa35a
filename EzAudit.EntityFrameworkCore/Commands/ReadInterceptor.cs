using EzAudit.EntityFrameworkCore.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Sees the objects that queries create: records need their keys, and entities that were read must be told apart from attached ones.</summary>
/// <remarks>There is one instance for all contexts, because EF builds another service provider for each further instance.</remarks>
internal sealed class ReadInterceptor : IMaterializationInterceptor
{
    private ReadInterceptor()
    {
    }

    public static ReadInterceptor Instance { get; } = new();

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        if (materializationData.QueryTrackingBehavior is null or QueryTrackingBehavior.TrackAll) KnownRows.Add(materializationData.Context, entity);
        if (OpenQueries.Last(materializationData.Context) is { } query)
            query.Add(materializationData.EntityType, property => materializationData.GetPropertyValue(property));
        return entity;
    }
}
