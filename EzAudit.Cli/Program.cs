using EzAudit.Cli.Output;

namespace EzAudit.Cli;

/// <summary>The entry point of the tool.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        using var terminal = new Terminal();
        using var tool = new Tool(terminal);
        return tool.Run(args);
    }
}
