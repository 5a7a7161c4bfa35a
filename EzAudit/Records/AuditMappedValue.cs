namespace EzAudit.Records;

/// <summary>The value of one property of another schema: a field of the record, or a constant.</summary>
/// <remarks>
/// A path consists of property names joined by dots: <c>user.name</c>. A name followed by <c>[]</c> is an array: <c>event.type[]</c> appends a
/// value, and <c>web_resources[].name</c> belongs to the array's only object. If a record lacks the field, the property is left out.
/// </remarks>
public sealed record AuditMappedValue
{
    private AuditMappedValue(string path) => Path = path;

    /// <summary>The path of the property.</summary>
    public string Path { get; }

    /// <summary>The field whose first value is written.</summary>
    public string? Field { get; private init; }

    /// <summary>Whether the field is written as a number; if its value is not one, the property is left out.</summary>
    public bool IsNumber { get; private init; }

    /// <summary>The constant text.</summary>
    public string? Text { get; private init; }

    /// <summary>The constant number.</summary>
    public long? Number { get; private init; }

    /// <summary>A property with the text of a field.</summary>
    public static AuditMappedValue OfField(string path, string field) => new(path) { Field = field };

    /// <summary>A property with the whole number in a field, written as a number.</summary>
    public static AuditMappedValue OfNumberField(string path, string field) => new(path) { Field = field, IsNumber = true };

    /// <summary>A property with a constant text.</summary>
    public static AuditMappedValue Of(string path, string text) => new(path) { Text = text };

    /// <summary>A property with a constant number.</summary>
    public static AuditMappedValue Of(string path, long number) => new(path) { Number = number };
}
