using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Newsroom;

/// <summary>The built Newsroom as a process, with its own data directory and a free port.</summary>
internal sealed class NewsroomSite : IDisposable
{
    public const string AdminPassword = "Admin-of-the-news-1";
    public const string EditorPassword = "Editor-of-the-news-1";
    public const string ReaderPassword = "Reader-of-the-news-1";

    // The fields that the site's settings append to each record.
    private static readonly string[] ExtraFields = ["Session id", "Trace id"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Listening = "Newsroom is listening on ";

    private readonly TempFolder _folder = new();
    private readonly string[] _arguments;
    private ChildProcess _process;

    /// <param name="arguments">Further command-line arguments, such as <c>--ResetLinkLifetime=00:00:01</c>.</param>
    public NewsroomSite(params string[] arguments)
        : this(arguments, isJson: true)
    {
    }

    private NewsroomSite(string[] arguments, bool isJson)
    {
        _arguments = arguments;
        if (isJson) CopySettings();
        (_process, Address) = Start();
    }

    /// <summary>The site as shipped: it finds its own settings and writes eZ Publish's format.</summary>
    public static NewsroomSite AsShipped() => new([], isJson: false);

    public Uri Address { get; private set; }

    public string Root => _folder.Path;

    public string LogDirectory => _folder["var/log/audit"];

    public string Database => _folder["var/newsroom.db"];

    /// <summary>All records of a function, in file order.</summary>
    public IReadOnlyList<AuditRecord> Records(string function) =>
        [.. Records().Where(record => record.Function == function)];

    /// <summary>All complete records of all files.</summary>
    public IReadOnlyList<AuditRecord> Records()
    {
        if (!Directory.Exists(LogDirectory)) return [];
        var found = new List<AuditRecord>();
        foreach (string file in Directory.EnumerateFiles(LogDirectory, "*.log"))
        {
            found.AddRange(ReadBack.Of(file).Records.Select(item => item.Record));
        }
        return found;
    }

    /// <summary>Waits for the only record of a function that matches; fails if there are several.</summary>
    public AuditRecord Only(string function, Func<AuditRecord, bool> isLikeThat)
    {
        List<AuditRecord> Find() => Records(function).Where(isLikeThat).ToList();
        Until.True(() => Find().Count > 0, $"{function} is on record", () => string.Join('\n', Records(function)), Patience);
        List<AuditRecord> found = Find();
        Assert.HasCount(1, found, string.Join('\n', found));
        return found[0];
    }

    /// <summary>Waits for the only record of a function that has exactly these fields.</summary>
    public AuditRecord Only(string function, params (string Name, object? Value)[] fields)
    {
        List<(string, string)> expected = [.. fields.Select(field => (field.Name, Convert.ToString(field.Value, CultureInfo.InvariantCulture)!))];
        return Only(function, record => record.Fields
            .Where((field, place) => place < expected.Count || !ExtraFields.Contains(field.Name))
            .Select(field => (field.Name, field.Value))
            .SequenceEqual(expected));
    }

    /// <summary>Kills the site and restarts it with the same data on another port.</summary>
    public void Restart()
    {
        Kill();
        (_process, Address) = Start();
    }

    /// <summary>Stops the site as a service manager does, and waits until it has exited.</summary>
    public void Stop()
    {
        Native.Signal(_process.Id, Native.SigTerminate);
        (int exitCode, _, string errors) = _process.Finish();
        Assert.AreEqual(0, exitCode, errors);
    }

    public void Kill()
    {
        _process.Kill();
        _process.Finish();
        _process.Dispose();
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }

    private void CopySettings()
    {
        string settings = Repository.PathOf("samples", "Newsroom", "settings");
        foreach (string file in Directory.EnumerateFiles(settings, "*", SearchOption.AllDirectories))
            _folder.Write(Path.Combine("settings", Path.GetRelativePath(settings, file)), File.ReadAllText(file));
        // One JSON line per record, with the name of the function: easy for tests to query.
        _folder.Write("settings/override/audit.ini.append", "[FunctionDefaults]\nFormat=json\n");
    }

    private (ChildProcess Process, Uri Address) Start()
    {
        string site = Repository.PathOf("samples", "Newsroom", "bin", Repository.Configuration, "net10.0", "Newsroom.dll");
        string[] command =
            ["dotnet", site, "--data", Root, "--urls", "http://127.0.0.1:0", .. _arguments];
        // Not the site's own directory: the site must find its files from anywhere.
        ChildProcess process = ChildProcess.StartProgramIn(Path.GetTempPath(), [], command);
        string line = "";
        while (!line.StartsWith(Listening, StringComparison.Ordinal)) line = process.ReadLine();
        return (process, new Uri(line[Listening.Length..]));
    }
}
