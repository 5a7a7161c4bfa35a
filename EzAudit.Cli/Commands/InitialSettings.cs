using System.Text;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>The first audit.ini.append of an application: audit on, a file for each function, and the keys that are most often changed.</summary>
internal static class InitialSettings
{
    /// <summary>The text of a new audit.ini.</summary>
    public const string Defaults = """
        #?ini charset="utf-8"?
        # The defaults. An application that starts in the parent directory finds its settings by this file.
        # Your own values are in override/audit.ini.append, which is read later and takes precedence.

        [AuditSettings]
        Audit=disabled

        """;

    private const string Head = """
        #?ini charset="utf-8"?
        # Read after settings/audit.ini and takes precedence. Written by "ezaudit init"; edit it as you like.
        #
        # A comment is a line of its own that starts with # in the first column. A key starts in the first column, and = follows it directly.
        # An edit takes effect while the application runs; an invalid one is reported and changes nothing.
        # "ezaudit check" shows how a writer reads this file, "ezaudit explain FUNCTION" why a function is written or not.

        [AuditSettings]
        # enabled or disabled
        Audit=enabled

        # Function -> log file, below VarDir and LogDir. The line without a value discards the entries of earlier files.
        AuditFileNames[]

        """;

    private const string Own = """

        # Events of the audit trail itself.
        AuditFileNames[audit-start]=audit.log
        AuditFileNames[audit-stop]=audit.log
        AuditFileNames[audit-config-change]=audit.log
        AuditFileNames[audit-rotate]=audit.log
        AuditFileNames[audit-delete]=audit.log
        AuditFileNames[audit-loss]=audit.log
        AuditFileNames[audit-recover]=audit.log
        AuditFileNames[audit-erase]=audit.log

        """;

    private const string Rest = """

        [FunctionDefaults]
        # disk: the record is on disk when the call returns. os: the operating system has it. queue: it is in memory.
        Durability=disk
        # A record that cannot be stored: fail throws, continue returns false and records the loss later, shutdown ends the process.
        OnFailure=fail

        [RotationSettings]
        # A file larger than this is renamed before the next record. 0: never.
        MaxFileSize=64MiB
        # dated: login.log.2026-11-22.1. numbered: login.log.1 is the newest.
        Naming=dated
        # With a number, older files are deleted.
        KeepFiles=all
        KeepDays=all

        [PluginSettings]
        # Assemblies in the application's directory whose plugins are used.
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
