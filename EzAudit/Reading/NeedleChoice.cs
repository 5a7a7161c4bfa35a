using EzAudit.Storage;

namespace EzAudit.Reading;

/// <summary>Chooses which needle of a query is searched for: one is enough, as records around its places are looked at whole.</summary>
internal static class NeedleChoice
{
    private const int SampleSize = 256 << 10;

    /// <summary>The one that is rarest in the middle of the file; <see langword="null"/> without needles.</summary>
    public static Needle? Rarest(IReadOnlyList<Needle> needles, PlainContent content, long length)
    {
        if (needles.Count < 2) return Longest(needles);
        byte[] sample = new byte[Math.Min(SampleSize, length)];
        int count = content.Read(sample, Math.Max(0, (length - SampleSize) / 2));
        return needles.MinBy(needle => (needle.CountIn(sample.AsSpan(0, count)), -needle.Length));
    }

    /// <summary>The longest one.</summary>
    public static Needle? Longest(IReadOnlyList<Needle> needles) => needles.MaxBy(needle => needle.Length);
}
