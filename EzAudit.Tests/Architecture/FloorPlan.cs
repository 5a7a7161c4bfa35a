namespace EzAudit.Tests.Architecture;

/// <summary>Namespaces that stand one upon the other; each may name only those below it.</summary>
/// <param name="root">The namespace they are in. The root itself is the top floor.</param>
/// <param name="floors">Their names below the root, from the top.</param>
internal sealed class FloorPlan(string root, params IReadOnlyList<string> floors)
{
    private const int Top = -1;

    /// <summary>What breaks the plan: <c>Lower.Type names Upper.Type</c>, and types in a namespace that is no floor.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Type> types) => types.SelectMany(Violations).Distinct().Order(StringComparer.Ordinal).ToList();

    /// <summary>The number of a namespace's floor, from the top; <see langword="null"/> when it is none of the plan's.</summary>
    public int? FloorOf(string? name)
    {
        if (name == root) return Top;
        if (name is null || !name.StartsWith(root + ".", StringComparison.Ordinal)) return null;
        string first = name[(root.Length + 1)..].Split('.')[0];
        for (int floor = 0; floor < floors.Count; floor++)
        {
            if (floors[floor] == first) return floor;
        }
        return null;
    }

    private IEnumerable<string> Violations(Type type)
    {
        if (FloorOf(type.Namespace) is not { } floor) return [$"{type.FullName} stands on no floor"];
        return NamedTypes.Of(type)
            .Where(named => FloorOf(named.Namespace) is { } other && other < floor)
            .Select(named => $"{Outermost(type).FullName} names {Outermost(named).FullName}");
    }

    // What the compiler makes for lambdas and iterators is nested: the reader knows the type around it.
    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } around) type = around;
        return type;
    }
}
