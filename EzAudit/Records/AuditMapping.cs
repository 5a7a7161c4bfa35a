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
