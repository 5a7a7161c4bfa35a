using System.Collections.Frozen;
using System.Runtime.InteropServices;
using EzAudit.AspNetCore.Context;
using EzAudit.Extensibility;
using EzAudit.Plugins;
using EzAudit.Records;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>
/// Writes what the observers of sign-ins, sessions, denials and Identity see. Awaited as requests are, so that no thread of the pool waits for the disk:
/// that is why it does not make the typed calls of EzAudit.Plugins, but takes the fields' names from the same definitions.
/// </summary>
internal sealed class SecurityTrail(ObservedTrail trail)
{
    private static readonly FrozenDictionary<string, AuditFunction> Definitions = Define();

    /// <inheritdoc cref="ObservedTrail.Details"/>
    public DetailReader Details => trail.Details;

    /// <inheritdoc cref="ObservedTrail.Writes"/>
    public bool Writes(string function) => trail.Writes(function);

    /// <summary>Writes one record, unless the settings do not write its function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="values">The values of its fields in their order; <see langword="null"/> for one that is left out.</param>
    public ValueTask<bool> WriteAsync(string function, params ReadOnlySpan<object?> values)
    {
        if (!trail.Writes(function)) return ValueTask.FromResult(false);
        IReadOnlyList<string> names = Definitions[function].Fields;
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, names.Count);
        var fields = new List<AuditField>(names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            if (values[i] is { } value) fields.Add(new AuditField(names[i], value));
        }
        return trail.WriteAsync(function, CollectionsMarshal.AsSpan(fields));
    }

    private static FrozenDictionary<string, AuditFunction> Define()
    {
        var registry = new AuditRegistry();
        foreach (IAuditPlugin plugin in BuiltInPlugins.Create()) plugin.Register(registry);
        return registry.Functions.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
    }
}
