using EzAudit.Formats.Json;
using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Schema;

/// <summary>What every object of the Elastic Common Schema has.</summary>
internal static class EcsFrame
{
    public const string FirstMember = "@timestamp";

    // Of functions without a mapping.
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
        yield return ("message", FrameValues.Sentence);
        yield return ("log.level", SchemaValue.Of(Lower(function.Severity)));
        yield return ("event.kind", SchemaValue.Of("event"));
        yield return ("event.module", SchemaValue.Of("ezaudit"));
        yield return ("event.action", SchemaValue.Of(function.Name));
        yield return ("event.code", SchemaValue.Of(FunctionWording.Of(function).EventName));
        yield return ("event.outcome", SchemaValue.Of(Lower(function.Outcome)));
        yield return ("event.severity", SchemaValue.Of((long)function.Severity));
        // A mapping that says who acts, as of a sign-in, takes the actor's place wholly: an id must not stand beside another one's name.
        if (mapping?.Values.Any(value => value.Path.StartsWith(User, StringComparison.Ordinal) && value.Path.LastIndexOf('.') == User.Length - 1) != true)
        {
            yield return (User + "name", FrameValues.Login);
            yield return (User + "id", FrameValues.Id);
        }
        yield return ("source.address", FrameValues.Address);
        yield return ("source.ip", FrameValues.Ip);
        yield return ("trace.id", FrameValues.Trace);
        foreach (AuditMappedValue value in mapping?.Values ?? []) yield return (value.Path, SchemaValue.Of(value));
        yield return ("ezaudit.actor.login", FrameValues.Login);
        yield return ("ezaudit.actor.id", FrameValues.Id);
        yield return ("ezaudit.session", FrameValues.Session);
        yield return ("ezaudit.fields", FrameValues.Fields);
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
