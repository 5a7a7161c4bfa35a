using System.Globalization;

namespace EzAudit.Settings.Ini;

/// <summary>The value of a key after the operations of all files: a text, an array, or both if entries were added to a text.</summary>
internal sealed class IniValue
{
    private readonly List<IniEntry> _entries = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private long _nextIndex;

    /// <summary>The text; <see langword="null"/> if the key is an array.</summary>
    public Located<string>? Text { get; private set; }

    /// <summary>The entries in order. Not empty beside a text if a reset is missing between the two.</summary>
    public IReadOnlyList<IniEntry> Entries => _entries;

    /// <summary>The line that last set the key.</summary>
    public SettingsPlace Place { get; private set; } = SettingsPlace.None;

    public void Apply(IniOperation operation)
    {
        Place = operation.Place;
        switch (operation.Kind)
        {
            case IniOperationKind.Text:
                Clear();
                Text = new Located<string>(operation.Value, operation.Place);
                break;
            case IniOperationKind.Reset:
                Clear();
                break;
            case IniOperationKind.Append:
                Append(operation);
                break;
            case IniOperationKind.Entry:
                SetEntry(operation);
                break;
        }
    }

    private void Clear()
    {
        Text = null;
        _entries.Clear();
        _positions.Clear();
        _nextIndex = 0;
    }

    private void Append(IniOperation operation)
    {
        string index = _nextIndex.ToString(CultureInfo.InvariantCulture);
        _nextIndex++;
        _positions[index] = _entries.Count;
        _entries.Add(new IniEntry(null, operation.Value, operation.Place));
    }

    // Numbered as in PHP: 7 is a number, 07 a text. In eZ Publish, the entry 0 counts as unnamed.
    private void SetEntry(IniOperation operation)
    {
        string name = operation.Entry;
        if (name == "0")
        {
            Append(operation);
            return;
        }
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && name[0] != '0') _nextIndex = Math.Max(_nextIndex, index + 1L);

        var entry = new IniEntry(name, operation.Value, operation.Place);
        if (_positions.TryGetValue(name, out int position))
        {
            _entries[position] = entry;
            return;
        }
        _positions[name] = _entries.Count;
        _entries.Add(entry);
    }
}

/// <summary>One entry of an array; its name is the text in brackets, <see langword="null"/> for an appended entry.</summary>
internal sealed record IniEntry(string? Name, string Value, SettingsPlace Place);
