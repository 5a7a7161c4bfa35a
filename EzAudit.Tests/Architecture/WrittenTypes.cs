using System.Runtime.CompilerServices;

namespace EzAudit.Tests.Architecture;

/// <summary>Tells the types that people wrote from those that the compiler and its generators put beside them.</summary>
internal static class WrittenTypes
{
    /// <summary>Whether the type, or the type around it, stands in a source file of ours. A lambda's type counts as its surroundings do.</summary>
    public static bool Contain(Type type) =>
        type.Namespace is { } name
        && (name == "EzAudit" || name.StartsWith("EzAudit.", StringComparison.Ordinal));

    /// <summary>Whether the type itself stands in a source file.</summary>
    public static bool Are(Type type) => Contain(type) && !IsGenerated(type);

    public static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false) || type.Name.Contains('<', StringComparison.Ordinal);
}
