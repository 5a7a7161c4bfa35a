using EzAudit.Records;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EzAudit.AspNetCore.Security;

/// <summary>Writes the observers' records with the host's writer, if any, under the settings that the request began with.</summary>
internal sealed class ObservedTrail(IServiceProvider services, DetailReader details)
{
    private readonly AuditWriter? _writer = services.GetService<AuditWriter>();

    /// <summary>Reads details for records.</summary>
    public DetailReader Details => details;

    public AuditWriter Writer => _writer ?? AuditTrail.Current;

    /// <summary>The clock of the records; what is measured next to them uses the same one.</summary>
    public TimeProvider TimeProvider => Writer.TimeProvider;

    /// <summary>The current time by that clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(TimeProvider.GetUtcNow());

    /// <summary>Whether the settings have a file for a function. If not, callers must not look up its details either.</summary>
    public bool Writes(string function) => ((AuditContext.Origin as RequestOrigin)?.Reading ?? Writer.ReadSettings()).IsEnabled(function);

    /// <summary>The settings of a section, from the reading that the request began with.</summary>
    public T? Settings<T>() where T : class => ((AuditContext.Origin as RequestOrigin)?.Reading ?? Writer.ReadSettings()).GetSettings<T>();

    /// <summary>Writes a record that <see cref="Writes"/> allows, unless an edit has turned its function off since.</summary>
    public ValueTask<bool> WriteAsync(string function, ReadOnlySpan<AuditField> fields)
    {
        AuditWriter writer = Writer;
        return writer.IsEnabled(function) ? writer.WriteAuditAsync(function, fields) : ValueTask.FromResult(false);
    }
}
