using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Newsroom;

/// <summary>The built Newsroom as a process, with a data directory of its own, at a port that is free.</summary>
internal sealed class NewsroomSite : IDisposable
{
    public const string AdminPassword = "Admin-of-the-news-1";
    public const string EditorPassword = "Editor-of-the-news-1";
    public const string ReaderPassword = "Reader-of-the-news-1";

    // What the site's settings add behind the fields of each record.
    private static readonly string[] ExtraFields = ["Session id", "Trace id"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Listening = "Newsroom is listening on ";

    private readonly TempFolder _folder = new();
    private readonly string[] _arguments;
    private ChildProcess _process;

    /// <param name="arguments">What its command line says beside the data directory and the port, such as <c>--ResetLinkLifetime=00:00:01</c>.</param>
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

    /// <summary>The site as it comes: with its own settings, which it has to find, and eZ Publish's format.</summary>
    public static NewsroomSite AsShipped() => new([], isJson: false);

    public Uri Address { get; private set; }

    public string Root => _folder.Path;

    public string LogDirectory => _folder["var/log/audit"];

    public string Database => _folder["var/newsroom.db"];

    /// <summary>All records of a function, in the order of their file.</summary>
    public IReadOnlyList<AuditRecord> Records(string function) =>
        [.. Records().Where(record => record.Function == function)];

    /// <summary>All records of all files, those that are being written left out.</summary>
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

    /// <summary>The one record of a function that is like that; waits for it, and fails where there are several.</summary>
    public AuditRecord Only(string function, Func<AuditRecord, bool> isLikeThat)
    {
        List<AuditRecord> Find() => Records(function).Where(isLikeThat).ToList();
        Until.True(() => Find().Count > 0, $"{function} is on record", () => string.Join('\n', Records(function)), Patience);
        List<AuditRecord> found = Find();
        Assert.HasCount(1, found, string.Join('\n', found));
        return found[0];
    }

    /// <summary>The one record of a function that has these values, all of its fields.</summary>
    public AuditRecord Only(string function, params (string Name, object? Value)[] fields)
    {
        List<(string, string)> wanted = [.. fields.Select(field => (field.Name, Convert.ToString(field.Value, CultureInfo.InvariantCulture)!))];
        return Only(function, record => record.Fields
            .Where((field, place) => place < wanted.Count || !ExtraFields.Contains(field.Name))
            .Select(field => (field.Name, field.Value))
            .SequenceEqual(wanted));
    }

    /// <summary>Ends it as a crash does, and starts it anew with the same data, at another port.</summary>
    public void Restart()
    {
        Kill();
        (_process, Address) = Start();
    }

    /// <summary>Ends it as a service manager does, and waits for the end.</summary>
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
        // One line is one record with the name of its function: what tests ask for.
        _folder.Write("settings/override/audit.ini.append", "[FunctionDefaults]\nFormat=json\n");
    }

    private (ChildProcess Process, Uri Address) Start()
    {
        string site = Repository.PathOf("samples", "Newsroom", "bin", Repository.Configuration, "net10.0", "Newsroom.dll");
        string[] command =
            ["dotnet", site, "--data", Root, "--urls", "http://127.0.0.1:0", .. _arguments];
        // Not its own directory: it has to find its parts from anywhere.
        ChildProcess process = ChildProcess.StartProgramIn(Path.GetTempPath(), [], command);
        string line = "";
        while (!line.StartsWith(Listening, StringComparison.Ordinal)) line = process.ReadLine();
        return (process, new Uri(line[Listening.Length..]));
    }
}
