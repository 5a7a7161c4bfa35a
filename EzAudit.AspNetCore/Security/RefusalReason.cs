namespace EzAudit.AspNetCore.Security;

/// <summary>Gives a one-word reason for refused credentials. Never uses a handler's message, which may contain the credentials.</summary>
internal static class RefusalReason
{
    // Matches parts of exception names, because the types are in packages that this project does not reference.
    private static readonly (string Part, string Reason)[] Tokens =
    [
        ("Expired", "expired"), ("NotYetValid", "not-yet-valid"), ("Signature", "signature"), ("Audience", "audience"), ("Issuer", "issuer"),
        ("Revoked", "revoked"), ("Malformed", "malformed"), ("Decryption", "decryption"), ("Replay", "replayed"),
    ];

    // A handler that refuses by itself passes a message, such as JwtBearer's OnTokenValidated with Fail("revoked").
    private static readonly string[] Words = ["revoked", "expired", "disabled", "locked"];

    public static string Of(Exception failure, string otherwise)
    {
        foreach (Exception exception in Chain(failure))
        {
            string type = exception.GetType().Name;
            if (Tokens.FirstOrDefault(token => type.Contains(token.Part, StringComparison.Ordinal)).Reason is { } reason) return reason;
        }
        return Words.FirstOrDefault(word => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) ?? otherwise;
    }

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        if (failure is AggregateException several) return several.InnerExceptions.SelectMany(Chain);
        return failure.InnerException is { } inner ? Chain(inner).Prepend(failure) : [failure];
    }
}
