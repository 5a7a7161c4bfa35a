using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>The line that ends a classic record whose file alone does not tell which function it is of: <c>Audit function: user-logout</c>.</summary>
/// <remarks>It is the last line, behind everything that a caller passes, so no caller can write another function's name there.</remarks>
internal static class FunctionMark
{
    public const string Field = "Audit function";

    private static ReadOnlySpan<byte> Start => "Audit function: "u8;

    public static void Write(ref Utf8Output output, string function)
    {
        output.Write(Start);
        ClassicText.WriteValue(ref output, function);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Finds the name in a record that is read in place.</summary>
    public static bool TryFind(in ClassicView view, out ReadOnlySpan<byte> function)
    {
        ReadOnlySpan<byte> last = view.Lines[(view.Lines.LastIndexOf((byte)'\n') + 1)..];
        bool isMarked = last.Length > Start.Length && last.StartsWith(Start);
        function = isMarked ? last[Start.Length..] : default;
        return isMarked;
    }

    /// <summary>The function that a record names, if it names one that a writer can have written.</summary>
    public static string? Read(ReadOnlySpan<byte> function) => ClassicText.Read(function) is var name && AuditFunctionName.IsValid(name) ? name : null;
}
