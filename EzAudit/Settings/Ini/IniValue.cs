using System.Globalization;

namespace EzAudit.Settings.Ini;

/// <summary>The value of a key after the operations of all files: a text, an array, or both if entries were added to a text.</summary>
internal sealed class IniValue
{
    private readonly List<LocatedText> _entries = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private long _nextIndex;

    /// <summary>The text; <see langword="null"/> if the key is an array.</summary>
    public LocatedText? Text { get; private set; }

    /// <summary>The entries in order. Not empty beside a text if a reset is missing between the two.</summary>
    public IReadOnlyList<LocatedText> Entries => _entries;

    /// <summary>The line that last set the key.</summary>
    public SettingsPlace Place { get; private set; } = SettingsPlace.None;

    public void Apply(IniOperation operation)
    {
        Place = operation.Place;
        if (operation.Entry is null || operation.Value is null) Clear();
        if (operation.Value is not { } value) return;
        if (operation.Entry is not { } name) Text = new LocatedText(value, operation.Place);
        // In eZ Publish, the entry 0 counts as unnamed.
        else if (name is "" or "0") Append(new LocatedText(value, operation.Place));
        else SetEntry(new LocatedText(value, operation.Place, name));
    }

    private void Clear()
    {
        Text = null;
        _entries.Clear();
        _positions.Clear();
        _nextIndex = 0;
    }

    private void Append(LocatedText entry)
    {
        string index = _nextIndex.ToString(CultureInfo.InvariantCulture);
        _nextIndex++;
        _positions[index] = _entries.Count;
        _entries.Add(entry);
    }

    // Numbered as in PHP: 7 is a number, 07 a text.
    private void SetEntry(LocatedText entry)
    {
        string name = entry.Name!;
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && name[0] != '0') _nextIndex = Math.Max(_nextIndex, index + 1L);
        if (_positions.TryGetValue(name, out int position))
        {
            _entries[position] = entry;
            return;
        }
        _positions[name] = _entries.Count;
        _entries.Add(entry);
    }
}
