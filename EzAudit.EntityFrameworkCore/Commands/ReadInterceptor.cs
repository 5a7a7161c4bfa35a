using EzAudit.EntityFrameworkCore.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Sees the objects that queries make: for the keys of what was read, and to tell what was read from what was attached.</summary>
/// <remarks>One instance for all contexts: EF builds another service provider for each other instance.</remarks>
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
