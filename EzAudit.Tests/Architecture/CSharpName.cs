using System.Reflection;

namespace EzAudit.Tests.Architecture;

/// <summary>Prints types as C# writes them, nullability included.</summary>
internal static class CSharpName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(char)] = "char",
        [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    /// <summary>The name with its nullability annotations.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef) return Of(type.GetElementType()!, nullability);
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Of(underlying) + "?";
        string mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        if (Keywords.TryGetValue(type, out string? keyword)) return keyword + mark;
        if (type.IsGenericParameter) return type.Name + mark;
        return Plain(type, nullability) + mark;
    }

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        string name = type.Name.Split('`')[0];
        if (type.IsNested) name = $"{Of(type.DeclaringType!)}.{name}";
        if (!type.IsGenericType) return name;
        Type[] arguments = type.GetGenericArguments();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
            return $"({string.Join(", ", arguments.Select((argument, i) => Of(argument, ArgumentOf(nullability, i))))})";
        return $"{name}<{string.Join(", ", arguments.Select((argument, i) => Of(argument, ArgumentOf(nullability, i))))}>";
    }

    private static NullabilityInfo? ArgumentOf(NullabilityInfo? nullability, int i) =>
        nullability?.GenericTypeArguments is { } arguments && i < arguments.Length ? arguments[i] : null;
}
