using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli;

/// <summary>A root with settings and log files in which the tool runs as a process.</summary>
internal sealed class ToolSite : IDisposable
{
    public const string Enabled = """
        [AuditSettings]
        Audit=enabled
        AuditFileNames[user-login]=login.log
        AuditFileNames[user-failed-login]=failed_login.log
        AuditFileNames[content-move]=content_move.log
        AuditFileNames[order-delete]=order_delete.log
        [PluginSettings]
        Plugins[]=EzAudit.Plugins

        """;

    private readonly Dictionary<string, string> _environment = new() { ["EZAUDIT_ROOT"] = "", ["EZAUDIT_SITEACCESS"] = "" };

    public ToolSite(string auditIni = Enabled)
    {
        Root.Write("settings/audit.ini", auditIni);
    }

    public TempFolder Root { get; } = new();

    public static string Binary { get; } = Repository.PathOf("EzAudit.Cli", "bin", Repository.Configuration, "net10.0", "EzAudit.Cli.dll");

    /// <summary>A site with one day of a shop: someone deletes order 7 and does more that day.</summary>
    public static ToolSite OfShop()
    {
        var site = new ToolSite();
        site.Log("login.log", "[ Nov 21 2026 09:00:00 ] [10.0.0.7] [anonymous:10]\nUser id: 16\nUser login: editor\n\n");
        site.Log("login.log", "[ Nov 22 2026 13:58:00 ] [10.0.0.7] [anonymous:10]\nUser id: 16\nUser login: editor\n\n");
        site.Log("order_delete.log", "[ Nov 20 2026 08:00:00 ] [10.0.0.9] [admin:14]\nOrder ID: 5\nComment: Removed the order and its data\n\n");
        site.Log("order_delete.log", "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [editor:16]\nOrder ID: 7\nComment: Removed the order and its data\n\n");
        site.Log("content_move.log", "[ Nov 22 2026 14:10:00 ] [10.0.0.7] [editor:16]\nNode ID: 124\nOld parent node ID: 2\nNew parent node ID: 59\nObject ID: 114\nContent Name: =HYPERLINK(1)\nComment: a \"quoted\", moved node\n\n");
        return site;
    }

    /// <summary>Appends to a log file.</summary>
    public string Log(string fileName, string text)
    {
        string path = Root[$"var/log/audit/{fileName}"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, text);
        return path;
    }

    public ChildProcess Start(params string[] arguments) => ChildProcess.StartProgramIn(Root.Path, _environment, ["dotnet", Binary, .. arguments]);

    /// <summary>Runs the tool to its end.</summary>
    public ToolRun Run(params string[] arguments)
    {
        using ChildProcess tool = Start(arguments);
        tool.Input.Close();
        return ToolRun.Of(tool);
    }

    /// <summary>Runs the tool with a text on its standard input.</summary>
    public ToolRun RunWith(string input, params string[] arguments)
    {
        using ChildProcess tool = Start(arguments);
        tool.Input.Write(input);
        tool.Input.Close();
        return ToolRun.Of(tool);
    }

    /// <summary>Runs a shell command in which <c>ezaudit</c> is the tool.</summary>
    public ToolRun RunShell(string line)
    {
        using ChildProcess shell = ChildProcess.StartProgramIn(Root.Path, _environment, "bash", "-c", $"ezaudit() {{ dotnet '{Binary}' \"$@\"; }}\n{line}");
        shell.Input.Close();
        return ToolRun.Of(shell);
    }

    public void Dispose() => Root.Dispose();
}
