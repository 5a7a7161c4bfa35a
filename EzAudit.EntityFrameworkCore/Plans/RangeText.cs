namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>The text of PostgreSQL's ranges. Their own depends on the culture and leaves out fractions of a second.</summary>
internal static class RangeText
{
    // By name: EzAudit depends on no provider.
    private const string TypeName = "NpgsqlTypes.NpgsqlRange`1";

    /// <summary>The text, such as <c>[1,10)</c>; <see langword="null"/> of what is no range.</summary>
    public static string? Of(object value)
    {
        Type type = value.GetType();
        if (!type.IsGenericType || type.GetGenericTypeDefinition().FullName != TypeName) return null;
        if (Is("IsEmpty")) return "empty";
        string lower = Is("LowerBoundInfinite") ? "" : Bound("LowerBound");
        string upper = Is("UpperBoundInfinite") ? "" : Bound("UpperBound");
        return $"{(Is("LowerBoundIsInclusive") ? '[' : '(')}{lower},{upper}{(Is("UpperBoundIsInclusive") ? ']' : ')')}";

        bool Is(string name) => type.GetProperty(name)?.GetValue(value) is true;
        string Bound(string name) => ColumnText.Of(type.GetProperty(name)?.GetValue(value));
    }
}
