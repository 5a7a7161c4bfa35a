namespace EzAudit.Records;

/// <summary>The mapping of a function's records to another schema, used by the format that writes it. Immutable.</summary>
public sealed record AuditMapping
{
    /// <summary>The name of the Elastic Common Schema, for <see cref="Schema"/>.</summary>
    public const string Ecs = "ecs";

    /// <summary>The name of the Open Cybersecurity Schema Framework, for <see cref="Schema"/>.</summary>
    public const string Ocsf = "ocsf";

    /// <summary>Initializes a mapping.</summary>
    /// <param name="schema">The schema: <see cref="Ecs"/>, <see cref="Ocsf"/>, or that of a plugin's format.</param>
    /// <param name="version">The version of the schema to which the paths belong, such as <c>1.8.0</c>.</param>
    /// <param name="values">The properties, in the order in which they are written.</param>
    public AuditMapping(string schema, string version, IReadOnlyList<AuditMappedValue> values)
    {
        Schema = schema;
        Version = version;
        Values = values;
    }

    /// <summary>The schema.</summary>
    public string Schema { get; }

    /// <summary>The version of the schema to which the paths belong.</summary>
    public string Version { get; }

    /// <summary>The properties, in the order in which they are written.</summary>
    public IReadOnlyList<AuditMappedValue> Values { get; }
}

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
