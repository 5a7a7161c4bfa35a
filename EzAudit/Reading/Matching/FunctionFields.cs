using EzAudit.Records;

namespace EzAudit.Reading.Matching;

/// <summary>
/// Derives the function of a record that does not state it from the names of its fields. This requires that each function of the file has a definition
/// and that exactly one of them has these fields.
/// </summary>
internal sealed class FunctionFields
{
    // ExtraFields[] adds these after the caller's fields.
    private static readonly string[] Added = ["Session id", "Trace id", "Thread id", "Process id"];

    private readonly Dictionary<string, string?> _functions = new(StringComparer.Ordinal);

    private FunctionFields(IEnumerable<AuditFunction> functions)
    {
        foreach (AuditFunction function in functions)
        {
            string key = KeyOf(function.Fields);
            // Two functions with the same fields cannot be told apart.
            _functions[key] = _functions.ContainsKey(key) ? null : function.Name;
        }
    }

    /// <summary>Returns the function that derives it for a file; <see langword="null"/> if the fields cannot decide.</summary>
    public static Func<IReadOnlyList<string>, string?>? Of(IReadOnlyList<string> functions, IReadOnlyDictionary<string, AuditFunction> definitions)
    {
        if (functions.Count < 2) return null;
        AuditFunction[] known = [.. functions.Where(definitions.ContainsKey).Select(function => definitions[function])];
        if (known.Length < functions.Count || known.Any(function => function.Fields.Count == 0)) return null;
        return new FunctionFields(known).FunctionOf;
    }

    private string? FunctionOf(IReadOnlyList<string> names)
    {
        if (_functions.TryGetValue(KeyOf(names), out string? function)) return function;
        return _functions.GetValueOrDefault(KeyOf(names.Reverse().SkipWhile(Added.Contains).Reverse()));
    }

    private static string KeyOf(IEnumerable<string> names) => string.Join('\n', names);
}
