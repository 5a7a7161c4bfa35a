using System.Runtime.CompilerServices;
using EzAudit.Extensibility;
using EzAudit.Records;

namespace EzAudit.Formats.Output;

/// <summary>The event name and the parsed sentence that describe a function's records in one line. Thread-safe.</summary>
internal sealed class FunctionWording
{
    private static readonly ConditionalWeakTable<AuditFunction, FunctionWording> Known = [];

    private readonly (string Text, bool IsField)[]? _sentence;

    private FunctionWording(AuditFunction function)
    {
        EventName = function.EventName ?? PascalCase(function.Name);
        _sentence = function.Sentence is { } sentence ? [.. Split(sentence)] : null;
    }

    /// <summary>The event name.</summary>
    public string EventName { get; }

    public static FunctionWording Of(AuditFunction function) =>
        Known.TryGetValue(function, out FunctionWording? known) ? known : Known.GetValue(function, static made => new FunctionWording(made));

    /// <summary>Writes the sentence; the fields if there is none.</summary>
    public void WriteSentence<TEscape>(ref Utf8Output output, in AuditRecordView record) where TEscape : struct, ITextEscape
    {
        if (_sentence is null)
        {
            WriteFields<TEscape>(ref output, record);
            return;
        }
        foreach ((string text, bool isField) in _sentence)
        {
            if (!isField) EscapedText.Write<TEscape>(ref output, text);
            else if (record.IndexOf(text) is >= 0 and int at) EscapedText.WriteValue<TEscape>(ref output, record.Fields[at]);
        }
    }

    /// <summary>Writes the fields as <c>name: value</c>, joined by <c>; </c>.</summary>
    public static void WriteFields<TEscape>(ref Utf8Output output, in AuditRecordView record) where TEscape : struct, ITextEscape
    {
        bool isFirst = true;
        foreach (ref readonly AuditField field in record.Fields)
        {
            if (!isFirst) output.Write("; "u8);
            isFirst = false;
            EscapedText.Write<TEscape>(ref output, field.Name);
            output.Write(": "u8);
            EscapedText.WriteValue<TEscape>(ref output, in field);
        }
    }

    private static string PascalCase(string name)
    {
        var word = new System.Text.StringBuilder(name.Length);
        bool begins = true;
        foreach (char c in name)
        {
            bool belongs = char.IsLetterOrDigit(c) || char.IsSurrogate(c);
            if (belongs) word.Append(begins ? char.ToUpperInvariant(c) : c);
            begins = !belongs;
        }
        return word.Length > 0 ? word.ToString() : name;
    }

    // Texts, and the names of the fields whose values replace them. "{{" is a literal brace, and so is an unclosed one.
    private static IEnumerable<(string Text, bool IsField)> Split(string sentence)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < sentence.Length; i++)
        {
            int close = sentence[i] == '{' ? sentence.IndexOf('}', i) : -1;
            bool isDoubled = sentence[i] is '{' or '}' && i + 1 < sentence.Length && sentence[i + 1] == sentence[i];
            if (isDoubled || close < 0)
            {
                text.Append(sentence[i]);
                if (isDoubled) i++;
                continue;
            }
            if (text.Length > 0) yield return (text.ToString(), false);
            text.Clear();
            yield return (sentence[(i + 1)..close], true);
            i = close;
        }
        if (text.Length > 0) yield return (text.ToString(), false);
    }
}
