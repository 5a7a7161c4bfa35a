using EzAudit.Formats.Secrets;
using EzAudit.Records;
using EzAudit.Settings.Model;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Formats.Secrets;

/// <summary>Counts what the redaction misses and what it redacts by mistake in the two corpora. docs/redaction.md contains the figures.</summary>
[TestClass]
public sealed class CorpusTests
{
    private static readonly Redactor Redactor = new(new RedactionSettings(), []);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Fault(49)]
    public void NoSecretOfTheCorpusIsMissed()
    {
        CorpusField[] missed = [.. SecretCorpus.All.Where(field => Written(field).Contains(field.Secret!, StringComparison.Ordinal))];

        TestContext.WriteLine($"missed {missed.Length} of {SecretCorpus.All.Count}");
        Assert.IsEmpty(missed, string.Join('\n', missed.Select(field => $"{field.Name}: {field.Value} -> {Written(field)}")));
    }

    [TestMethod]
    public void NothingInTheHarmlessCorpusIsRedacted()
    {
        CorpusField[] hit = [.. HarmlessCorpus.All.Where(field => Written(field) != field.Value)];

        TestContext.WriteLine($"falsely hit {hit.Length} of {HarmlessCorpus.All.Count}");
        Assert.IsEmpty(hit, string.Join('\n', hit.Select(field => $"{field.Name}: {field.Value} -> {Written(field)}")));
    }

    [TestMethod]
    public void RedactedTextIsNotRedactedAgain()
    {
        foreach (CorpusField field in SecretCorpus.All)
        {
            string once = Written(field);
            Assert.AreEqual(once, Written(field with { Value = once }), field.Value);
        }
    }

    [TestMethod]
    public void ThePageHasTheFigures()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "redaction.md"));

        Assert.Contains($"missed 0 of {SecretCorpus.All.Count}", page);
        Assert.Contains($"0 of {HarmlessCorpus.All.Count}", page);
    }

    private static string Written(CorpusField field)
    {
        var written = new AuditField(field.Name, field.Value);
        return Redactor.Redact(written, 0, written.IsNumber) ?? written.Value;
    }
}
