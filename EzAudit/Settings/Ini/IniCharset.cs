using System.Text;
using System.Text.RegularExpressions;

namespace EzAudit.Settings.Ini;

/// <summary>Reads the charset that a settings file names in its first line: <c>#?ini charset="utf-8"?</c>.</summary>
internal static partial class IniCharset
{
    private const string Word = "charset=";
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f'];

    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The name in the header; <see langword="null"/> if the line has no header or the header names no charset.</summary>
    public static string? ReadHeader(ReadOnlySpan<byte> firstLine)
    {
        Match header = Header().Match(Encoding.Latin1.GetString(firstLine));
        if (!header.Success) return null;
        string? name = header.Groups[1].Value.Split(Blanks).LastOrDefault(word => word.StartsWith(Word, StringComparison.Ordinal))?[Word.Length..];
        if (name is ['"', .. var inner, '"']) name = inner;
        return name;
    }

    /// <summary>The charset, strict: invalid bytes throw. <see langword="null"/> if .NET does not know it.</summary>
    public static Encoding? Find(string name)
    {
        string alias = name.ToUpperInvariant() switch { "UTF8" => "utf-8", "LATIN1" => "iso-8859-1", _ => name };
        Encoding? found = FindBuiltIn(alias) ?? CodePagesEncodingProvider.Instance.GetEncoding(alias, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        return found is not null && HoldsAscii(found) ? found : null;
    }

    private static Encoding? FindBuiltIn(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // .NET cannot be asked whether it knows a name.
            return null;
        }
    }

    // In UTF-16 or EBCDIC, the header could not have been read as ASCII.
    private static bool HoldsAscii(Encoding charset)
    {
        string ascii = new([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);
        try
        {
            return charset.GetString(Encoding.ASCII.GetBytes(ascii)) == ascii;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"#\?ini(.+)\?", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
