using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Formats.Pattern;
using EzAudit.Formats.RecordDiff;
using EzAudit.Formats.Schema;
using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>The formats that come with EzAudit beside the classic one, added as a plugin's are.</summary>
internal static class BuiltInFormats
{
    public static void AddTo(AuditRegistry registry) => registry
        .AddFormat(JsonFormat.Name, [], _ => new JsonFormat())
        .AddFormat(PatternFormat.Name, [PatternParser.Key], PatternFormat.Create)
        .AddFormat(AuditMapping.Ecs, [], _ => SchemaFormat.Ecs())
        .AddFormat(AuditMapping.Ocsf, [], _ => SchemaFormat.Ocsf())
        .AddFormat(RecordDiffFormat.Name, [], RecordDiffFormat.Create);
}
