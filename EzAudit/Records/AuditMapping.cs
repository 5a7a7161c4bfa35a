namespace EzAudit.Records;

/// <summary>What a function's records are in another vocabulary: data for the format that writes it.</summary>
/// <param name="Schema">The vocabulary, such as <c>ecs</c> or <c>ocsf</c>.</param>
/// <param name="Version">The version of the vocabulary that the paths are of, such as <c>1.8.0</c>.</param>
/// <param name="Values">What stands where, in the order in which it is written.</param>
public sealed record AuditMapping(string Schema, string Version, IReadOnlyList<AuditMappedValue> Values)
{
    /// <summary>The name of the Elastic Common Schema, for <see cref="Schema"/>.</summary>
    public const string Ecs = "ecs";

    /// <summary>The name of the Open Cybersecurity Schema Framework, for <see cref="Schema"/>.</summary>
    public const string Ocsf = "ocsf";
}
