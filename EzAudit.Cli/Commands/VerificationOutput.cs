using System.Globalization;
using System.Text;
using EzAudit.Cli.Output;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Writes the result of a verification, for people or as JSON.</summary>
internal static class VerificationOutput
{
    public static void WriteText(Terminal terminal, AuditVerification verification, IReadOnlyList<string> keys, string? store = null)
    {
        foreach (AuditFinding finding in verification.Findings) terminal.WriteLine(VisibleText.Of(finding.ToString()));
        terminal.WriteLine($"Directory: {VisibleText.Of(verification.Directory)}");
        if (store is not null) terminal.WriteLine($"Store: {VisibleText.Of(store)}");
        if (verification.Origin is { } origin) terminal.WriteLine($"Origin: {VisibleText.Of(origin)}");
        foreach (string key in keys) terminal.WriteLine($"Trusted key: {VisibleText.Of(key)}");
        if (verification.LastTime is { } last) terminal.WriteLine($"Newest entry: {Micros(last)}");
        string attested = $"{Count(verification.Records, "record")} in {Count(verification.AttestedBytes, "byte")} attested";
        string ledger = $"{verification.Leaves} {(verification.Leaves == 1 ? "leaf" : "leaves")}, {Count(verification.Checkpoints, "checkpoint")}";
        terminal.WriteLine($"{Name(verification.Result)}: {attested}, {ledger}, {Count(verification.Findings.Count, "finding")}");
    }

    public static void WriteText(Terminal terminal, string file, AuditProof proof)
    {
        if (!proof.IsValid)
        {
            terminal.WriteLine(VisibleText.Of($"tampered: {file}: {proof.Problem}"));
            return;
        }
        terminal.WriteLine(VisibleText.Of($"Origin: {proof.Origin}"));
        terminal.WriteLine(VisibleText.Of($"Trusted key: {proof.TrustedKey}"));
        terminal.WriteLine(VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"intact: {proof.File} at byte {proof.Offset}, leaf {proof.Leaf} of {Micros(proof.Time)}:")));
        terminal.WriteLine(VisibleText.Of(Encoding.UTF8.GetString(proof.Record.Span).TrimEnd('\n'), keepsLines: true));
    }

    public static void WriteJson(Terminal terminal, AuditVerification verification, string? store = null)
    {
        var json = new JsonLine();
        json.Open('{')
            .Property("result", Name(verification.Result))
            .Property("directory", verification.Directory);
        if (store is not null) json.Property("store", store);
        json
            .Property("origin", verification.Origin)
            .Property("leaves", verification.Leaves)
            .Property("checkpoints", verification.Checkpoints)
            .Property("files", verification.Files)
            .Property("records", verification.Records)
            .Property("attestedBytes", verification.AttestedBytes)
            .Property("lastTime", Micros(verification.LastTime))
            .Property("checkpoint", verification.Checkpoint)
            .Name("findings").Open('[');
        foreach (AuditFinding finding in verification.Findings) Write(json, finding);
        json.Close(']').Close('}').WriteTo(terminal.Output);
    }

    public static void WriteJson(Terminal terminal, AuditProof proof)
    {
        var json = new JsonLine();
        json.Open('{').Property("result", proof.IsValid ? "intact" : "tampered");
        if (!proof.IsValid) json.Property("message", proof.Problem);
        else
        {
            json.Property("origin", proof.Origin).Property("key", proof.TrustedKey).Property("file", proof.File).Property("offset", proof.Offset)
                .Property("seq", proof.Leaf).Property("time", Micros(proof.Time)).Property("checkpoint", proof.Checkpoint)
                .Property("record", Encoding.UTF8.GetString(proof.Record.Span)).Property("recordBase64", Convert.ToBase64String(proof.Record.Span));
        }
        json.Close('}').WriteTo(terminal.Output);
    }

    private static void Write(JsonLine json, AuditFinding finding)
    {
        json.Open('{')
            .Property("severity", finding.Severity.ToString().ToLowerInvariant())
            .Property("code", finding.Code)
            .Property("file", finding.File)
            .Name("functions").Open('[');
        foreach (string function in finding.Functions) json.Value(function);
        json.Close(']');
        Write(json, "offset", finding.Offset);
        Write(json, "length", finding.Length);
        Write(json, "firstRecord", finding.FirstRecord);
        Write(json, "lastRecord", finding.LastRecord);
        Write(json, "seq", finding.Leaf);
        json.Property("time", Micros(finding.Time)).Property("message", finding.Problem).Close('}');
    }

    private static void Write(JsonLine json, string name, long? number)
    {
        if (number is { } value) json.Property(name, value);
        else json.Property(name, null);
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Name(AuditVerificationResult result) => result.ToString().ToLowerInvariant();

    private static string? Micros(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
