using System.Globalization;

namespace EzAudit.EntityFrameworkCore.Sql;

/// <summary>Splits SQL into tokens the way a database does. It never moves back; text that it cannot read reliably becomes one last token.</summary>
internal sealed class SqlTokenizer
{
    private readonly SqlText _text;
    private readonly SqlDialect _dialect;
    private readonly SqlQuotes _quotes;
    private readonly List<SqlToken> _tokens = [];
    private int _at;

    private SqlTokenizer(SqlText text, SqlDialect dialect) => (_text, _dialect, _quotes) = (text, dialect, new SqlQuotes(text, dialect));

    public static IReadOnlyList<SqlToken> Tokens(SqlText text, SqlDialect dialect)
    {
        var tokenizer = new SqlTokenizer(text, dialect);
        while (tokenizer._at < text.Length) tokenizer.Next();
        return tokenizer._tokens;
    }

    private static bool StartsWord(char c) => char.IsLetter(c) || c == '_' || (c > '\u007f' && !char.IsWhiteSpace(c));

    private bool IsPartOfWord(char c) => StartsWord(c) || char.IsAsciiDigit(c) || c == '$' || (c is '@' or '#' && _dialect.NeedsNoSemicolons);

    private bool IsMoney(char c) => c > '\u007f' && _dialect.NeedsNoSemicolons && char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;

    private void Next()
    {
        char c = _text[_at];
        char next = _text[_at + 1];
        if (char.IsWhiteSpace(c) || c == '\0') _at++;
        else if (c == '-' && next == '-') LineComment();
        else if (c == '/' && next == '*') BlockComment();
        else if (c == '#') Hash();
        else if (c is '\'' or '"' or '`' or '[') Quoted(c);
        else if (c == '$') Dollar();
        else if (c is '@' or ':' or '?') Parameter(c, next);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)) || IsMoney(c)) Number();
        else if (StartsWord(c)) Word();
        else Add(SqlTokenKind.Symbol, _at, _at + 1);
    }

    private void Add(SqlTokenKind kind, int start, int end)
    {
        _tokens.Add(new SqlToken(kind, start, end));
        _at = end;
    }

    private void AddUnlessUnclear(SqlTokenKind kind, int start, int? end)
    {
        if (end is { } known) Add(kind, start, known);
        else Unclear(start);
    }

    private void Unclear(int start) => Add(SqlTokenKind.Unclear, start, _text.Length);

    private void LineComment()
    {
        int start = _at;
        char after = _text[_at + 2];
        // MySQL requires white space after the dashes; without it, they are two minus signs.
        if ((_dialect.HasHashComments || _dialect.IsUnknown) && after != '\0' && !char.IsWhiteSpace(after)) Unclear(start);
        else SkipLine();
    }

    private void SkipLine()
    {
        for (; _at < _text.Length; _at++)
        {
            char c = _text[_at];
            if (c == '\n') return;
            if (c != '\r' || _text[_at + 1] == '\n') continue;
            if (_dialect.CarriageReturnEndsComment) return;
            if (_dialect.IsUnknown || _dialect.NeedsNoSemicolons) Unclear(_at);
        }
    }

    private void BlockComment()
    {
        int start = _at;
        // MySQL runs the code in /*! ... */, depending on its version.
        if ((_dialect.HasHashComments || _dialect.IsUnknown) && (_text[_at + 2] == '!' || (_text[_at + 2] == 'M' && _text[_at + 3] == '!')))
        {
            Unclear(start);
            return;
        }
        int depth = 0;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            char next = _text[_at + 1];
            bool isOpen = c == '/' && next == '*' && (depth == 0 || _dialect.NestsComments || _dialect.IsUnknown);
            bool isClose = c == '*' && next == '/';
            if (isOpen && depth > 0 && _dialect.IsUnknown)
            {
                Unclear(start);
                return;
            }
            _at += isOpen || isClose ? 2 : 1;
            depth += isOpen ? 1 : isClose ? -1 : 0;
            if (depth == 0) return;
        }
    }

    private void Hash()
    {
        if (_dialect.HasHashComments) SkipLine();
        else if (_dialect.IsUnknown) Unclear(_at);
        else if (_dialect.NeedsNoSemicolons) Word();
        else Add(SqlTokenKind.Symbol, _at, _at + 1);
    }

    private void Quoted(char quote)
    {
        switch (quote)
        {
            case '\'':
                AddUnlessUnclear(SqlTokenKind.Text, _at, _quotes.EndOf(_at, _dialect.Backslash));
                break;
            case '"' when _dialect.AreDoubleQuotesNames:
                AddUnlessUnclear(SqlTokenKind.Name, _at, _quotes.EndOf(_at, SqlBackslash.Plain));
                break;
            case '"':
                AddUnlessUnclear(SqlTokenKind.DoubleQuoted, _at, _quotes.EndOf(_at, _dialect.Backslash));
                break;
            case '`' when _dialect.HasBackticks:
                AddUnlessUnclear(SqlTokenKind.Name, _at, _quotes.EndOf(_at, SqlBackslash.Plain));
                break;
            case '[' when _dialect.HasBrackets:
                AddUnlessUnclear(SqlTokenKind.Name, _at, _quotes.EndOf(_at, SqlBackslash.Plain));
                break;
            case '[' when _dialect.IsUnknown:
                Unclear(_at);
                break;
            default:
                Add(SqlTokenKind.Symbol, _at, _at + 1);
                break;
        }
    }

    private void Dollar()
    {
        int start = _at;
        int end = EndOfWord(_at + 1, isDollarPart: false);
        bool isTag = _text[end] == '$' && !char.IsAsciiDigit(_text[start + 1]);
        if (isTag && _dialect.HasDollarQuotes) AddUnlessUnclear(SqlTokenKind.Text, start, _quotes.EndOfDollars(start, end + 1));
        else if (isTag || end == start + 1) Unclear(start);
        else if (!char.IsAsciiDigit(_text[start + 1])) Add(SqlTokenKind.Parameter, start, end);
        else if (_dialect.HasDollarQuotes) Add(SqlTokenKind.Parameter, start, end);
        else Number();
    }

    private void Parameter(char c, char next)
    {
        int start = _at;
        if (c == ':' && next == ':')
        {
            Add(SqlTokenKind.Symbol, start, start + 2);
            return;
        }
        int from = c == '@' && next == '@' ? start + 2 : start + 1;
        bool isName = StartsWord(_text[from]) || (char.IsAsciiDigit(_text[from]) && (c == '?' || (c == ':' && _dialect.HasQuoteOperator)));
        if (isName) Add(SqlTokenKind.Parameter, start, EndOfWord(from, isDollarPart: true));
        else Add(SqlTokenKind.Symbol, start, start + 1);
    }

    private void Number()
    {
        int start = _at;
        if (_text[_at] == '$' || IsMoney(_text[_at])) _at++;
        bool isHex = _text[_at] == '0' && _text[_at + 1] is 'x' or 'X';
        int end = isHex ? _at + 2 : Digits(_at);
        if (isHex)
        {
            while (char.IsAsciiHexDigit(_text[end])) end++;
        }
        else
        {
            if (_text[end] == '.') end = Digits(end + 1);
            int exponent = _text[end] is 'e' or 'E' ? _text[end + 1] is '+' or '-' ? end + 2 : end + 1 : -1;
            if (exponent > 0 && char.IsAsciiDigit(_text[exponent])) end = Digits(exponent);
        }
        // In SQL Server a word may follow a number directly and start a new statement.
        if (!_dialect.NeedsNoSemicolons) end = EndOfWord(end, isDollarPart: true);
        Add(SqlTokenKind.Number, start, end);
    }

    private int Digits(int at)
    {
        while (char.IsAsciiDigit(_text[at]) || (_text[at] == '_' && char.IsAsciiDigit(_text[at + 1]))) at++;
        return at;
    }

    private void Word()
    {
        int start = _at;
        int end = EndOfWord(_at + 1, isDollarPart: true);
        char next = _text[end];
        char first = char.ToUpperInvariant(_text[start]);
        int length = end - start;
        if (next == '\'' && length == 1 && first is 'N' or 'X' or 'B' or 'E')
            AddUnlessUnclear(SqlTokenKind.Text, start, _quotes.EndOf(end, first == 'E' && _dialect.HasDollarQuotes ? SqlBackslash.Escape : _dialect.Backslash));
        else if (next == '\'' && IsQuoteOperator(first, length)) AddUnlessUnclear(SqlTokenKind.Text, start, _quotes.EndOfQuoteOperator(end + 1));
        else if (next == '&' && length == 1 && first == 'U' && _text[end + 1] == '"') Unclear(start);
        else Add(SqlTokenKind.Word, start, end);
    }

    private bool IsQuoteOperator(char first, int length) =>
        (_dialect.HasQuoteOperator || _dialect.IsUnknown)
        && ((length == 1 && first == 'Q') || (length == 2 && first == 'N' && _text[_at + 1] is 'q' or 'Q'));

    private int EndOfWord(int at, bool isDollarPart)
    {
        while (at < _text.Length && IsPartOfWord(_text[at]) && (isDollarPart || _text[at] != '$')) at++;
        return at;
    }
}
