using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>
/// Tells the function of a record that does not say it by the names of its fields: where each function of the file has a definition, and just one of them
/// has exactly these fields.
/// </summary>
internal sealed class FunctionFields
{
    // What ExtraFields[] adds behind the caller's fields.
    private static readonly string[] Added = ["Session id", "Trace id", "Thread id", "Process id"];

    private readonly Dictionary<string, string?> _functions = new(StringComparer.Ordinal);

    private FunctionFields(IEnumerable<AuditFunction> functions)
    {
        foreach (AuditFunction function in functions)
        {
            string key = KeyOf(function.Fields);
            // Two with the same fields cannot be told apart.
            _functions[key] = _functions.ContainsKey(key) ? null : function.Name;
        }
    }

    /// <summary>What tells the functions of a file; <see langword="null"/> where fields cannot.</summary>
    public static Func<AuditRecord, string?>? Of(IReadOnlyList<string> functions, IReadOnlyDictionary<string, AuditFunction> definitions)
    {
        if (functions.Count < 2) return null;
        AuditFunction[] known = [.. functions.Where(definitions.ContainsKey).Select(function => definitions[function])];
        if (known.Length < functions.Count || known.Any(function => function.Fields.Count == 0)) return null;
        return new FunctionFields(known).FunctionOf;
    }

    private string? FunctionOf(AuditRecord record)
    {
        IEnumerable<string> names = record.Fields.Select(field => field.Name);
        if (_functions.TryGetValue(KeyOf(names), out string? function)) return function;
        return _functions.GetValueOrDefault(KeyOf(names.Reverse().SkipWhile(Added.Contains).Reverse()));
    }

    private static string KeyOf(IEnumerable<string> names) => string.Join('\n', names);
}
