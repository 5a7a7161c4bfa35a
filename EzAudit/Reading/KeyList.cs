namespace EzAudit.Reading;

/// <summary>The keys of a group, compared one by one.</summary>
internal readonly struct KeyList(string?[] texts) : IEquatable<KeyList>, IComparable<KeyList>
{
    public IReadOnlyList<string?> Texts => texts;

    public bool Equals(KeyList other) => texts.AsSpan().SequenceEqual(other.Texts as string?[]);

    public override bool Equals(object? obj) => obj is KeyList other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (string? text in texts) hash.Add(text, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>Ordinal; a key that is not there comes first.</summary>
    public int CompareTo(KeyList other)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            if (string.CompareOrdinal(texts[i], other.Texts[i]) is var order and not 0) return order;
        }
        return 0;
    }
}
