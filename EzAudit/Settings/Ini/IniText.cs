using System.Text;
using System.Text.RegularExpressions;
using EzAudit.Records;

namespace EzAudit.Settings.Ini;

/// <summary>The text of a settings file, decoded in the charset that its first line names: <c>#?ini charset="utf-8"?</c>.</summary>
/// <param name="Text">Lines that end in LF, none of them blank: a line to be skipped is <c>#</c>.</param>
/// <param name="Charset">The charset of the file, and of the next file unless that names its own.</param>
/// <param name="Problems">Lines that could not be read.</param>
internal sealed partial record IniText(string Text, Encoding Charset, IReadOnlyList<IniProblem> Problems)
{
    public const int MaxLineBytes = 8 << 10;
    private const string CharsetWord = "charset=";
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f'];

    /// <summary>The charset of a file that inherits none and names none.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IniText Decode(ReadOnlySpan<byte> bytes, Encoding inherited, string file)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];

        Encoding? charset = inherited;
        int firstEnd = bytes.IndexOf(LineFeed);
        // eZ Publish sees no first line in a file without a line end, and so no header.
        if (firstEnd >= 0 && ReadHeader(bytes[..firstEnd].TrimEnd(CarriageReturn)) is { } name)
        {
            charset = FindCharset(name);
            if (charset is null)
            {
                AuditSettingsProblem problem = new SettingsPlace(file, 1).Error($"charset {Quoted.Text(name)}", "a charset such as utf-8, iso-8859-1 or windows-1252; the file was not read");
                return new IniText("", inherited, [new IniProblem(null, problem)]);
            }
        }
        return DecodeLines(bytes, charset, file);
    }

    // The charset that the header names; null if the line has no header or the header names no charset.
    private static string? ReadHeader(ReadOnlySpan<byte> firstLine)
    {
        Match header = Header().Match(Encoding.Latin1.GetString(firstLine));
        if (!header.Success) return null;
        string? name = header.Groups[1].Value.Split(Blanks).LastOrDefault(word => word.StartsWith(CharsetWord, StringComparison.Ordinal))?[CharsetWord.Length..];
        if (name is ['"', .. var inner, '"']) name = inner;
        return name;
    }

    // Strict: invalid bytes throw. Null if .NET does not know the charset.
    private static Encoding? FindCharset(string name)
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

    private static IniText DecodeLines(ReadOnlySpan<byte> bytes, Encoding charset, string file)
    {
        var text = new StringBuilder(bytes.Length);
        var problems = new List<IniProblem>();
        int number = 0;
        foreach (Range range in bytes.Split(LineFeed))
        {
            number++;
            if (number > 1) text.Append('\n');
            text.Append(DecodeLine(bytes[range].TrimEnd(CarriageReturn), charset, new SettingsPlace(file, number), problems));
            if (problems.Count >= IniFileParser.MaxProblems) break;
        }
        return new IniText(text.ToString(), charset, problems);
    }

    private static string DecodeLine(ReadOnlySpan<byte> line, Encoding charset, SettingsPlace place, List<IniProblem> problems)
    {
        // ini-parser skips blank lines without calling any of its virtual members; a comment sign keeps its line numbers in step with ours.
        const string Skipped = "#";
        if (line.Contains(CarriageReturn))
        {
            string lines = Encoding.Latin1.GetString(line).Replace('\r', '\n');
            if (IniNearMiss.IsSeveralLines(lines.Split('\n')))
            {
                problems.Add(new IniProblem(lines, place.Error("lines that end with CR alone", "lines that end with LF or CR LF")));
                return Skipped;
            }
            line = Array.FindAll(line.ToArray(), b => b != CarriageReturn);
        }
        if (line.Length > MaxLineBytes)
        {
            string start = Encoding.Latin1.GetString(line[..40]);
            problems.Add(new IniProblem(start, place.Error($"a line of {line.Length} bytes", "at most 8 KiB")));
            return Skipped;
        }
        try
        {
            string text = charset.GetString(line);
            return string.IsNullOrWhiteSpace(text) ? Skipped : text;
        }
        catch (DecoderFallbackException exception)
        {
            string bytes = exception.BytesUnknown is { Length: > 0 } unknown ? Convert.ToHexString(unknown) : "an incomplete character";
            AuditSettingsProblem problem = place.Error(
                $"bytes that are not {charset.WebName} ({bytes})", "that charset, or another one named in the first line: #?ini charset=\"iso-8859-1\"?");
            problems.Add(new IniProblem(Encoding.Latin1.GetString(line), problem));
            return Skipped;
        }
    }

    [GeneratedRegex(@"#\?ini(.+)\?", RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
