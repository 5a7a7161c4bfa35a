using System.Runtime.CompilerServices;

namespace EzAudit.Tests.Architecture;

/// <summary>Tells hand-written types from those that the compiler and its generators add.</summary>
internal static class WrittenTypes
{
    /// <summary>Whether the type, or the type that contains it, is in one of our source files. The type of a lambda counts as its container does.</summary>
    public static bool Contain(Type type) =>
        type.Namespace is { } name
        && (name == "EzAudit" || name.StartsWith("EzAudit.", StringComparison.Ordinal));

    /// <summary>Whether the type itself is in a source file.</summary>
    public static bool Are(Type type) => Contain(type) && !IsGenerated(type);

    public static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false) || type.Name.Contains('<', StringComparison.Ordinal);
}
