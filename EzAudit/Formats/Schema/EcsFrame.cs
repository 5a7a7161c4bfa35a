using EzAudit.Formats.Json;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Schema;

/// <summary>Writes the members common to all objects of the Elastic Common Schema.</summary>
internal static class EcsFrame
{
    public const string FirstMember = "@timestamp";

    // For functions without a mapping.
    private const string Version = "8.17.0";
    private const string User = "user.";

    public static IEnumerable<(string Path, SchemaValue Value)> Of(AuditFunction function, AuditMapping? mapping)
    {
        var time = new JsonTime("\"");
        yield return (FirstMember, SchemaValue.Always((ref line, in record) =>
        {
            time.Write(ref line, record.Time);
            line.Write("Z\""u8);
        }));
        yield return ("ecs.version", SchemaValue.Of(mapping?.Version ?? Version));
        yield return ("message", SchemaValue.Sentence);
        yield return ("log.level", SchemaValue.Of(Lower(function.Severity)));
        yield return ("event.kind", SchemaValue.Of("event"));
        yield return ("event.module", SchemaValue.Of("ezaudit"));
        yield return ("event.action", SchemaValue.Of(function.Name));
        yield return ("event.code", SchemaValue.Of(FunctionWording.Of(function).EventName));
        yield return ("event.outcome", SchemaValue.Of(Lower(function.Outcome)));
        yield return ("event.severity", SchemaValue.Of((long)function.Severity));
        // A mapping that names the actor, such as that of a sign-in, replaces the record's actor entirely: one actor's id must not appear beside another's name.
        if (mapping?.Values.Any(value => value.Path.StartsWith(User, StringComparison.Ordinal) && value.Path.LastIndexOf('.') == User.Length - 1) != true)
        {
            yield return (User + "name", SchemaValue.Login);
            yield return (User + "id", SchemaValue.Id);
        }
        yield return ("source.address", SchemaValue.Address);
        yield return ("source.ip", SchemaValue.Ip);
        yield return ("trace.id", SchemaValue.Trace);
        foreach (AuditMappedValue value in mapping?.Values ?? []) yield return (value.Path, SchemaValue.Of(value));
        yield return ("ezaudit.actor.login", SchemaValue.Login);
        yield return ("ezaudit.actor.id", SchemaValue.Id);
        yield return ("ezaudit.session", SchemaValue.Session);
        yield return ("ezaudit.fields", SchemaValue.Fields);
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
