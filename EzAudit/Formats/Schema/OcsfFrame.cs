using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Schema;

/// <summary>Writes the members common to all objects of the Open Cybersecurity Schema Framework; a function without a mapping is its Base Event.</summary>
internal static class OcsfFrame
{
    public const string FirstMember = "time";

    // For functions without a mapping.
    private const string Version = "1.8.0";
    private const long OtherActivity = 99;
    private const long Authentication = 3002;

    // Base event, application life cycle and application error: these have no address.
    private static readonly long[] ClassesWithoutAddress = [0, 6002, 6008];

    // Account change, authentication, session and user access: each must name a user.
    private static readonly long[] ClassesOfUsers = [3001, Authentication, 3003, 3005];

    public static IEnumerable<(string Path, SchemaValue Value)> Of(AuditFunction function, AuditMapping? mapping)
    {
        long ofClass = mapping?.Values.FirstOrDefault(value => value.Path == "class_uid")?.Number ?? 0;
        yield return (FirstMember, SchemaValue.Always((ref line, in record) => line.Write(record.Time.ToUnixTimeMilliseconds())));
        yield return ("class_uid", SchemaValue.Of(0));
        yield return ("category_uid", SchemaValue.Of(ofClass / 1000));
        yield return ("activity_id", SchemaValue.Of(OtherActivity));
        yield return ("type_uid", SchemaValue.Of((ofClass * 100) + (mapping?.Values.FirstOrDefault(value => value.Path == "activity_id")?.Number ?? OtherActivity)));
        yield return ("severity_id", SchemaValue.Of(SeverityId(function.Severity)));
        yield return ("status_id", SchemaValue.Of(function.Outcome == AuditOutcome.Success ? 1 : 2));
        yield return ("message", SchemaValue.Sentence);
        yield return ("metadata.version", SchemaValue.Of(mapping?.Version ?? Version));
        yield return ("metadata.product.name", SchemaValue.Of("EzAudit"));
        yield return ("metadata.product.vendor_name", SchemaValue.Of("EzAudit"));
        yield return ("metadata.event_code", SchemaValue.Of(FunctionWording.Of(function).EventName));
        yield return ("metadata.log_name", SchemaValue.Of(function.Name));
        yield return ("metadata.correlation_uid", SchemaValue.Trace);
        yield return ("actor.user.name", SchemaValue.Login);
        yield return ("actor.user.uid", SchemaValue.Id);
        yield return ("actor.session.uid", SchemaValue.Session);
        if (!ClassesWithoutAddress.Contains(ofClass))
        {
            yield return ("src_endpoint.ip", SchemaValue.Ip);
            yield return ("src_endpoint.hostname", SchemaValue.HostName);
        }
        if (ofClass == Authentication) yield return ("dst_endpoint.hostname", SchemaValue.Of(Environment.MachineName));
        if (ClassesOfUsers.Contains(ofClass) && !mapping!.Values.Any(value => value.Path.StartsWith("user.", StringComparison.Ordinal)))
        {
            yield return ("user.name", SchemaValue.Login);
            yield return ("user.uid", SchemaValue.Id);
        }
        foreach (AuditMappedValue value in mapping?.Values ?? []) yield return (value.Path, SchemaValue.Of(value));
        if (ClassesWithoutAddress.Contains(ofClass)) yield return ("unmapped.address", SchemaValue.Address);
        yield return ("unmapped.fields", SchemaValue.Fields);
    }

    private static long SeverityId(AuditSeverity severity) => severity switch
    {
        AuditSeverity.Emergency => 6,
        AuditSeverity.Alert or AuditSeverity.Critical => 5,
        AuditSeverity.Error => 4,
        AuditSeverity.Warning => 3,
        AuditSeverity.Notice => 2,
        _ => 1,
    };
}
