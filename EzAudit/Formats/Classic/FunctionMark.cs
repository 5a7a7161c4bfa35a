using EzAudit.Formats.Output;
using EzAudit.Records;

namespace EzAudit.Formats.Classic;

/// <summary>The last line of a classic record whose file holds several functions: <c>Audit function: user-logout</c>.</summary>
/// <remarks>It follows everything that a caller passes, so no caller can forge another function's name.</remarks>
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

    /// <summary>Finds the name in the lines of a record.</summary>
    public static bool TryFind(ReadOnlySpan<byte> lines, out ReadOnlySpan<byte> function)
    {
        ReadOnlySpan<byte> last = lines[(lines.LastIndexOf((byte)'\n') + 1)..];
        bool isMarked = last.Length > Start.Length && last.StartsWith(Start);
        function = isMarked ? last[Start.Length..] : default;
        return isMarked;
    }

    /// <summary>The function that a record names, if a writer can have written that name.</summary>
    public static string? Read(ReadOnlySpan<byte> function) => ClassicText.Read(function) is var name && AuditFunctionName.IsValid(name) ? name : null;
}
