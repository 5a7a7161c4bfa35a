namespace EzAudit.AspNetCore.Security;

/// <summary>Removes secrets from the message of an exception.</summary>
internal static class FailureText
{
    private const string Hidden = "[redacted]";

    public static string Of(Exception failure, params IEnumerable<string?> secrets)
    {
        string text = failure.Message;
        foreach (string? secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret)) text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }
        return text;
    }
}
