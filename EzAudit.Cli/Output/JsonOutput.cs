using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>Writes records as JSON, one object per line: time, function, address, actor, and the fields in order, repeated ones included.</summary>
internal sealed class JsonOutput(Terminal terminal, bool showsFiles) : IRecordOutput
{
    private readonly JsonLine _json = new();

    public void Write(AuditFoundRecord found)
    {
        AuditRecord record = found.Record;
        JsonLine json = _json;
        json.Open('{')
            .Property("time", TimeForms.Utc(record.Time))
            .Property("function", found.Function)
            .Property("address", record.Address)
            .Name("actor").Open('{').Property("login", record.Actor.Login).Property("id", record.Actor.Id).Close('}')
            .Name("fields").Open('[');
        foreach (AuditField field in record.Fields) json.Open('[').Value(field.Name).Value(field.Value).Close(']');
        json.Close(']');
        if (found.IsDoubtful) json.Name("doubtful").Value(true);
        if (showsFiles) json.Property("file", found.File.Path).Property("offset", found.Offset);
        json.Close('}').WriteTo(terminal.Output);
    }
}
