using System.Collections.Frozen;

namespace EzAudit.Formats.Secrets;

/// <summary>Tells by its name whether a field holds a secret or an id. Names in settings ignore case, blanks, hyphens and underscores.</summary>
internal sealed class SecretNames
{
    private const int MaxOnStack = 128;
    private const int Slots = 512;
    private const int Neighbours = 4;

    private readonly Judged?[] _judged = new Judged?[Slots + Neighbours];
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    public SecretNames(IEnumerable<string> more)
    {
        IEnumerable<string> names = more.Select(name => Plain(name, new char[name.Length]).ToString()).Where(name => name.Length > 0);
        _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public NameKind KindOf(string name)
    {
        // Callers write field names as literals, so the same object recurs and is judged once. Names generated for
        // each record find the cache full and are judged each time.
        int home = name.Length == 0 ? 0 : ((name.Length * 37) ^ (name[0] * 7) ^ (name[^1] * 131)) & (Slots - 1);
        for (int i = home; i < home + Neighbours; i++)
        {
            if (_judged[i] is not { } judged)
            {
                _judged[i] = judged = new Judged(name, Judge(name));
                return judged.Kind;
            }
            if (ReferenceEquals(judged.Name, name)) return judged.Kind;
        }
        return Judge(name);
    }

    private NameKind Judge(string name)
    {
        ReadOnlySpan<char> column = ColumnOf(name);
        if (IsSecret(name) || (column.Length < name.Length && IsSecret(column))) return NameKind.Secret;
        List<string> words = NameWords.Of(column);
        bool isCard = words.Exists(word => word is "card" or "cards" or "karte" or "kreditkarte" or "carte");
        return words.Count > 0 && !isCard && words.Exists(word => IdWords.Contain(word)) ? NameKind.Id : NameKind.Other;
    }

    // In a changed row, "#ApiKey", "ApiKey old" and "Settings.ApiKey new" are the column or part ApiKey.
    private static ReadOnlySpan<char> ColumnOf(string name)
    {
        ReadOnlySpan<char> column = name.AsSpan().TrimStart('#');
        if (column.EndsWith(" old", StringComparison.Ordinal) || column.EndsWith(" new", StringComparison.Ordinal)) column = column[..^4];
        return column[(column.LastIndexOf('.') + 1)..];
    }

    private bool IsSecret(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> plain = Plain(name, name.Length <= MaxOnStack ? stackalloc char[MaxOnStack] : new char[name.Length]);
        return _names.Contains(plain) || SecretVocabulary.IsSecret(name);
    }

    private static ReadOnlySpan<char> Plain(ReadOnlySpan<char> name, Span<char> buffer)
    {
        int length = 0;
        foreach (char c in name)
        {
            if (c is not ('-' or '_') && !char.IsWhiteSpace(c)) buffer[length++] = c;
        }
        return buffer[..length];
    }

    private sealed record Judged(string Name, NameKind Kind);
}

/// <summary>What the name of a field says about its value.</summary>
internal enum NameKind
{
    /// <summary>Nothing: the value itself is searched.</summary>
    Other,

    /// <summary>An id, code or telephone number: not a card, whatever its digits.</summary>
    Id,

    /// <summary>A secret.</summary>
    Secret,
}
