using System.Text;

namespace EzAudit.Formats.Secrets;

/// <summary>Replaces secrets inside a value, whatever the name of its field. The cost is linear in the length of the value.</summary>
internal static class SecretTexts
{
    // "pin=1234".
    private const int Shortest = 6;

    /// <summary>Whether <see cref="Replace"/> will find one. Allocates nothing if there is no sign of a secret.</summary>
    public static bool AreIn(string value, bool withCards)
    {
        if (value.Length < Shortest) return false;
        if (value.Length < (withCards ? CardNumber.Fewest : SecretSigns.VectorizedLength) && !SecretSigns.AreInShort(value)) return false;
        return new SecretScan(value, withCards).TryNext(out _);
    }

    /// <summary>The value with every secret replaced; <see langword="null"/> if there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="withCards">Whether to look for card numbers.</param>
    /// <param name="replacement">Returns the replacement for a secret, given the secret and whether it is a card.</param>
    public static string? Replace(string value, bool withCards, Func<string, Secret, string> replacement)
    {
        if (value.Length < Shortest) return null;
        var scan = new SecretScan(value, withCards);
        StringBuilder? replaced = null;
        int done = 0;
        while (scan.TryNext(out Secret secret))
        {
            replaced ??= new StringBuilder(value.Length);
            replaced.Append(value, done, secret.Start - done).Append(replacement(value, secret));
            done = secret.End;
        }
        return replaced?.Append(value, done, value.Length - done).ToString();
    }
}
