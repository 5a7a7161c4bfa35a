using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>EzAudit as an application uses it: settings in its own root, ten functions, the actor from the context.</summary>
internal sealed class EzAuditContender : IContender
{
    private readonly AuditWriter _writer;
    private readonly IDisposable _context;

    public EzAuditContender(string root, string durability, long maxFileSize, bool isSealed = false)
    {
        string settings = Path.Combine(root, "settings");
        Directory.CreateDirectory(settings);
        File.WriteAllLines(Path.Combine(settings, "audit.ini"),
        [
            "[AuditSettings]",
            "Audit=enabled",
            .. SampleRecord.Functions.ToArray().Select((function, file) => $"AuditFileNames[{function}]={SampleRecord.FileName(file)}"),
            "[FunctionDefaults]",
            $"Durability={durability}",
            .. maxFileSize < 0 ? Array.Empty<string>() : ["[RotationSettings]", $"MaxFileSize={maxFileSize}"],
            .. isSealed ? ["[SealSettings]", "Seal=enabled", "KeyDir=keys"] : Array.Empty<string>(),
        ]);
        _writer = new AuditWriterBuilder(root).Build();
        // Flows into the threads, because they are started later.
        _context = AuditContext.Use(new AuditActor(SampleRecord.Login, SampleRecord.UserId), SampleRecord.Address);
    }

    public string LogDirectory => _writer.LogDirectory;

    public void Write(int file, int thread, int number) => SampleRecord.Write(_writer, file, thread, number);

    public void Drain()
    {
    }

    public void Dispose()
    {
        _context.Dispose();
        _writer.Dispose();
    }
}
