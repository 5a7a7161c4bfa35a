using System.CommandLine;
using EzAudit.Cli.Asking;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary><c>ezaudit init</c>: writes an override of audit.ini that turns on the chosen functions, with a comment for each key.</summary>
internal static class InitCommand
{
    private const string Defaults = "settings/audit.ini";
    private const string Override = "settings/override/audit.ini.append";

    public static Command Create(ToolContext context)
    {
        var command = new ToolCommand(
            "init",
            "Writes a commented settings/override/audit.ini.append for the chosen plugins",
            "ezaudit init",
            "ezaudit init --root /srv/shop --function 'order-*' --function 'user-*'",
            "ezaudit init --plugin AuthenticationPlugin --plugin RecordPlugin",
            "ezaudit init --plugin EzAudit.Plugins --force");
        var plugins = new Option<string[]>("--plugin")
        {
            Description = "A plugin, such as AccessPlugin, or an assembly for all of its plugins; defaults to sign-in, accounts, denied access and changed rows",
            HelpName = "PLUGIN",
        };
        var functions = new Option<string[]>("--function") { Description = "Only these functions; * matches any characters", HelpName = "NAME" };
        var force = new Option<bool>("--force") { Description = "Overwrite an existing file" };
        command.Add(plugins);
        command.Add(functions);
        command.Add(force);
        command.SetAction(parsed =>
        {
            context.Place.UsePlugins(parsed);
            string[] named = parsed.GetValue(plugins) ?? [];
            string[] patterns = parsed.GetValue(functions) ?? [];
            string[] chosen = named.Length > 0 ? named : [PluginCatalogue.OwnAssembly];
            if (named.Length == 0 && patterns.Length == 0) patterns = FunctionChoice.Default;
            IReadOnlyList<AuditFunction> wanted = FunctionChoice.Choose(PluginCatalogue.FunctionsOf(chosen), patterns);
            string path = Path.Combine(context.Place.PathOfRoot(parsed), Override);
            Save(path, InitialSettings.TextOf(PluginCatalogue.AssembliesOf(chosen), wanted), parsed.GetValue(force));
            SaveDefaults(context, Path.Combine(context.Place.PathOfRoot(parsed), Defaults));
            context.Terminal.WriteLine($"{path}: written with {wanted.Count} functions; run \"ezaudit check\" to see how a writer reads it");
            return ExitCode.Found;
        });
        return command;
    }

    // Without this file, an application that runs there does not take the directory for its root, and writes nothing.
    private static void SaveDefaults(ToolContext context, string path)
    {
        if (File.Exists(path)) return;
        Save(path, InitialSettings.Defaults, mayOverwrite: false);
        context.Terminal.WriteLine($"{path}: written; applications that run in this directory find their settings by it");
    }

    private static void Save(string path, string text, bool mayOverwrite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            using var file = new FileStream(path, mayOverwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }
        catch (IOException) when (!mayOverwrite && File.Exists(path))
        {
            throw new ToolException(path, "already exists; use --force to overwrite it");
        }
    }
}
