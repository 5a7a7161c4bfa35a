namespace EzAudit.Records;

/// <summary>What stands at one place of another vocabulary's object: a field of the record, or what is always the same.</summary>
/// <remarks>
/// A path is the names of objects joined by dots: <c>user.name</c>. A name with <c>[]</c> behind it is an array: <c>event.type[]</c> appends
/// a value, <c>web_resources[].name</c> belongs to the array's only object. A field that a record lacks leaves nothing behind.
/// </remarks>
public sealed record AuditMappedValue
{
    private AuditMappedValue(string path) => Path = path;

    /// <summary>Where it stands.</summary>
    public string Path { get; }

    /// <summary>The field whose first value stands there.</summary>
    public string? Field { get; private init; }

    /// <summary>Whether the field is written as a number; a record where it is none leaves nothing behind.</summary>
    public bool IsNumber { get; private init; }

    /// <summary>The text that always stands there.</summary>
    public string? Text { get; private init; }

    /// <summary>The number that always stands there.</summary>
    public long? Number { get; private init; }

    /// <summary>The text of a field.</summary>
    public static AuditMappedValue OfField(string path, string field) => new(path) { Field = field };

    /// <summary>A field that holds a whole number, written as one.</summary>
    public static AuditMappedValue OfNumberField(string path, string field) => new(path) { Field = field, IsNumber = true };

    /// <summary>Always the same text.</summary>
    public static AuditMappedValue Of(string path, string text) => new(path) { Text = text };

    /// <summary>Always the same number.</summary>
    public static AuditMappedValue Of(string path, long number) => new(path) { Number = number };
}
