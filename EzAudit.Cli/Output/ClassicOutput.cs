using System.Text;
using EzAudit.Records;

namespace EzAudit.Cli.Output;

/// <summary>Writes records as they are in their files, byte for byte, but escapes control characters, which other programs may have written.</summary>
internal sealed class ClassicOutput(Terminal terminal, bool showsFiles) : IRecordOutput
{
    public void Write(AuditFoundRecord record)
    {
        if (showsFiles) terminal.WriteLine($"{VisibleText.Of(record.File.Path)}:@{record.Offset}");
        ReadOnlySpan<byte> bytes = record.Bytes.Span;
        if (terminal.IsTerminal) terminal.Write(Encoding.UTF8.GetBytes(VisibleText.Of(Encoding.UTF8.GetString(bytes), keepsLines: true)));
        else terminal.Write(VisibleBytes.Of(bytes));
        // A torn or glued record has no blank line after it and must not run into the next one. A line of json ends by itself.
        if (record.File.SaysFunctions && bytes.EndsWith("\n"u8)) return;
        if (!bytes.EndsWith("\n\n"u8) && !bytes.EndsWith("\n\r\n"u8)) terminal.Write(bytes.EndsWith("\n"u8) ? "\n"u8 : "\n\n"u8);
    }
}
