using System.Net;
using EzAudit.AspNetCore.Requests;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Failed sign-ins from one address at a high rate: the first are recorded, the others are counted, and none is lost.</summary>
[TestClass]
public sealed class FailureFoldingTests
{
    private const string Function = "user-failed-login";
    private const string Three = "[SignInSettings]\nFailuresPerAddress=3\n";

    [TestMethod]
    public async Task BeyondTheLimitOneRecordHasTheCountTheTimesAndTheNumberOfLogins()
    {
        await using IdentitySite site = await StartAsync(Three);
        string start = $"{Instant.FromDateTimeOffset(site.Site.Clock.GetUtcNow())}";
        for (int i = 0; i < 3; i++) await site.SignIn($"nobody{i}");
        site.Site.Clock.AdjustBy(TimeSpan.FromSeconds(20));
        string first = $"{Instant.FromDateTimeOffset(site.Site.Clock.GetUtcNow())}";
        for (int i = 0; i < 6; i++) await site.SignIn($"nobody{i % 4}");
        site.Site.Clock.AdjustBy(TimeSpan.FromSeconds(39));
        await site.SignIn("nobody0");
        string last = $"{Instant.FromDateTimeOffset(site.Site.Clock.GetUtcNow())}";
        await Folding(site).WriteOverAsync();
        Assert.HasCount(3, site.Site.Records(Function));
        Assert.IsNull(site.Site.Records(Function)[1]["Further failures"]);
        StringAssert.StartsWith(site.Site.Records(Function)[2]["Further failures"]!, "counted until 20", StringComparison.Ordinal);

        site.Site.Clock.AdjustBy(TimeSpan.FromSeconds(1));
        await Folding(site).WriteOverAsync();
        await Folding(site).WriteOverAsync();
        AuditRecord folded = site.Site.Records(Function).Skip(3).Single();
        CollectionAssert.AreEqual(
            new[]
            {
                "Folded failures: 7", $"From: {first}", $"To: {last}", "Different logins: 4",
                "Comment: 7 more failed sign-ins from 127.0.0.1, without records of their own",
            },
            folded.Fields.Select(field => $"{field}").ToArray());
        Assert.AreEqual("127.0.0.1", folded.Address);
        Assert.AreEqual("anonymous", folded.Actor.Login);
        Assert.AreEqual(0, Folding(site).Addresses);
        Assert.AreNotEqual(start, first);
    }

    [TestMethod]
    public async Task TheHostsTimerRecordsExpiredCounts()
    {
        await using IdentitySite site = await StartAsync(Three);
        for (int i = 0; i < 5; i++) await site.SignIn("nobody");
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Until.True(() => site.Site.Records(Function).Count == 4, "the count is recorded");
        Assert.AreEqual("2", site.Site.Records(Function)[3]["Folded failures"]);
    }

    [TestMethod]
    public async Task TheNextFailureAfterAWindowWritesItsCountAndStartsAnother()
    {
        await using IdentitySite site = await StartAsync(Three);
        for (int i = 0; i < 5; i++) await site.SignIn("nobody");
        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(1));
        await site.SignIn("somebody");

        CollectionAssert.AreEqual(new[] { "nobody", "nobody", "nobody", null, "somebody" }, site.Site.Records(Function).Select(record => record["User login"]).ToArray());
    }

    [TestMethod]
    public async Task TheEndOfTheHostWritesEveryCount()
    {
        await using IdentitySite site = await StartAsync(Three);
        for (int i = 0; i < 5; i++) await site.SignIn("nobody");
        await site.Site.Application.StopAsync();
        Assert.AreEqual("2", site.Site.Records(Function)[^1]["Folded failures"]);
    }

    [TestMethod]
    public async Task EachFunctionHasACountOfItsOwnAndSuccessesAreNeverFolded()
    {
        await using IdentitySite site = await StartAsync("[SignInSettings]\nFailuresPerAddress=1\nFailureWindow=1h\n");
        for (int i = 0; i < 3; i++) await site.SignIn("nobody");
        for (int i = 0; i < 2; i++) await site.WithSignIn(manager => manager.TwoFactorAuthenticatorSignInAsync("000000", false, false));
        for (int i = 0; i < 3; i++) await site.SignIn(browser: site.Site.Client());
        await Folding(site).WriteAllAsync();

        Assert.AreEqual("2", site.Site.Records(Function)[1]["Folded failures"]);
        Assert.AreEqual("2", site.Site.Records("mfa-failed").Single()["Folded failures"]);
        Assert.HasCount(3, site.Site.Records("user-login"));
    }

    [TestMethod]
    public async Task RefusedCallsOfAnApiAreFoldedToo()
    {
        await using SecuritySite site = await ApiSite.Start(furtherSettings: Three);
        for (int i = 0; i < 9; i++) Assert.AreEqual(HttpStatusCode.Unauthorized, await site.Get("/api/basic", ApiSite.Basic($"machine{i}:wrong")));
        await site.Application.StopAsync();
        Assert.HasCount(4, site.Records("user-failed-login-api"));
        Assert.AreEqual("6", site.Records("user-failed-login-api")[3]["Folded failures"]);
    }

    [TestMethod]
    public async Task WithALimitOfZeroEachFailureIsRecorded()
    {
        await using IdentitySite site = await StartAsync("[SignInSettings]\nFailuresPerAddress=0\n");
        for (int i = 0; i < 25; i++) await site.SignIn("nobody");
        await site.Site.Application.StopAsync();
        Assert.HasCount(25, site.Site.Records(Function));
    }

    [TestMethod]
    public async Task WithoutASectionTwentyInAMinuteAreRecorded()
    {
        await using IdentitySite site = await StartAsync("");
        for (int i = 0; i < 22; i++) await site.SignIn("nobody");
        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(1));
        await Folding(site).WriteOverAsync();
        Assert.HasCount(21, site.Site.Records(Function));
        Assert.AreEqual("2", site.Site.Records(Function)[20]["Folded failures"]);
    }

    [TestMethod]
    public async Task FailuresAtTheSameTimeAreAllCounted()
    {
        await using IdentitySite site = await StartAsync(Three);
        HttpClient[] browsers = [.. Enumerable.Range(0, 8).Select(_ => site.Site.Client())];
        await Parallel.ForEachAsync(Enumerable.Range(0, 80), async (i, _) => await site.SignIn($"nobody{i}", browser: browsers[i % 8]));
        await site.Site.Application.StopAsync();
        Assert.AreEqual("77", site.Site.Records(Function).Single(record => record["Folded failures"] is not null)["Folded failures"]);
        Assert.HasCount(4, site.Site.Records(Function));
    }

    [TestMethod]
    public async Task ACountThatCannotBeWrittenIsKeptAndGrows()
    {
        await using IdentitySite site = await StartAsync("[SignInSettings]\nFailuresPerAddress=1\n");
        await site.SignIn("nobody");
        await FailSecondStepAsync();
        string inTheWay = site.Site.Root[$"{AuditSite.LogDirectory}/mfa-failed.log"];
        Directory.CreateDirectory(inTheWay);
        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(1));
        await Assert.ThrowsExactlyAsync<AuditWriteException>(Folding(site).WriteOverAsync);
        Assert.AreEqual(1, Folding(site).Counted);

        await site.SignIn("nobody");
        await FailSecondStepAsync();
        Directory.Delete(inTheWay);
        site.Site.Clock.AdjustBy(TimeSpan.FromMinutes(1));
        await Folding(site).WriteOverAsync();
        Assert.AreEqual(2, site.Site.Records("mfa-failed").Sum(record => int.Parse(record["Folded failures"]!, System.Globalization.CultureInfo.InvariantCulture)));

        Task FailSecondStepAsync() => site.WithSignIn(manager => manager.TwoFactorAuthenticatorSignInAsync("000000", false, false));
    }

    [TestMethod]
    public async Task AClockThatIsSetBackEndsAWindow()
    {
        await using IdentitySite site = await StartAsync(Three);
        for (int i = 0; i < 5; i++) await site.SignIn("nobody");
        site.Site.Clock.AdjustBy(TimeSpan.FromDays(-400));
        await Folding(site).WriteOverAsync();
        Assert.AreEqual("2", site.Site.Records(Function)[^1]["Folded failures"]);
    }

    [TestMethod]
    public async Task AddressesBeyondTheMaximumShareACountAndLoginsAreNotKept()
    {
        await using IdentitySite site = await StartAsync("[SignInSettings]\nFailuresPerAddress=1\n");
        int recorded = 0;
        for (int i = 0; i < FailureFolding.MostAddresses + 200; i++)
        {
            using IDisposable flow = AuditContext.Use(new AuditOrigin(null, $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"));
            if (await Folding(site).CountAsync(Function, [("User login", $"nobody{i}")]) is not null) recorded++;
        }
        Assert.AreEqual(FailureFolding.MostAddresses + 1, Folding(site).Addresses);
        Assert.AreEqual(FailureFolding.MostAddresses + 1, recorded);

        await site.Site.Application.StopAsync();
        AuditRecord folded = site.Site.Records(Function).Single();
        Assert.AreEqual("199", folded["Folded failures"]);
        Assert.AreEqual("100 or more", folded["Different logins"]);
        Assert.AreEqual("199 more failed sign-ins from other addresses, without records of their own", folded["Comment"]);
    }

    [TestMethod]
    [DataRow("203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [DataRow("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [DataRow("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:2::")]
    [DataRow("fe80::1%3", "fe80::/64", "fe80::")]
    [DataRow("/run/app.sock", "/run/app.sock", "/run/app.sock")]
    [DataRow("", "an unknown address", null)]
    [DataRow(null, "an unknown address", null)]
    public void FailuresAreCountedByAddressAndOfIPv6ByNetwork(string? address, string name, string? recorded)
    {
        var source = FailureSource.Of(address);
        Assert.AreEqual(name, source.Name);
        Assert.AreEqual(recorded, source.Address);
    }

    [TestMethod]
    [DataRow("FailuresPerAddress=many", "found FailuresPerAddress=many, expected a number from 0 to 1000000")]
    [DataRow("FailuresPerAddress=-1", "found FailuresPerAddress=-1, expected a number from 0 to 1000000")]
    [DataRow("FailureWindow=60", "found FailureWindow=60, expected a duration from 1s to 1d such as 30s, 5m or 1h")]
    [DataRow("FailureWindow=0s", "found FailureWindow=0s, expected a duration from 1s to 1d such as 30s, 5m or 1h")]
    [DataRow("FailureWindow=25h", "found FailureWindow=25h, expected a duration from 1s to 1d such as 30s, 5m or 1h")]
    [DataRow("Failures=3", "found key \"Failures\", expected a key of [SignInSettings]: FailuresPerAddress, FailureWindow")]
    public void AMistakeIsReportedWithItsPlace(string line, string problem)
    {
        using var site = new AuditSite($"{AuditSite.Enabled}[SignInSettings]\n{line}", builder => builder.AddPlugin(new RequestPlugin()));
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual($"settings/audit.ini:7: {problem}", failure.Problems.Single().ToString());
    }

    private static Task<IdentitySite> StartAsync(string settings) => IdentitySite.Start(furtherSettings: settings);

    private static FailureFolding Folding(IdentitySite site) => site.Site.Application.Services.GetRequiredService<FailureFolding>();
}
