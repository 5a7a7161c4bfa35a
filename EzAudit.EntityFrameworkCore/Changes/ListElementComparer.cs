using System.Diagnostics.CodeAnalysis;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>Compares elements by their values.</summary>
internal sealed class ListElementComparer : IEqualityComparer<ListElement>
{
    private ListElementComparer()
    {
    }

    public static ListElementComparer Instance { get; } = new();

    public bool Equals(ListElement? x, ListElement? y) => x is null || y is null ? ReferenceEquals(x, y) : x.HasValuesOf(y);

    public int GetHashCode([DisallowNull] ListElement obj)
    {
        var hash = new HashCode();
        foreach (var value in obj.Values) hash.Add(value);
        foreach (var list in obj.Lists) hash.Add(list?.Count ?? -1);
        return hash.ToHashCode();
    }
}
