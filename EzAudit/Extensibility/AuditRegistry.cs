using System.Diagnostics.CodeAnalysis;
using EzAudit.Records;
using EzAudit.Settings.Schema;

namespace EzAudit.Extensibility;

/// <summary>What the plugins of one writer supply: functions, types of targets, formats, signers and anchors, sections of audit.ini. Names are unique across plugins.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class AuditRegistry
{
    private readonly Dictionary<string, AuditFunction> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AuditComponentType<IAuditTarget>> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AuditComponentType<IAuditFormat>> _formats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AuditComponentType<IAuditAnchor>> _anchors = new(StringComparer.Ordinal);

    private readonly Dictionary<string, AuditComponentType<IAuditSealSigner>> _sealSigners = new(StringComparer.Ordinal);

    private readonly Dictionary<string, AuditSettingsType> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The functions defined so far, in the order of their definition.</summary>
    public IReadOnlyCollection<AuditFunction> Functions => _functions.Values;

    /// <summary>Defines a function.</summary>
    /// <exception cref="ArgumentException">The name is empty, longer than 128 characters, contains control characters, or is already defined; or a field's limit is below 96 bytes.</exception>
    public AuditRegistry AddFunction(AuditFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!AuditFunctionName.IsValid(function.Name))
            throw new ArgumentException($"The function name \"{function.Name}\" is invalid. Use {AuditFunctionName.Expected}.", nameof(function));
        foreach ((string field, int limit) in function.FieldLimits)
        {
            if (limit < AuditFunction.LeastFieldLimit)
                throw new ArgumentException($"The limit of {limit} bytes for field \"{field}\" of function \"{function.Name}\" is too small. Use {AuditFunction.LeastFieldLimit} or more.", nameof(function));
        }
        if (!_functions.TryAdd(function.Name, function))
            throw new ArgumentException($"The function \"{function.Name}\" is already defined.", nameof(function));
        return this;
    }

    /// <summary>Adds a type of target, for <c>Type=</c> of a section <c>[Target-NAME]</c>.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="keys">The keys that its section may have in addition to <c>Type</c> and <c>Format</c>; arrays are written <c>Key[]</c>.</param>
    /// <param name="create">Creates a target for a section; may throw <see cref="AuditComponentSettingsException"/>.</param>
    /// <param name="format">The format of its records if the section has no <c>Format</c>; <see langword="null"/> for the format of each function.</param>
    /// <exception cref="ArgumentException">The type is already registered.</exception>
    public AuditRegistry AddTarget(string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, IAuditTarget> create, string? format = null)
    {
        Add(_targets, "target", type, keys, create);
        _targets[type] = _targets[type] with { Format = format };
        return this;
    }

    /// <summary>Adds a type of target for a receiver that may be away: <c>Type=</c> of a section <c>[Target-NAME]</c>. EzAudit gives it a spool on disk, and sends what waits there.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="keys">The keys that its section may have in addition to those that every sender has: <c>Spool</c>, <c>SpoolDir</c>, <c>Origin</c>, <c>BatchRecords</c>, <c>BatchBytes</c>, <c>BatchAge</c> and <c>RetryMost</c>.</param>
    /// <param name="create">Creates a sender for a section, without connecting it; may throw <see cref="AuditComponentSettingsException"/>. Called also when settings are only checked.</param>
    /// <param name="options">How the senders are called; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The type is already registered, or one of its keys is one that every sender has.</exception>
    public AuditRegistry AddSender(string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, IAuditSender> create, AuditSenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        var sender = new AuditSenderType(create, options ?? new AuditSenderOptions());
        AddTarget(type, AuditSenderType.WithSpoolKeys(keys), settings => settings.Spools.OpenTarget(settings, sender), sender.Options.Format);
        _targets[type] = _targets[type] with { HasSpool = true, SpoolsRecords = sender.Options.KeepsRecords };
        return this;
    }

    /// <summary>Adds a type of format, for <c>Format=</c> and for <c>Type=</c> of a section <c>[Format-NAME]</c>.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="keys">The keys that its section may have in addition to <c>Type</c>; arrays are written <c>Key[]</c>.</param>
    /// <param name="create">Creates a format for a section; may throw <see cref="AuditComponentSettingsException"/>.</param>
    /// <exception cref="ArgumentException">The type is already registered.</exception>
    public AuditRegistry AddFormat(string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, IAuditFormat> create)
    {
        Add(_formats, "format", type, keys, create);
        return this;
    }

    /// <summary>Adds a type of signer, for <c>Type=</c> of a section <c>[Signer-NAME]</c>, which <c>[SealSettings] Signer=NAME</c> uses.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="keys">The keys that its section may have in addition to <c>Type</c>; arrays are written <c>Key[]</c>.</param>
    /// <param name="create">Creates a signer for a section; may throw <see cref="AuditComponentSettingsException"/>.</param>
    /// <exception cref="ArgumentException">The type is already registered.</exception>
    public AuditRegistry AddSealSigner(string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, IAuditSealSigner> create)
    {
        Add(_sealSigners, "signer", type, keys, create);
        return this;
    }

    /// <summary>Adds a type of anchor, for <c>Type=</c> of a section <c>[Anchor-NAME]</c>. One without keys needs no section.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="keys">The keys that its section may have in addition to <c>Type</c>.</param>
    /// <param name="create">Creates an anchor for a section; may throw <see cref="AuditComponentSettingsException"/>.</param>
    /// <exception cref="ArgumentException">The type is already registered.</exception>
    public AuditRegistry AddAnchor(string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, IAuditAnchor> create)
    {
        Add(_anchors, "anchor", type, keys, create);
        return this;
    }

    /// <summary>Adds a type of anchor that sends checkpoints through a spool of its own, as <see cref="AddSender"/> does with records. A checkpoint comes as a record of the function <c>audit-checkpoint</c>, and its line as the bytes.</summary>
    /// <inheritdoc cref="AddSender"/>
    public AuditRegistry AddAnchorSender(string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, IAuditSender> create, AuditSenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        var sender = new AuditSenderType(create, options ?? new AuditSenderOptions());
        Add(_anchors, "anchor", type, AuditSenderType.WithSpoolKeys(keys), settings => settings.Spools.OpenAnchor(settings, sender));
        return this;
    }

    /// <summary>Adds a section to audit.ini. Like the built-in ones, it is checked and read at the start and at each reload.</summary>
    /// <typeparam name="T">The type it is read into: an immutable type of the plugin's own. <see cref="AuditWriter.GetSettings{T}"/> returns the current value.</typeparam>
    /// <param name="section">The name of the section, such as <c>RequestSettings</c>.</param>
    /// <param name="keys">The keys that it may have; arrays are written <c>Key[]</c>.</param>
    /// <param name="read">Reads the section, even if no file contains it; may throw <see cref="AuditComponentSettingsException"/>.</param>
    /// <exception cref="ArgumentException">The section is already registered, or another one is read into the same type.</exception>
    public AuditRegistry AddSettings<T>(string section, IReadOnlyList<string> keys, Func<AuditComponentSettings, T> read) where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(read);
        if (SettingsSchema.AuditSections.Any(known => known.Matches(section, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"[{section}] is a section of EzAudit itself. Use another name.", nameof(section));
        var type = new AuditSettingsType(typeof(T), new AuditComponentType<object>(keys, read));
        CheckSettings(section, type, nameof(section));
        _settings.Add(section, type);
        return this;
    }

    /// <summary>What each section is read into.</summary>
    internal IReadOnlyDictionary<string, AuditSettingsType> Settings => _settings;

    internal IReadOnlyDictionary<string, AuditComponentType<IAuditTarget>> Targets => _targets;

    internal IReadOnlyDictionary<string, AuditComponentType<IAuditFormat>> Formats => _formats;

    internal IReadOnlyDictionary<string, AuditComponentType<IAuditSealSigner>> SealSigners => _sealSigners;

    internal IReadOnlyDictionary<string, AuditComponentType<IAuditAnchor>> Anchors => _anchors;

    /// <summary>Adds everything in another registry; or nothing, if a name is already taken.</summary>
    internal void Include(AuditRegistry other)
    {
        if (other._functions.Keys.FirstOrDefault(_functions.ContainsKey) is { } function)
            throw new ArgumentException($"The function \"{function}\" is already defined.", nameof(other));
        if (other._targets.Keys.FirstOrDefault(_targets.ContainsKey) is { } target)
            throw new ArgumentException($"The target type \"{target}\" is already registered.", nameof(other));
        if (other._formats.Keys.FirstOrDefault(_formats.ContainsKey) is { } format)
            throw new ArgumentException($"The format type \"{format}\" is already registered.", nameof(other));
        if (other._sealSigners.Keys.FirstOrDefault(_sealSigners.ContainsKey) is { } signer)
            throw new ArgumentException($"The signer type \"{signer}\" is already registered.", nameof(other));
        if (other._anchors.Keys.FirstOrDefault(_anchors.ContainsKey) is { } anchor)
            throw new ArgumentException($"The anchor type \"{anchor}\" is already registered.", nameof(other));
        foreach (var (section, type) in other._settings) CheckSettings(section, type, nameof(other));
        foreach (var (section, type) in other._settings) _settings.Add(section, type);
        foreach (var (name, definition) in other._functions) _functions.Add(name, definition);
        foreach (var (type, part) in other._targets) _targets.Add(type, part);
        foreach (var (type, part) in other._formats) _formats.Add(type, part);
        foreach (var (type, part) in other._sealSigners) _sealSigners.Add(type, part);
        foreach (var (type, part) in other._anchors) _anchors.Add(type, part);
    }

    internal bool TryGetFunction(string name, [NotNullWhen(true)] out AuditFunction? function) => _functions.TryGetValue(name, out function);

    private void CheckSettings(string section, AuditSettingsType type, string parameter)
    {
        if (_settings.ContainsKey(section)) throw new ArgumentException($"The section [{section}] is already registered.", parameter);
        if (_settings.Values.Any(known => known.Type == type.Type))
            throw new ArgumentException($"[{section}] is read into {type.Type.Name}, as another section is. Use a type of its own.", parameter);
    }

    private static void Add<T>(
        Dictionary<string, AuditComponentType<T>> types, string what, string type, IReadOnlyList<string> keys, Func<AuditComponentSettings, T> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(create);
        if (!types.TryAdd(type, new AuditComponentType<T>(keys, create)))
            throw new ArgumentException($"The {what} type \"{type}\" is already registered.", nameof(type));
    }
}

/// <summary>A type of component: the keys that its section may have, and how one is created.</summary>
internal sealed record AuditComponentType<T>(IReadOnlyList<string> Keys, Func<AuditComponentSettings, T> Create)
{
    /// <summary>The format of a target's records if its section names none; <see langword="null"/> for that of each function.</summary>
    public string? Format { get; init; }

    /// <summary>Whether EzAudit keeps the records of such a target in a spool.</summary>
    public bool HasSpool { get; init; }

    /// <summary>Whether the spool keeps all of a record, with its place in the ledger.</summary>
    public bool SpoolsRecords { get; init; }
}

/// <summary>A section of audit.ini that a plugin supplies: the type it is read into, its keys, and how it is read.</summary>
internal sealed record AuditSettingsType(Type Type, AuditComponentType<object> Part);
