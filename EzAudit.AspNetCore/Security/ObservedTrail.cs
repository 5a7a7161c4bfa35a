using EzAudit.Records;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EzAudit.AspNetCore.Security;

/// <summary>Where the observers write: with the host's writer where there is one, by the reading of the settings that the request began with.</summary>
internal sealed class ObservedTrail(IServiceProvider services, DetailReader details)
{
    private readonly AuditWriter? _writer = services.GetService<AuditWriter>();

    /// <summary>Reads what the records say.</summary>
    public DetailReader Details => details;

    public AuditWriter Writer => _writer ?? AuditTrail.Current;

    /// <summary>The clock of the records; what is measured next to them uses the same one.</summary>
    public TimeProvider TimeProvider => Writer.TimeProvider;

    /// <summary>The current time by that clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(TimeProvider.GetUtcNow());

    /// <summary>Whether the settings have a file for a function. What is not written must not be looked up either.</summary>
    public bool Writes(string function) => ((AuditContext.Origin as RequestOrigin)?.Reading ?? Writer.ReadSettings()).IsEnabled(function);

    /// <summary>What a section of the settings says, in the reading that the request began with.</summary>
    public T? Settings<T>() where T : class => ((AuditContext.Origin as RequestOrigin)?.Reading ?? Writer.ReadSettings()).GetSettings<T>();

    /// <summary>Writes a record that <see cref="Writes"/> wants, unless an edit of the settings has turned its function off since.</summary>
    public ValueTask<bool> WriteAsync(string function, ReadOnlySpan<AuditField> fields)
    {
        AuditWriter writer = Writer;
        return writer.IsEnabled(function) ? writer.WriteAuditAsync(function, fields) : ValueTask.FromResult(false);
    }
}
