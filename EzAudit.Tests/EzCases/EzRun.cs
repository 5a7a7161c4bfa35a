using EzAudit.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.EzCases;

/// <summary>Runs a case with EzAudit, in its own root.</summary>
internal sealed class EzRun : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly EzCase _case;
    private readonly FakeTimeProvider _clock = new(TestClock.Start);

    public EzRun(EzCase run)
    {
        _case = run;
        run.SetUp(_root.Path);
    }

    /// <summary>What the calls returned.</summary>
    public List<bool> Returns { get; } = [];

    public string Root => _root.Path;

    public RootTree Tree() => RootTree.Read(_root.Path);

    /// <summary>Makes the calls in order; rethrows what EzAudit throws.</summary>
    public void MakeCalls()
    {
        AuditWriter? writer = null;
        string? hostName = null;
        try
        {
            foreach (EzCall call in _case.Calls)
            {
                if (writer is null || hostName != call.HostName)
                {
                    writer?.Dispose();
                    writer = Build(hostName = call.HostName);
                }
                Returns.Add(Make(writer, call));
            }
        }
        finally
        {
            writer?.Dispose();
        }
    }

    public AuditWriter Build(string hostName) => new AuditWriterBuilder(_root.Path)
    {
        TimeProvider = _clock,
        HostName = hostName,
        SiteAccess = _case.SiteAccess,
    }.AddConfiguration(Settings()).Build();

    public void Dispose() => _root.Dispose();

    private bool Make(AuditWriter writer, EzCall call)
    {
        _clock.AdjustTime(call.Time.ToDateTimeOffset());
        if (call.Actor is null) return writer.WriteAudit(call.Function, call.Fields.ToArray());
        using IDisposable context = AuditContext.Use(call.Actor, call.Address);
        return writer.WriteAudit(call.Function, call.Fields.ToArray());
    }

    private IConfiguration Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["RotationSettings:MaxFileSize"] = _case.MaxFiles == 0 ? "0" : $"{_case.MaxFileSize}",
            ["RotationSettings:Naming"] = "numbered",
        };
        if (_case.MaxFiles > 0) settings["RotationSettings:KeepFiles"] = $"{_case.MaxFiles}";
        if (_case.TimeZone is { } zone) settings["TimeZoneSettings:TimeZone"] = zone;
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
