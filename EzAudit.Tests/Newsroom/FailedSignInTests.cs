using System.Net;
using System.Text.RegularExpressions;
using EzAudit.Tests.Cli;

namespace EzAudit.Tests.Newsroom;

/// <summary>Failed sign-ins over HTTP on the site as shipped, and the tool's report about them.</summary>
[TestClass]
public sealed partial class FailedSignInTests
{
    [TestMethod]
    public async Task FourWrongSignInsAreInTheReportOfFailedLogins()
    {
        using var site = NewsroomSite.AsShipped();
        using (var handler = new HttpClientHandler { AllowAutoRedirect = false })
        using (var client = new HttpClient(handler) { BaseAddress = site.Address })
        {
            for (int i = 0; i < 4; i++) await SignInAsync(client, "nobody-at-all");
        }
        using var tool = new ToolSite();

        ToolRun run = tool.Run("report", "failed-logins", "-o", "csv", "--root", site.Root);

        StringAssert.Contains(run.Output, "\nfailed-logins,nobody-at-all,4,", StringComparison.Ordinal);
    }

    private static async Task SignInAsync(HttpClient client, string login)
    {
        string page = await client.GetStringAsync("/Me/SignIn");
        string token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("Login", login), new("Password", "Not-the-password-1"), new("__RequestVerificationToken", token)]);
        using HttpResponseMessage answer = await client.PostAsync("/Me/SignIn", form);
        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
