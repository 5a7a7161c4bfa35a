using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats.Secrets;

/// <summary>Secrets in random places of random records are in no file of any format.</summary>
[TestClass]
public sealed class CanaryTests
{
    private const int Seed = 49;
    private const int Rounds = 1_500;

    private static readonly string[] Formats = ["classic", "json", "ecs", "ocsf", "record-diff"];

    private static readonly string[] Names =
    [
        "password", "New Password", "Passwort", "mot de passe", "Client_Secret", "accessToken", "API key", "Authorization", "Set-Cookie", "Connection String", "PIN", "otp", "Recovery code", "PasswordHash", "SecurityStamp",
    ];

    private static readonly string[] Sentences =
    [
        "password={0}", "user=kim&password={0}&x=1", "{{\"user\":\"kim\",\"password\":\"{0}\"}}", "Server=db;User Id=sa;Password={0};Encrypt=true", "postgres://app:{0}@db:5432/x",
        "https://kim:{0}@example.org/path", "Authorization: Bearer {0}", "Authorization: Basic {0}", "Cookie: sid={0}; theme=dark", "https://example.org/reset?token={0}", "Passwort: {0}", "<password>{0}</password>",
        "-----BEGIN PRIVATE KEY-----\n{0}\n-----END PRIVATE KEY-----", "--password={0}", "X-Api-Key: {0}",
    ];

    private static readonly string[] Surroundings = ["", " ", "\n", "\n\n", "\t", "😀 ", "日本語 ", "\u202e ", "\0 ", "\ud800 ", "[ May 23 2007 14:47:58 ] [", " : ", "C:\\temp\\ ", "\\u{a} ", "<!-- ", ", ", "; "];

    [TestMethod]
    [Fault(49)]
    public void NoPlantedSecretIsInAnyFile()
    {
        using var site = new AuditSite(
            "[AuditSettings]\nAudit=enabled\n" + string.Concat(Formats.Select(format => $"AuditFileNames[f-{format}]={format}.log\n"))
            + string.Concat(Formats.Select(format => $"[Function-f-{format}]\nFormat={format}\nDurability=os\n")));
        var random = new Random(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            AuditField[] fields = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Planted(random)), ("Round", round)];
            foreach (string format in Formats) Assert.IsTrue(site.Writer.WriteAudit($"f-{format}", fields));
        }
        site.Writer.Dispose();

        foreach (string format in Formats)
        {
            string written = site.Read($"{format}.log");
            Assert.Contains((Rounds - 1).ToString(CultureInfo.InvariantCulture), written);
            int canary = written.IndexOf("canary", StringComparison.OrdinalIgnoreCase);
            Assert.IsLessThan(0, canary, $"{format}: {(canary < 0 ? "" : written[Math.Max(0, canary - 200)..Math.Min(written.Length, canary + 100)])}");
        }
    }

    // A secret recognized by its name, in any text; or by its shape, in a text that says what it is.
    private static AuditField Planted(Random random)
    {
        string secret = $"Canary{random.Next(1_000_000):D6}x";
        string before = Pick(random, Surroundings);
        string after = Pick(random, Surroundings);
        return random.Next(2) == 0
            ? (Pick(random, Names), $"{before}{secret}{after}")
            : (Pick(random, ["Comment", "Path", "Query", "日誌"]), $"{before}{string.Format(CultureInfo.InvariantCulture, Pick(random, Sentences), secret)}{after}");
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
