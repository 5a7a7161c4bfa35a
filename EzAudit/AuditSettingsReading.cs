using EzAudit.Extensibility;
using EzAudit.Settings.Model;
using EzAudit.Writing;

namespace EzAudit;

/// <summary>A snapshot of the settings. It never changes, so code that asks several questions about one action gets consistent answers.</summary>
/// <remarks>Thread-safe. Take a new one for each action with <see cref="AuditWriter.ReadSettings"/>.</remarks>
public sealed class AuditSettingsReading
{
    private readonly RouteTable _table;

    internal AuditSettingsReading(RouteTable table) => _table = table;

    /// <inheritdoc cref="AuditWriter.IsEnabled"/>
    public bool IsEnabled(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return !_table.IsOff && _table.Find(function) is not null;
    }

    /// <inheritdoc cref="AuditWriter.IsRequired"/>
    public bool IsRequired(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return !_table.IsOff && _table.Find(function) is { } route && route.Settings.OnFailure != FailurePolicy.Continue;
    }

    /// <summary>The settings of a plugin's own section of audit.ini; <see langword="null"/> if no plugin of the writer reads a section into this type.</summary>
    /// <typeparam name="T">The type given to <see cref="AuditRegistry.AddSettings{T}"/>.</typeparam>
    public T? GetSettings<T>() where T : class => _table.PluginSettings.TryGetValue(typeof(T), out object? settings) ? (T)settings : null;

    internal bool IsOf(RouteTable table) => ReferenceEquals(_table, table);
}
