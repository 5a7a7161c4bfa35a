using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Plugins.Definitions;

/// <summary>Builds the mappings of a function from two short texts and the paths of its fields in each schema.</summary>
internal static class Mappings
{
    /// <summary>Adds mappings to a definition.</summary>
    public static AuditFunction MappedTo(this AuditFunction function, string ecs, string ocsf) => function with { Mappings = Of(ecs, ocsf, function.Fields) };

    /// <param name="ecs">The category and types: <c>iam/user,change</c>.</param>
    /// <param name="ocsf">The class and activity: <c>3001:3</c>.</param>
    /// <param name="fields">The names of the function's fields.</param>
    public static IReadOnlyList<AuditMapping> Of(string ecs, string ocsf, IReadOnlyList<string> fields) =>
    [
        new AuditMapping(AuditMapping.Ecs, EcsPaths.Version, [.. Ecs(ecs, fields)]),
        new AuditMapping(AuditMapping.Ocsf, OcsfPaths.Version, [.. Ocsf(ocsf, fields)]),
    ];

    private static IEnumerable<AuditMappedValue> Ecs(string notation, IReadOnlyList<string> fields)
    {
        string[] halves = notation.Split('/');
        yield return AuditMappedValue.Of("event.category[]", halves[0]);
        foreach (string type in halves[1].Split(',')) yield return AuditMappedValue.Of("event.type[]", type);
        foreach (AuditMappedValue value in Fields(fields, EcsPaths.For(halves[0]))) yield return value;
    }

    private static IEnumerable<AuditMappedValue> Ocsf(string notation, IReadOnlyList<string> fields)
    {
        long[] numbers = [.. notation.Split(':').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        yield return AuditMappedValue.Of("class_uid", numbers[0]);
        yield return AuditMappedValue.Of("activity_id", numbers[1]);
        foreach ((string path, long number) in OcsfPaths.ConstantsFor(numbers[0])) yield return AuditMappedValue.Of(path, number);
        foreach (AuditMappedValue value in Fields(fields, OcsfPaths.For(numbers[0]))) yield return value;
    }

    // A path that starts with # takes a number.
    private static IEnumerable<AuditMappedValue> Fields(IReadOnlyList<string> fields, IEnumerable<(string Field, string Path)> paths) =>
        from place in paths
        where fields.Contains(place.Field)
        select place.Path[0] == '#' ? AuditMappedValue.OfNumberField(place.Path[1..], place.Field) : AuditMappedValue.OfField(place.Path, place.Field);
}
