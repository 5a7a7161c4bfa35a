namespace EzAudit.Tests.Architecture;

/// <summary>The namespaces of one project, ordered so that each may name only those below it.</summary>
/// <param name="root">The namespace of the project.</param>
/// <param name="floors">The namespaces below the root, from the top; an empty string is the root itself. Every namespace needs its own floor.</param>
internal sealed class FloorPlan(string root, params IReadOnlyList<string> floors)
{
    public string Root => root;

    /// <summary>The violations: <c>Lower.Type names Upper.Type</c>, and types in a namespace that has no floor.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Type> types) => types.SelectMany(Violations).Distinct().Order(StringComparer.Ordinal).ToList();

    /// <summary>Floors of the plan that contain no type.</summary>
    public IReadOnlyList<string> Empty(IEnumerable<Type> types) => floors.Except(types.Select(type => NameOf(type.Namespace)).OfType<string>()).ToList();

    /// <summary>The index of a namespace's floor, from the top; <see langword="null"/> if it has none.</summary>
    public int? FloorOf(string? name)
    {
        if (NameOf(name) is not { } floor) return null;
        int number = floors.TakeWhile(other => other != floor).Count();
        return number < floors.Count ? number : null;
    }

    private string? NameOf(string? name)
    {
        if (name == root) return "";
        return name?.StartsWith(root + ".", StringComparison.Ordinal) == true ? name[(root.Length + 1)..] : null;
    }

    private IEnumerable<string> Violations(Type type)
    {
        if (FloorOf(type.Namespace) is not { } floor) return [$"{type.FullName} has no floor"];
        return NamedTypes.Of(type)
            .Where(named => FloorOf(named.Namespace) is { } other && other < floor)
            .Select(named => $"{Outermost(type).FullName} names {Outermost(named).FullName}");
    }

    // The compiler nests the types that it generates for lambdas and iterators; report the type that declares them.
    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } around) type = around;
        return type;
    }
}
