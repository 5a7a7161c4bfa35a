namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>SQL read character by character. It counts the reads, so that a test can show that they grow linearly with the length.</summary>
internal sealed class SqlText(string text)
{
    public long Reads { get; private set; }

    public int Length => text.Length;

    /// <summary>The character at an index, or NUL past the end.</summary>
    public char this[int at]
    {
        get
        {
            Reads++;
            return (uint)at < (uint)text.Length ? text[at] : '\0';
        }
    }

    public string Of(SqlToken token) => text[token.Start..token.End];

    public ReadOnlySpan<char> SpanOf(SqlToken token) => text.AsSpan(token.Start, token.End - token.Start);
}
