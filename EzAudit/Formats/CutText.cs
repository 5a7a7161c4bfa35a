using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>Cuts a text that is too long and says inside it how much is missing and what the whole was.</summary>
internal static class CutText
{
    /// <summary>The longest mark: ten digits of N, more than the longest string needs.</summary>
    public const int MaxMarkBytes = AuditFunction.LeastFieldLimit;

    /// <summary>
    /// The text, if it has no more than <paramref name="maxBytes"/> bytes of UTF-8; else its beginning and
    /// <c> ...[+N bytes, sha256=HEX]</c>, together no more than that: the bytes left out, the hash of the whole text. Where not even
    /// a mark fits, it stands alone.
    /// </summary>
    public static string To(string text, long maxBytes)
    {
        // No character takes more than three bytes.
        if (text.Length * 3L <= maxBytes || GeneralizedUtf8.CountBytes(text) <= maxBytes) return text;
        int kept = GeneralizedUtf8.FitChars(text, maxBytes - MaxMarkBytes);
        long missing = GeneralizedUtf8.CountBytes(text.AsSpan(kept));
        string hash = Convert.ToHexStringLower(GeneralizedUtf8.Hash(text));
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)} ...[+{missing} bytes, sha256={hash}]");
    }
}
