using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>Sees the objects that queries make, for the keys of what was read.</summary>
/// <remarks>One for all contexts: EF makes its services anew for each other one.</remarks>
internal sealed class ReadInterceptor : IMaterializationInterceptor
{
    private ReadInterceptor()
    {
    }

    public static ReadInterceptor Instance { get; } = new();

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        if (OpenQueries.Last(materializationData.Context) is { } query)
            query.Add(materializationData.EntityType, property => materializationData.GetPropertyValue(property));
        return entity;
    }
}
