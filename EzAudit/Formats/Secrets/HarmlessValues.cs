using System.Collections.Frozen;

namespace EzAudit.Formats.Secrets;

/// <summary>Words that follow the name of a secret in messages about it, and are not the secret: "password: required".</summary>
internal static class HarmlessValues
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new[]
    {
        "null", "nil", "none", "true", "false", "yes", "no", "on", "off", "n/a", "unknown", "undefined", "empty", "missing", "required", "optional", "invalid", "valid", "incorrect", "correct",
        "wrong", "expired", "expires", "revoked", "changed", "unchanged", "reset", "set", "unset", "not", "must", "should", "may", "can", "cannot", "is", "was", "has", "too", "the", "a", "an", "at", "be", "ok",
        "failed", "succeeded", "success", "failure", "error", "denied", "accepted", "rejected", "refused", "given", "redacted", "hidden", "masked", "removed", "new", "old", "same", "for", "of", "in", "from",
        "bearer", "basic", "digest", "string", "text", "password", "hmac", "mask", "falsch", "richtig", "abgelaufen", "ung\u00fcltig", "fehlt", "ge\u00e4ndert", "ist", "muss", "darf", "nicht", "zu", "leer",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contain(ReadOnlySpan<char> word) => Words.Contains(word);
}
