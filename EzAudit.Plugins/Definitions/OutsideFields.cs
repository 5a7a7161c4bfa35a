using System.Collections.Frozen;

namespace EzAudit.Plugins.Definitions;

/// <summary>The fields with unchecked outside values: a failed sign-in can contain any login, and a call any path.</summary>
internal static class OutsideFields
{
    private const int ShortText = 1024;

    // Up to a hundred ids, or a search text: evidence that must stay complete if it is honest.
    private const int LongList = 8192;

    private static readonly FrozenDictionary<string, int> Limits = new[]
    {
        "User login", "User id", "User", "Email", "Method", "Path", "URL", "Protocol", "User agent", "Scheme", "Provider", "Client", "Client id", "Key id", "Scope",
        "Session id", "Attached session id", "Exception type", "Message", "Trace id", "Required policy", "Redirected to", "Endpoint", "Page", "Factor", "Passkey name",
    }.Select(name => KeyValuePair.Create(name, ShortText))
        .Concat([KeyValuePair.Create("Query", LongList), KeyValuePair.Create("ids", LongList)])
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The limits for those of a function's fields that have one.</summary>
    public static IReadOnlyDictionary<string, int> LimitsOf(IEnumerable<string> fields) =>
        fields.Where(Limits.ContainsKey).ToFrozenDictionary(name => name, name => Limits[name], StringComparer.Ordinal);
}
