namespace EzAudit.Formats.Text;

/// <summary>A piece of a sentence: a text, or the name of the field whose value stands there.</summary>
internal readonly record struct SentencePart(string Text, bool IsField)
{
    /// <summary>Takes a sentence apart. <c>{{</c> is a brace, and so is one that no other closes.</summary>
    public static IEnumerable<SentencePart> Split(string sentence)
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
            if (text.Length > 0) yield return new SentencePart(text.ToString(), IsField: false);
            text.Clear();
            yield return new SentencePart(sentence[(i + 1)..close], IsField: true);
            i = close;
        }
        if (text.Length > 0) yield return new SentencePart(text.ToString(), IsField: false);
    }
}
