using EzAudit.Records;

namespace EzAudit.AspNetCore.Security;

/// <summary>Makes the fields of a record from values alone, so that each name appears only in the function's definition.</summary>
internal static class FunctionFields
{
    /// <param name="function">The function.</param>
    /// <param name="values">The values of its fields, in order; <see langword="null"/> leaves a field out.</param>
    public static AuditField[] FieldsOf(this AuditFunction function, ReadOnlySpan<object?> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, function.Fields.Count);
        var fields = new List<AuditField>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is long number) fields.Add(new AuditField(function.Fields[i], number));
            else if (values[i] is { } value) fields.Add(new AuditField(function.Fields[i], value));
        }
        return [.. fields];
    }
}
