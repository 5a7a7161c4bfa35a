namespace EzAudit.EntityFrameworkCore.Plans;

/// <summary>Formats PostgreSQL's ranges. Their own text depends on the culture and omits fractions of a second.</summary>
internal static class RangeText
{
    // By name, because EzAudit depends on no provider.
    private const string TypeName = "NpgsqlTypes.NpgsqlRange`1";

    /// <summary>The text, such as <c>[1,10)</c>; <see langword="null"/> if the value is not a range.</summary>
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
