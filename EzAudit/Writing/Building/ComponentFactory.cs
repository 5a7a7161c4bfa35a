using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Sealing.Anchors;
using EzAudit.Sealing.Keys;
using EzAudit.Settings.Ini;
using EzAudit.Settings.Model;
using EzAudit.Spooling;

namespace EzAudit.Writing.Building;

/// <summary>Creates the formats, targets and signers that the settings name, each format once.</summary>
internal sealed class ComponentFactory(AuditRegistry registry, AuditSettings settings, SettingsProblems problems)
{
    private readonly Dictionary<string, IAuditFormat> _formats = new(StringComparer.Ordinal);
    private ClassicFormat? _naming;

    /// <summary>Whether components are only created for a test.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Called with the name of a component and its problem.</summary>
    public Action<string, string> Report { get; init; } = static (_, _) => { };

    /// <summary>Writes a line to the host's log; returns false if that failed.</summary>
    public Func<string, bool> TryLog { get; init; } = static _ => false;

    /// <summary>Opens the spools of senders.</summary>
    public ISpoolFactory Spools { get; init; } = new NoSpools();

    /// <summary>Creates the components of a writer.</summary>
    public static ComponentFactory OfWriter(WriterOptions options, WriterServices services, AuditSettings settings, SettingsProblems problems) => new(services.Registry, settings, problems)
    {
        IsTrial = options.IsTrial,
        Report = (name, message) => options.Diagnostics.Report($"{name}: {message}", $"{name}: {message}"),
        TryLog = options.Diagnostics.TryInform,
        Spools = new SpoolFactory(services.FunctionNamed, name => new SpoolMonitor(name, services.LossesOf(name), services.Meter), options.TimeProvider),
    };

    /// <summary>The format for a log file; its records include their function if the file receives several.</summary>
    public IAuditFormat? FormatOf(string name, LocatedText file)
    {
        IAuditFormat? format = FormatOf(name, file.Place);
        return format is ClassicFormat && settings.NamesFunctions(file.Value) ? _naming ??= new ClassicFormat(settings.TimeZone, namesFunction: true) : format;
    }

    /// <summary>The format with a given name; <see langword="null"/> if it cannot be created, which is added to the problems.</summary>
    public IAuditFormat? FormatOf(string name, SettingsPlace place)
    {
        if (_formats.TryGetValue(name, out IAuditFormat? known)) return known;
        ComponentSection section = settings.Formats.GetValueOrDefault(name) ?? ComponentSection.Empty(name, place);
        IAuditFormat? format = section.Type == ComponentSection.ClassicFormat ? new ClassicFormat(settings.TimeZone) : Create(registry.Formats[section.Type], name, section);
        if (format is not null) _formats.Add(name, format);
        return format;
    }

    /// <summary>The signer of a sealed directory: that which the settings name, or else the keys in KeyDir. <see langword="null"/> if it cannot be created, which is added to the problems.</summary>
    /// <param name="stem">The beginning of the names of the key files: <c>seal</c> for LogDir.</param>
    public SealSigner? SealSigner(string stem)
    {
        if (settings.Seal.Signer is not { } name) return new SealKeyStore(SealKeyStore.DirectoryAt(settings.Seal.KeyDirectory), stem);
        ComponentSection section = settings.Signers[name];
        return Create(registry.SealSigners[section.Type], name, section) is { } signer ? new PluginSigner(signer, name) : null;
    }

    /// <summary>The anchors to which checkpoints are published; without those that cannot be created, which is added to the problems.</summary>
    public IReadOnlyList<NamedAnchor> CreateAnchors()
    {
        var anchors = new List<NamedAnchor>();
        foreach (string name in settings.Seal.Anchors)
        {
            ComponentSection section = settings.Anchors[name];
            if (Create(registry.Anchors[section.Type], name, section) is { } anchor) anchors.Add(new NamedAnchor(name, anchor));
        }
        return anchors;
    }

    /// <summary>The settings in the plugins' own sections, by the type that each is read into.</summary>
    public IReadOnlyDictionary<Type, object> ReadSections()
    {
        var read = new Dictionary<Type, object>();
        foreach ((string name, AuditSettingsType section) in registry.Settings)
        {
            if (Create(section.Part, name, settings.PluginSections[name]) is { } own) read.Add(section.Type, own);
        }
        return read;
    }

    /// <summary>Lets a plugin create a component; <see langword="null"/> if that fails, which is added to the problems.</summary>
    public T? Create<T>(AuditComponentType<T> type, string name, ComponentSection section) where T : class
    {
        var own = new AuditComponentSettings(
            name,
            section.Texts.ToDictionary(text => text.Key, text => text.Value.Value, StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyList<string> (array) => [.. array.Value.Select(item => item.Value)], StringComparer.Ordinal),
            section.Arrays.ToDictionary(array => array.Key, IReadOnlyDictionary<string, string> (array) => NamedEntries(array.Value), StringComparer.Ordinal))
        {
            Root = settings.Root,
            TimeZone = settings.TimeZone.Id,
            IsTrial = IsTrial,
            Report = message => Report(name, message),
            TryLog = TryLog,
            Spools = Spools,
        };
        try
        {
            return type.Create(own);
        }
        catch (AuditComponentSettingsException failure)
        {
            problems.Add(Describe(section, failure));
        }
        catch (Exception failure)
        {
            // Catches any exception, because it is a plugin's code, and reports it with the place in the settings.
            problems.Add(section.Place, $"type {section.Type}, which could not be created: {failure.Message}", "a type that can be created");
        }
        return null;
    }

    private static Dictionary<string, string> NamedEntries(IReadOnlyList<LocatedText> entries) =>
        entries.Where(entry => entry.Name is not null).ToDictionary(entry => entry.Name!, entry => entry.Value, StringComparer.Ordinal);

    private static AuditSettingsProblem Describe(ComponentSection section, AuditComponentSettingsException failure)
    {
        LocatedText? entry = failure.Entry is null ? null : section.Arrays.GetValueOrDefault(failure.Key)?.FirstOrDefault(entry => (entry.Name ?? entry.Value) == failure.Entry);
        if (entry is not null) return entry.Place.Error($"{failure.Key}[{entry.Name}]={entry.Value}", failure.Expected);
        LocatedText? text = section.Texts.GetValueOrDefault(failure.Key);
        return (text?.Place ?? section.Place).Error($"{failure.Key}={text?.Value}", failure.Expected);
    }
}
