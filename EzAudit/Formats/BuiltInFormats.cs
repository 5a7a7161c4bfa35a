using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Formats.Pattern;
using EzAudit.Formats.RecordDiff;
using EzAudit.Formats.Schema;
using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>The built-in formats other than the classic one, registered like those of a plugin.</summary>
internal static class BuiltInFormats
{
    public static void AddTo(AuditRegistry registry) => registry
        .AddFormat(JsonFormat.Name, [], _ => new JsonFormat())
        .AddFormat(PatternFormat.Name, [PatternParser.Key], PatternFormat.Create)
        .AddFormat(AuditMapping.Ecs, [], _ => SchemaFormat.Ecs())
        .AddFormat(AuditMapping.Ocsf, [], _ => SchemaFormat.Ocsf())
        .AddFormat(RecordDiffFormat.Name, [], RecordDiffFormat.Create);
}
