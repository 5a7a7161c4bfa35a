using System.Buffers;
using System.Collections.Frozen;

namespace EzAudit.Formats;

/// <summary>Tells by its name whether a field holds a secret. Case, blanks, hyphens and underscores in names mean nothing.</summary>
internal sealed class SecretNames
{
    private const int MaxOnStack = 128;
    private const int Slots = 512;
    private const int Neighbours = 4;

    private static readonly string[] BuiltIn =
    [
        "passwd", "pwd", "passphrase", "authorization", "proxyauthorization", "cookie", "cookies", "setcookie", "apikey", "xapikey",
        "accesskey", "cvv", "cvv2", "cvc", "cvc2", "privatekey", "connectionstring", "credential", "credentials",
    ];

    private static readonly SearchValues<string> Parts = SearchValues.Create(["password", "secret", "token"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Words = SearchValues.Create(["pin", "pan"], StringComparison.OrdinalIgnoreCase);

    private readonly Judged?[] _judged = new Judged?[Slots + Neighbours];
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    public SecretNames(IEnumerable<string> more)
    {
        IEnumerable<string> names = BuiltIn.Concat(more.Select(name => Plain(name, new char[name.Length]).ToString())).Where(name => name.Length > 0);
        _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool Contain(string name)
    {
        // Callers write their field names as literals: the same object comes again and again, and is judged once. Names made up for
        // each record find no room left and are judged each time, so that nothing is allocated for them.
        int home = name.Length == 0 ? 0 : ((name.Length * 37) ^ (name[0] * 7) ^ (name[^1] * 131)) & (Slots - 1);
        for (int i = home; i < home + Neighbours; i++)
        {
            if (_judged[i] is not { } judged)
            {
                _judged[i] = judged = new Judged(name, Judge(name));
                return judged.IsSecret;
            }
            if (ReferenceEquals(judged.Name, name)) return judged.IsSecret;
        }
        return Judge(name);
    }

    // Of a changed row, "#ApiKey", "ApiKey old" and "Settings.ApiKey new" are the column or part ApiKey.
    private bool Judge(string name)
    {
        if (JudgeAlone(name)) return true;
        ReadOnlySpan<char> column = name.AsSpan().TrimStart('#');
        if (column.EndsWith(" old", StringComparison.Ordinal) || column.EndsWith(" new", StringComparison.Ordinal)) column = column[..^4];
        column = column[(column.LastIndexOf('.') + 1)..];
        return column.Length < name.Length && JudgeAlone(column);
    }

    private bool JudgeAlone(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> plain = Plain(name, name.Length <= MaxOnStack ? stackalloc char[MaxOnStack] : new char[name.Length]);
        return _names.Contains(plain) || plain.ContainsAny(Parts) || HasWord(name);
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

    // Whole words only: a shipping company has panels.
    private static bool HasWord(ReadOnlySpan<char> name)
    {
        int start = 0;
        while (name[start..].IndexOfAny(Words) is var index and >= 0)
        {
            int begin = start + index;
            int end = begin + 3;
            bool begins = begin == 0 || !char.IsLetter(name[begin - 1]) || (char.IsLower(name[begin - 1]) && char.IsUpper(name[begin]));
            bool ends = end == name.Length || !char.IsLetter(name[end]) || (char.IsLower(name[end - 1]) && char.IsUpper(name[end]));
            if (begins && ends) return true;
            start = begin + 1;
        }
        return false;
    }

    private sealed record Judged(string Name, bool IsSecret);
}
