namespace EzAudit.Reading.Matching;

/// <summary>Bytes of which at least one alternative occurs in every matching record without escapes.</summary>
/// <remarks>Optimized for speed: one vectorized search per alternative, and none twice over the same bytes. Measured by the benchmark read-back.</remarks>
internal sealed class Needle(params IReadOnlyList<byte[]> alternatives)
{
    public const int MaxAlternatives = 4;

    private AnyCaseText? _anyCase;

    public IReadOnlyList<byte[]> Alternatives => alternatives;

    /// <summary>The length of the shortest alternative.</summary>
    public int Length => alternatives.Min(alternative => alternative.Length);

    /// <summary>A needle that ignores the case of ASCII letters.</summary>
    public static Needle OfAnyCase(byte[] ascii) => new(ascii) { _anyCase = new AnyCaseText(ascii) };

    /// <summary>The first match of an alternative in some bytes; -1 if there is none.</summary>
    public int IndexIn(ReadOnlySpan<byte> bytes, int alternative) => _anyCase?.IndexIn(bytes) ?? bytes.IndexOf(alternatives[alternative]);

    /// <summary>The number of matches in some bytes.</summary>
    public int CountIn(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        for (int i = 0; i < alternatives.Count; i++)
        {
            for (int at = 0, found; (found = IndexIn(bytes[at..], i)) >= 0; at += found + alternatives[i].Length) count++;
        }
        return count;
    }
}
