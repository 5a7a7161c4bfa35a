namespace EzAudit.Records;

/// <summary>The mapping of a function's records to another schema, used by the format that writes it.</summary>
/// <param name="Schema">The schema, such as <c>ecs</c> or <c>ocsf</c>.</param>
/// <param name="Version">The version of the schema to which the paths belong, such as <c>1.8.0</c>.</param>
/// <param name="Values">The properties, in the order in which they are written.</param>
public sealed record AuditMapping(string Schema, string Version, IReadOnlyList<AuditMappedValue> Values)
{
    /// <summary>The name of the Elastic Common Schema, for <see cref="Schema"/>.</summary>
    public const string Ecs = "ecs";

    /// <summary>The name of the Open Cybersecurity Schema Framework, for <see cref="Schema"/>.</summary>
    public const string Ocsf = "ocsf";
}
