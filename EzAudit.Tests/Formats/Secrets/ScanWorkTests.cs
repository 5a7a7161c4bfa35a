using EzAudit.Formats.Secrets;

namespace EzAudit.Tests.Formats.Secrets;

/// <summary>The search for secrets is linear in the length of the text, even if it is hostile. Counts visited characters instead of time.</summary>
[TestClass]
public sealed class ScanWorkTests
{
    private const int Length = 1 << 16;
    private const int MostLooksPerCharacter = 40;

    [TestMethod]
    [DataRow("4111111111111111,")]
    [DataRow("4111 1111 1111 1111 ")]
    [DataRow("4111 ")]
    [DataRow("4111-")]
    [DataRow("4")]
    [DataRow("41111111111111111111 ")]
    [DataRow("4111111111111111=")]
    [DataRow("%B4111111111111111^A^")]
    [DataRow("%B4111111111111111^")]
    [DataRow("DE12 ")]
    [DataRow("AB12")]
    [DataRow("pass")]
    [DataRow("pass ")]
    [DataRow("password=")]
    [DataRow("password: ")]
    [DataRow("password=\"")]
    [DataRow("password=\"\\")]
    [DataRow("password='a")]
    [DataRow("password\\\"")]
    [DataRow("password:null ")]
    [DataRow("<password>")]
    [DataRow("--password ")]
    [DataRow("password is ")]
    [DataRow("mot de passe ")]
    [DataRow("Authorization: ")]
    [DataRow("Authorization: no\n")]
    [DataRow("Cookie: ")]
    [DataRow(";password=a")]
    [DataRow("?sig=")]
    [DataRow("key ")]
    [DataRow("key")]
    [DataRow("bearer ")]
    [DataRow("Bearer  ")]
    [DataRow("basic ")]
    [DataRow("basic a")]
    [DataRow("eyJ")]
    [DataRow("eyJ.")]
    [DataRow("eyJaaaaa.a")]
    [DataRow("eyJaaaaa-4-")]
    [DataRow("://")]
    [DataRow("://a:b")]
    [DataRow("://a:b@")]
    [DataRow("-----BEGIN ")]
    [DataRow("-----BEGIN PRIVATE KEY-----")]
    [DataRow("-----BEGIN CERTIFICATE-----")]
    [DataRow("ghp_")]
    [DataRow("sk-")]
    [DataRow("xoxb-")]
    [DataRow("SG.")]
    [DataRow("AKIA")]
    [DataRow("пароль")]
    [DataRow("пароль: ")]
    [DataRow("密码")]
    [DataRow("ñ")]
    [DataRow(" ")]
    [DataRow("\\")]
    [DataRow("\"")]
    public void TheWorkGrowsAsTheTextDoes(string part)
    {
        long once = Work(part, Length);
        long twice = Work(part, 2 * Length);

        Assert.IsLessThanOrEqualTo((long)MostLooksPerCharacter * Length, once, $"{once} looks at {Length} characters of {part}");
        Assert.IsLessThanOrEqualTo((once * 2) + (once / 10) + 1000, twice, $"{once}, then {twice} looks at twice as many characters of {part}");
    }

    [TestMethod]
    public void AMixOfAllIsLinearToo()
    {
        string mix = string.Concat(SecretCorpus.All.Select(field => $"{field.Name}: {field.Value} "));

        long once = Work(mix, Length);
        long twice = Work(mix, 2 * Length);

        Assert.IsLessThanOrEqualTo((once * 2) + (once / 5), twice);
    }

    [TestMethod]
    public void ReplacementsOfSecretsAreCreatedOnce()
    {
        long once = Allocated(1 << 14);

        Assert.IsLessThan(once * 3, Allocated(1 << 15), "twice the text");
    }

    private static long Allocated(int length)
    {
        string text = Repeated("4111111111111111,", length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = SecretScan.Replace(text, withCards: true, static (_, _) => "x");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Work(string part, int length)
    {
        var scan = new SecretScan(Repeated(part, length), withCards: true);
        while (scan.TryNext(out _))
        {
        }
        return scan.Work;
    }

    private static string Repeated(string part, int length) => string.Concat(Enumerable.Repeat(part, (length / part.Length) + 1))[..length];
}
