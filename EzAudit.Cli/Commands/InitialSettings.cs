using System.Text;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>The text of an audit.ini.append for a start: audit on, a file for each function, and the keys that one changes first.</summary>
internal static class InitialSettings
{
    /// <summary>The text of an audit.ini where there is none.</summary>
    public const string Defaults = """
        #?ini charset="utf-8"?
        # The defaults. An application that is started in the directory above finds its settings by this file.
        # Your own values are in override/audit.ini.append, which is read later and wins.

        [AuditSettings]
        Audit=disabled

        """;

    private const string Head = """
        #?ini charset="utf-8"?
        # Read after settings/audit.ini, and wins. Written by "ezaudit init"; change what you like.
        #
        # A comment has its own line and starts with # in its first column. Nothing stands before a key, and = directly behind it.
        # An edit takes effect while the application runs; one that is wrong is reported and changes nothing.
        # "ezaudit check" tells what a writer makes of it, "ezaudit explain FUNCTION" why a function is written or not.

        [AuditSettings]
        # enabled or disabled
        Audit=enabled

        # Function -> log file, below VarDir and LogDir. The line without a value forgets what the files before this one say.
        AuditFileNames[]

        """;

    private const string Own = """

        # What happens to the audit trail itself.
        AuditFileNames[audit-start]=audit.log
        AuditFileNames[audit-stop]=audit.log
        AuditFileNames[audit-config-change]=audit.log
        AuditFileNames[audit-rotate]=audit.log
        AuditFileNames[audit-delete]=audit.log
        AuditFileNames[audit-loss]=audit.log
        AuditFileNames[audit-recover]=audit.log

        """;

    private const string Rest = """

        [FunctionDefaults]
        # disk: the record is on disk when the call returns. os: it is with the operating system. queue: it is in memory.
        Durability=disk
        # A record that cannot be stored: fail throws, continue answers false and records the loss later, shutdown ends the process.
        OnFailure=fail

        [RotationSettings]
        # A file larger than this is renamed before the next record. 0: never.
        MaxFileSize=64MiB
        # dated: login.log.2026-11-22.1. numbered: login.log.1 is the newest.
        Naming=dated
        # A number deletes the oldest.
        KeepFiles=all
        KeepDays=all

        [PluginSettings]
        # Assemblies beside the application whose plugins are used.
        Plugins[]

        """;

    public static string TextOf(IEnumerable<string> plugins, IEnumerable<AuditFunction> functions)
    {
        var text = new StringBuilder(Head);
        foreach (AuditFunction function in functions)
        {
            if (function.Fields.Count > 0) text.Append("# ").AppendJoin(", ", function.Fields).Append('\n');
            text.Append("AuditFileNames[").Append(function.Name).Append("]=").Append(function.DefaultFileName ?? FileNameOf(function.Name)).Append('\n');
        }
        text.Append(Own).Append(Rest);
        foreach (string plugin in plugins) text.Append("Plugins[]=").Append(plugin).Append('\n');
        return text.ToString();
    }

    private static string FileNameOf(string function) => $"{function.Replace('-', '_')}.log";
}
