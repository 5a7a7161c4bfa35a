namespace EzAudit.Formats.Json;

/// <summary>The names of the members of one JSON record. No writer repeats one, and parsers disagree on which of two counts.</summary>
internal sealed class MemberNames
{
    // A record has at most nine: a set would cost more.
    private readonly List<(string Object, string Name)> _names = [];

    public bool HasRepeated { get; private set; }

    public void Add(string parent, string name)
    {
        if (_names.Count > MaxCompared) return;
        HasRepeated |= _names.Contains((parent, name));
        _names.Add((parent, name));
    }

    private const int MaxCompared = 64;
}
