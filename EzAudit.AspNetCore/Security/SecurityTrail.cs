using System.Collections.Frozen;
using EzAudit.Extensibility;
using EzAudit.Plugins;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>
/// Writes the records of sign-ins, sessions, denials and Identity. Asynchronous, so that no thread-pool thread waits for the disk: that is why
/// it does not use the typed calls of EzAudit.Plugins, but takes the field names from the same definitions.
/// </summary>
internal sealed class SecurityTrail(ObservedTrail trail, FailureFolding folding)
{
    private static readonly FrozenDictionary<string, AuditFunction> Definitions = Define();

    private static readonly string[] Categories = ["access", "account", "authentication", "group", "password", "permission", "role", "session"];

    /// <summary>The functions written here.</summary>
    public static IReadOnlyList<string> Functions { get; } = [.. Definitions.Values.Where(function => Categories.Contains(function.Category)).Select(function => function.Name)];

    /// <inheritdoc cref="ObservedTrail.Details"/>
    public DetailReader Details => trail.Details;

    /// <inheritdoc cref="ObservedTrail.Writes"/>
    public bool Writes(string function) => trail.Writes(function);

    /// <summary>Writes one record, unless its function is turned off.</summary>
    /// <param name="function">The function.</param>
    /// <param name="values">The values of its fields in order; <see langword="null"/> leaves a field out.</param>
    public ValueTask<bool> WriteAsync(string function, params ReadOnlySpan<object?> values) =>
        trail.Writes(function) ? StoreAsync(CurrentRequest, function, Definitions[function].FieldsOf(values)) : ValueTask.FromResult(false);

    /// <summary>Writes one record for a user whom the request does not know yet.</summary>
    public ValueTask<bool> WriteAsync(AuditOrigin origin, string function, params ReadOnlySpan<object?> values)
    {
        if (!trail.Writes(function)) return ValueTask.FromResult(false);
        HttpContext? request = CurrentRequest;
        using (AuditContext.Use(origin)) return StoreAsync(request, function, Definitions[function].FieldsOf(values));
    }

    private static HttpContext? CurrentRequest => (AuditContext.Origin as RequestOrigin)?.Request;

    private async ValueTask<bool> StoreAsync(HttpContext? request, string function, AuditField[] fields)
    {
        try
        {
            AuditField[]? written = FailureFolding.Folds(function) ? await folding.CountAsync(function, fields).ConfigureAwait(false) : fields;
            return written is null || await trail.WriteAsync(function, written).ConfigureAwait(false);
        }
        catch (AuditWriteException failure) when (request is not null)
        {
            // Error pages and the application's own handlers may swallow the exception, so tell the response guard.
            SecurityFacts.Of(request).Unrecorded ??= failure;
            throw;
        }
    }

    private static FrozenDictionary<string, AuditFunction> Define()
    {
        var registry = new AuditRegistry();
        foreach (IAuditPlugin plugin in BuiltInPlugins.Create()) plugin.Register(registry);
        return registry.Functions.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
    }
}
