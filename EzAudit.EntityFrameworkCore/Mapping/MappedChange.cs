using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>Changes of which the application's code makes one record, or none.</summary>
/// <param name="entries">The changed entities.</param>
/// <param name="read">The application's code.</param>
internal sealed class MappedChange(IReadOnlyList<CapturedEntry> entries, Func<IEnumerable<AuditField>?> read)
{
    /// <summary>What the code threw.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>The fields of the record; <see langword="null"/> for none. Where the code throws, they say which rows it is about, and that it threw.</summary>
    public AuditField[]? Fields()
    {
        try
        {
            return read()?.ToArray();
        }
        catch (Exception failure)
        {
            Failures.Add(failure);
            return [.. entries.SelectMany(entry => entry.KeyFields()), new AuditField("Fields", TextOf(failure))];
        }
    }

    /// <summary>One value of a record; what its code throws costs the record that value only.</summary>
    public object? Value(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure)
        {
            Failures.Add(failure);
            return TextOf(failure);
        }
    }

    private static string TextOf(Exception failure) => $"[error: {failure.GetType().Name}]";
}
