namespace EzAudit.Nats.Messages;

/// <summary>Builds the subjects of messages: <c>PREFIX.ORIGIN.FUNCTION</c>.</summary>
internal static class MessageSubject
{
    public static string Of(string prefix, string origin, string function) => $"{prefix}.{Token(origin)}.{Token(function)}";

    /// <summary>
    /// A text as one token: ASCII letters, digits and <c>-</c>, <c>_</c>, <c>~</c> stay, everything else is percent-encoded, so that no dot, blank or wildcard is left.
    /// </summary>
    public static string Token(string text)
    {
        string encoded = Uri.EscapeDataString(text).Replace(".", "%2E", StringComparison.Ordinal);
        return encoded.Length == 0 ? "-" : encoded;
    }
}
