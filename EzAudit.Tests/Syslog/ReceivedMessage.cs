using System.Text.Json;

namespace EzAudit.Tests.Syslog;

/// <summary>A message as a real server parsed it.</summary>
internal sealed record ReceivedMessage(
    string Pri, string Facility, string Severity, string Host, string Tag, string App, string Process, string Id, string Data, string Text, string Time)
{
    public static ReceivedMessage Parse(string line)
    {
        JsonElement json = JsonDocument.Parse(line).RootElement;
        string Get(string name) => json.GetProperty(name).GetString()!;
        return new ReceivedMessage(
            Get("pri"), Get("facility"), Get("severity"), Get("host"), Get("tag"), Get("app"), Get("process"), Get("msgid"), Get("data"), Get("msg"), Get("time"));
    }

    /// <summary>The raw value of a parameter of the structured data.</summary>
    public string? Parameter(string name)
    {
        int start = Data.IndexOf($" {name}=\"", StringComparison.Ordinal);
        if (start < 0) return null;
        start += name.Length + 3;
        int end = start;
        while (Data[end] != '"') end += Data[end] == '\\' ? 2 : 1;
        return Data[start..end];
    }
}
