using EzAudit.Cli;
using EzAudit.Cli.Output;

using var terminal = new Terminal();
using var tool = new Tool(terminal);
return tool.Run(args);
