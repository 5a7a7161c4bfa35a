using System.Collections.Frozen;

namespace EzAudit.Plugins.Definitions;

/// <summary>The fields whose values come from outside as they are: whoever fails to sign in chooses the login, and whoever calls chooses the path.</summary>
internal static class OutsideFields
{
    private const int FewHundredCharacters = 1024;

    // Up to a hundred ids, or what somebody searched for: evidence that must stay whole where it is honest.
    private const int LongList = 8192;

    private static readonly FrozenDictionary<string, int> Limits = new[]
    {
        "User login", "User id", "User", "Email", "Method", "Path", "URL", "Protocol", "User agent", "Scheme", "Provider", "Client", "Client id", "Key id", "Scope",
        "Session id", "Attached session id", "Exception type", "Message", "Trace id", "Required policy", "Redirected to", "Endpoint", "Page", "Factor", "Passkey name",
    }.Select(name => KeyValuePair.Create(name, FewHundredCharacters))
        .Concat([KeyValuePair.Create("Query", LongList), KeyValuePair.Create("ids", LongList)])
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The limits of those among the fields of a function.</summary>
    public static IReadOnlyDictionary<string, int> LimitsOf(IEnumerable<string> fields) =>
        fields.Where(Limits.ContainsKey).ToFrozenDictionary(name => name, name => Limits[name], StringComparer.Ordinal);
}
