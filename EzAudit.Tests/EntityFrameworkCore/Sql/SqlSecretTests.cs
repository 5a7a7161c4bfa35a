using EzAudit.EntityFrameworkCore.Sql;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.EntityFrameworkCore.Sql;

/// <summary>A secret in a literal or a comment, in any form and context, is not in the recorded text and does not change how it is parsed.</summary>
[TestClass]
public sealed class SqlSecretTests
{
    private const string Secret = "s3cretXq";
    private const string Digits = "73556081";

    private static readonly string[] Fillers =
        ["a", " ", "\"", "'", ";", "--", "/*", "*/", "$", "$$", "$t$", "[", "]", "`", "\n", "#", "\\", "(", ")", ",", "; DELETE FROM victim;", " UPDATE victim SET ", "@p", "?", "%"];

    private static readonly string[] Templates =
    [
        "UPDATE t SET a = {0} WHERE b = {1} AND c = d",
        "INSERT INTO t (a, b) VALUES ({0}, {1})",
        "DELETE FROM t WHERE a IN ({0}, {1}) AND c = d",
        "SELECT {0}, a FROM t WHERE b LIKE {1} ORDER BY c",
        "WITH x AS (SELECT {0}) DELETE FROM t WHERE a = {1}",
        "SET x = {0}; SELECT {1}",
    ];

    private static readonly Gen<string> Filler = Gen.Elements(Fillers).ListOf().Select(string.Concat);

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgres")]
    [DataRow("sqlserver")]
    [DataRow("mysql")]
    [DataRow("oracle")]
    [DataRow("other")]
    public void NoSecretIsWritten(string name)
    {
        SqlDialect dialect = SqlStatementsTests.Dialect(name);
        var texts =
            from template in Gen.Elements(Templates)
            from first in Literal(name)
            from second in Literal(name)
            from comment in Comment(name)
            select comment + string.Format(System.Globalization.CultureInfo.InvariantCulture, template, first, comment + second);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(texts.ToArbitrary(), sql =>
        {
            var tokens = new SqlTokens(sql, dialect);
            string text = SqlRedaction.Of(tokens, _ => false);
            string[] changed = [.. SqlStatements.Changes(tokens).Select(change => change.Table?.Table.ToLowerInvariant() ?? "?")];
            bool isExact = name is "sqlite" or "sqlserver" or "oracle";
            return !text.Contains(Secret, StringComparison.Ordinal) && !text.Contains(Digits, StringComparison.Ordinal)
                && !changed.Contains("victim")
                && (!isExact || (!text.Contains(SqlRedaction.LeftOut, StringComparison.Ordinal) && !changed.Contains("?")));
        }));
    }

    [TestMethod]
    public void AnyTextCanBeTokenizedWithoutGaps()
    {
        var texts = Gen.Elements([.. Fillers, "q'", "E'", "U&\"", "--x", "/*!", ":a", "::", "1.5e", "0x", "WITH x AS (", "MERGE INTO t", "EXEC p", "\r", "\0", "\ud800", "\u00a3"])
            .ListOf().Select(string.Concat);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(texts.ToArbitrary(), sql =>
        {
            foreach (string name in (string[])["sqlite", "postgres", "sqlserver", "mysql", "oracle", "other"])
            {
                SqlDialect dialect = SqlStatementsTests.Dialect(name);
                int end = 0;
                foreach (SqlToken token in SqlTokenizer.Tokens(new SqlText(sql), dialect))
                {
                    if (token.Start < end || token.End <= token.Start || token.End > sql.Length) return false;
                    end = token.End;
                }
                var tokens = new SqlTokens(sql, dialect);
                if (SqlStatements.Changes(tokens).Any(change => sql[change.Place].Length > sql.Length)) return false;
                _ = SqlRedaction.Of(tokens, _ => true);
            }
            return true;
        }));
    }

    private static Gen<string> Literal(string name)
    {
        Gen<string> body = from before in Filler from after in Filler select before + Secret + after;
        Gen<string> text = body.Select(inner => $"'{inner.Replace("'", "''", StringComparison.Ordinal)}'");
        Gen<string> national = text.Select(quoted => "N" + quoted);
        Gen<string> number = Gen.Elements(Digits, $"-{Digits}", $"0x{Digits}", $"{Digits}.5e-3", $".{Digits}", $"{Digits}e5");
        Gen<string> twice = body.Select(inner => $"\"{inner.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        Gen<string> escaped = body.Select(inner => inner.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal));
        return name switch
        {
            "postgres" => Gen.OneOf(text, national, number, escaped.Select(inner => $"E'{inner}'"),
                body.Where(inner => !inner.Contains("$x$", StringComparison.Ordinal)).Select(inner => $"$x${inner}$x$")),
            "mysql" => Gen.OneOf(text, national, number, twice, escaped.Select(inner => $"'{inner}'")),
            "oracle" => Gen.OneOf(text, national, number,
                body.Where(inner => !inner.Contains("]'", StringComparison.Ordinal)).Select(inner => $"q'[{inner}]'")),
            "other" => Gen.OneOf(text, number, twice, escaped.Select(inner => $"'{inner}'"), body.Select(inner => $"$y${inner.Replace("$y$", "", StringComparison.Ordinal)}$y$")),
            _ => Gen.OneOf(text, national, number, twice),
        };
    }

    private static Gen<string> Comment(string name)
    {
        Gen<string> line = Filler.Select(filler => $"-- {filler.Replace("\n", "", StringComparison.Ordinal)} {Secret}\n");
        Gen<string> block = Filler.Select(filler =>
            $"/* {filler.Replace("/", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal)} {Secret} */ ");
        return name == "mysql" ? Gen.OneOf(Gen.Constant(""), line, block, Filler.Select(filler => $"# {filler.Replace("\n", "", StringComparison.Ordinal)} {Secret}\n")) : Gen.OneOf(Gen.Constant(""), line, block);
    }
}
