using EzAudit.EntityFrameworkCore.Changes;
using EzAudit.Records;

namespace EzAudit.EntityFrameworkCore.Mapping;

/// <summary>Changes that the application's code turns into one record, or none.</summary>
/// <param name="entries">The changed entities.</param>
/// <param name="read">The application's code.</param>
internal sealed class MappedChange(IReadOnlyList<CapturedEntry> entries, Func<IEnumerable<AuditField>?> read)
{
    /// <summary>What the code threw.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>The fields of the record; <see langword="null"/> for no record. If the code throws, they identify the rows and name the exception.</summary>
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

    /// <summary>Reads one value of a record. If the code throws, only this value is lost.</summary>
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
