using System.Globalization;
using System.Text;

namespace EzAudit.Cli.Output;

/// <summary>Builds one JSON value. Preserves any text, including lone surrogates, and escapes whatever could control a terminal.</summary>
/// <remarks>Utf8JsonWriter is no substitute: it replaces lone surrogates.</remarks>
internal sealed class JsonLine
{
    private readonly StringBuilder _text = new();
    private bool _needsComma;

    public JsonLine Open(char bracket)
    {
        Separate();
        _text.Append(bracket);
        _needsComma = false;
        return this;
    }

    public JsonLine Close(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
        return this;
    }

    public JsonLine Name(string name)
    {
        Separate();
        Quote(name);
        _text.Append(':');
        _needsComma = false;
        return this;
    }

    public JsonLine Value(string? text)
    {
        Separate();
        if (text is null) _text.Append("null");
        else Quote(text);
        _needsComma = true;
        return this;
    }

    public JsonLine Value(long number)
    {
        Separate();
        _text.Append(number);
        _needsComma = true;
        return this;
    }

    public JsonLine Value(bool value)
    {
        Separate();
        _text.Append(value ? "true" : "false");
        _needsComma = true;
        return this;
    }

    public JsonLine Property(string name, string? text) => Name(name).Value(text);

    public JsonLine Property(string name, long number) => Name(name).Value(number);

    public override string ToString() => _text.ToString();

    /// <summary>Returns the value as a line and starts a new one.</summary>
    public void WriteTo(TextWriter output)
    {
        _text.Append('\n');
        output.Write(_text);
        _text.Clear();
        _needsComma = false;
    }

    private void Separate()
    {
        if (_needsComma) _text.Append(',');
    }

    private void Quote(string text)
    {
        _text.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '"' or '\\') _text.Append('\\').Append(c);
            else if (c == '\n') _text.Append("\\n");
            else if (c == '\t') _text.Append("\\t");
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) _text.Append(c).Append(text[++i]);
            else if (NeedsEscape(c)) _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else _text.Append(c);
        }
        _text.Append('"');
    }

    private static bool NeedsEscape(char c) =>
        c < ' ' || (c >= '\u007f' && char.GetUnicodeCategory(c) is
            UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
