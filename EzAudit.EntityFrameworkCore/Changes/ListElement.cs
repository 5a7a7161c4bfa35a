using System.Diagnostics.CodeAnalysis;
using EzAudit.EntityFrameworkCore.Plans;

namespace EzAudit.EntityFrameworkCore.Changes;

/// <summary>An element of a complex collection before or after a change.</summary>
/// <param name="Instance">The object itself, which identifies an element that moved.</param>
/// <param name="Values">The values of its columns, in the plan's order.</param>
/// <param name="Lists">The elements of its lists, in the plan's order; <see langword="null"/> for a null list.</param>
internal sealed record ListElement(object? Instance, IReadOnlyList<ColumnValue> Values, IReadOnlyList<IReadOnlyList<ListElement>?> Lists)
{
    /// <summary>Whether both have the same values.</summary>
    public bool HasValuesOf(ListElement other) =>
        Instance is null == other.Instance is null && Values.SequenceEqual(other.Values) && Lists.Zip(other.Lists).All(pair => AreEqual(pair.First, pair.Second));

    private static bool AreEqual(IReadOnlyList<ListElement>? left, IReadOnlyList<ListElement>? right) =>
        left is null || right is null
            ? left is null && right is null
            : left.Count == right.Count && left.Zip(right).All(pair => pair.First.HasValuesOf(pair.Second));
}

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
