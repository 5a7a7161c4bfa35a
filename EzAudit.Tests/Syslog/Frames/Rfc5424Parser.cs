using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EzAudit.Records;

namespace EzAudit.Tests.Syslog.Frames;

/// <summary>Parses a message strictly by the grammar of RFC 5424, section 6; throws if the message violates it.</summary>
internal sealed partial class Rfc5424Parser
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly string _text;
    private int _at;

    private Rfc5424Parser(string text) => _text = text;

    public int Priority { get; private set; }

    public string Host { get; private set; } = "";

    public string App { get; private set; } = "";

    public string MessageId { get; private set; } = "";

    /// <summary>Element, parameter and unescaped value.</summary>
    public List<(string Element, string Name, string Value)> Parameters { get; } = [];

    public string? Message { get; private set; }

    public static Rfc5424Parser Parse(ReadOnlySpan<byte> message)
    {
        var parser = new Rfc5424Parser(Strict.GetString(message));
        parser.Read();
        return parser;
    }

    /// <summary>The record's fields, recovered from the parameters.</summary>
    public IEnumerable<AuditField> Fields()
    {
        var parameters = Parameters.Where(item => item.Element.StartsWith("fields@", StringComparison.Ordinal)).ToList();
        for (int i = 0; i < parameters.Count; i++)
        {
            bool isNamedBeside = parameters[i].Name.EndsWith(".name", StringComparison.Ordinal);
            string name = isNamedBeside ? Text(parameters[i].Value) : Name(parameters[i].Name);
            if (isNamedBeside) i++;
            yield return new AuditField(name, Text(parameters[i].Value));
        }
    }

    private static string Text(string value) =>
        Escape().Replace(value, match => ((char)int.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static string Name(string name)
    {
        byte[] bytes = [.. Percent().Matches(name).Select(match => match.Value switch
        {
            "_" => (byte)' ',
            ['%', .. string hex] => byte.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            _ => (byte)match.Value[0],
        })];
        var text = new StringBuilder();
        for (int i = 0; i < bytes.Length;)
        {
            if (bytes[i] == 0xed && bytes[i + 1] >= 0xa0)
            {
                text.Append((char)(0xd000 | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f)));
                i += 3;
                continue;
            }
            if (Rune.DecodeFromUtf8(bytes.AsSpan(i), out Rune rune, out int length) != System.Buffers.OperationStatus.Done) throw new FormatException($"name {name}");
            text.Append(rune.ToString());
            i += length;
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\\u\{([0-9a-f]+)\}")]
    private static partial Regex Escape();

    [GeneratedRegex("%[0-9A-F]{2}|[^%]")]
    private static partial Regex Percent();

    private void Read()
    {
        Expect('<');
        Priority = int.Parse(Token('>', 3, char.IsAsciiDigit), CultureInfo.InvariantCulture);
        if (Priority > 191) throw new FormatException($"PRI {Priority}");
        Expect('1');
        Expect(' ');
        DateTimeOffset.ParseExact(Token(' ', 32, IsPrintable), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        Host = Token(' ', 255, IsPrintable);
        App = Token(' ', 48, IsPrintable);
        Token(' ', 128, IsPrintable);
        MessageId = Token(' ', 32, IsPrintable);
        while (_at < _text.Length && _text[_at] == '[') ReadElement();
        if (Parameters.Count == 0) throw new FormatException("no structured data");
        if (_at == _text.Length) return;
        Expect(' ');
        Message = _text[_at..];
        if (Message.Any(char.IsControl)) throw new FormatException("a control character in MSG");
    }

    private void ReadElement()
    {
        Expect('[');
        int start = _at;
        while (_text[_at] is not (' ' or ']')) _at++;
        string element = Checked(_text[start.._at], 32, IsName);
        while (_text[_at] == ' ')
        {
            _at++;
            string name = Token('=', 32, IsName);
            Expect('"');
            Parameters.Add((element, name, Value()));
        }
        Expect(']');
    }

    private string Value()
    {
        var value = new StringBuilder();
        while (true)
        {
            char c = _text[_at++];
            if (c == '"') return value.ToString();
            if (c == ']' || char.IsControl(c)) throw new FormatException($"U+{(int)c:X4} in a value");
            if (c == '\\' && _text[_at] is ('"' or '\\' or ']')) c = _text[_at++];
            value.Append(c);
        }
    }

    private string Token(char end, int most, Func<char, bool> isAllowed)
    {
        int start = _at;
        _at = _text.IndexOf(end, _at) is >= 0 and int found ? found : throw new FormatException($"no {end} behind {start}");
        string token = Checked(_text[start.._at], most, isAllowed);
        _at++;
        return token;
    }

    private static string Checked(string token, int most, Func<char, bool> isAllowed) =>
        token.Length > 0 && token.Length <= most && token.All(isAllowed) ? token : throw new FormatException($"token \"{token}\"");

    private void Expect(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) throw new FormatException($"no {c} at {_at} of {_text}");
        _at++;
    }

    private static bool IsPrintable(char c) => c is > ' ' and <= '~';

    private static bool IsName(char c) => IsPrintable(c) && c is not ('=' or ']' or '"');
}
