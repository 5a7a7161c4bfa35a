namespace EzAudit.Settings.Ini;

/// <summary>The merged files of one name: the value of each section and key.</summary>
internal sealed class MergedIni
{
    private readonly Dictionary<string, Dictionary<string, IniValue>> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SettingsPlace> _places = new(StringComparer.Ordinal);

    /// <param name="files">The files, lowest priority first.</param>
    public MergedIni(IEnumerable<IniFile> files)
    {
        foreach (IniFile file in files)
        {
            foreach (LocatedText section in file.Sections) _places.TryAdd(section.Value, section.Place);
            foreach (IniOperation operation in file.Operations) Apply(operation);
        }
    }

    /// <summary>The names of all sections, including empty ones, each with the place of its first header, in the order of the files.</summary>
    public IEnumerable<LocatedText> Sections => _places.Select(section => new LocatedText(section.Key, section.Value));

    public IniValue? Find(string section, string key) => KeysOf(section).GetValueOrDefault(key);

    public IReadOnlyDictionary<string, IniValue> KeysOf(string section) =>
        _sections.TryGetValue(section, out Dictionary<string, IniValue>? keys) ? keys : EmptySection;

    private static readonly Dictionary<string, IniValue> EmptySection = [];

    private void Apply(IniOperation operation)
    {
        if (!_sections.TryGetValue(operation.Section, out Dictionary<string, IniValue>? keys))
        {
            keys = new Dictionary<string, IniValue>(StringComparer.Ordinal);
            _sections.Add(operation.Section, keys);
        }
        if (!keys.TryGetValue(operation.Key, out IniValue? value)) keys.Add(operation.Key, value = new IniValue());
        value.Apply(operation);
    }
}
