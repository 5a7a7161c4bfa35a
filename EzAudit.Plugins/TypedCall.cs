using System.Diagnostics;
using System.Runtime.CompilerServices;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Writes a record of a defined function, so that each field's name appears only in the definition.</summary>
internal static class TypedCall
{
    private const int MostFields = 9;

    /// <summary>Writes one record with values in the order of the function's fields. Values left out are not written.</summary>
    public static bool Write(this AuditFunction function, params ReadOnlySpan<FieldValue> values)
    {
        Debug.Assert(values.Length == function.Fields.Count && values.Length <= MostFields, function.Name);
        var fields = new Fields();
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].IsLeftOut) fields[count++] = values[i].As(function.Fields[i]);
        }
        return AuditTrail.WriteAudit(function.Name, ((ReadOnlySpan<AuditField>)fields)[..count]);
    }

    /// <summary>Space on the stack for the fields of any function.</summary>
    [InlineArray(MostFields)]
    private struct Fields
    {
        private AuditField _first;
    }
}
