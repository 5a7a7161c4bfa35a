using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;

namespace EzAudit.Tests.Newsroom;

/// <summary>What must not be recorded: passwords, right and wrong, their hashes, keys, tokens, codes and cookies.</summary>
[TestClass]
public sealed class SecretTests
{
    private const string Password = "Planted-password-4711";
    private const string WrongPassword = "Planted-mistake-4712";
    private const string NewPassword = "Planted-change-4713";

    [TestMethod]
    public async Task NoSecretIsInAnyLogFile()
    {
        NewsroomBrowser browser = await NewsroomBrowser.SharedAsync();
        using var site = new NewsroomSite();
        await using Visitor administrator = await browser.AdministratorAsync(site);
        string id = await administrator.CreateAccountAsync("keeper", Password);
        await using Visitor keeper = await browser.VisitAsync(site);
        await keeper.SignInAsync("keeper", WrongPassword);
        await keeper.SignInAsync("keeper", Password, remember: true);
        await keeper.GoAsync("/Me/Password");
        await keeper.FillAsync("Old password", Password);
        await keeper.FillAsync("New password, 12 characters or more", NewPassword);
        await keeper.PressAsync("Change password");
        await keeper.GoAsync("/Me/Keys");
        await keeper.FillAsync("Name of a new key", "laptop");
        await keeper.PressAsync("Create key");
        string key = await keeper.TextAsync("#new-key");
        await keeper.GoAsync("/Me/TwoFactor");
        string authenticatorKey = await keeper.TextAsync("#authenticator-key");
        await keeper.GoAsync("/Me/ForgotPassword");
        await keeper.FillAsync("Login", "keeper");
        await keeper.PressAsync("Send me a link");
        await keeper.GoAsync("/Mail");
        string code = (await keeper.TextAsync()).Split("code=")[1].Split('\n')[0].Trim();
        await keeper.GoAsync($"/Me/ResetPassword?id={id}&code={code}");
        List<string> cookies = [.. (await keeper.Context.CookiesAsync()).Select(cookie => cookie.Value)];
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"keeper:{WrongPassword}"));
        await CallAsync(site, client => client.DefaultRequestHeaders.Add("X-Api-Key", key));
        await CallAsync(site, client => client.DefaultRequestHeaders.Add("X-Api-Key", key + "-planted-wrong"));
        await CallAsync(site, client => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic));
        await CallAsync(site, client => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "planted.bearer.4714"));

        site.Only("user-login-api-key", record => record["User login"] == "keeper");
        site.Only("api-key-create", record => record["Key name"] == "laptop");
        string written = string.Concat(Directory.EnumerateFiles(site.LogDirectory).Select(File.ReadAllText));
        StringAssert.Contains(written, "keeper", StringComparison.Ordinal);
        foreach (string secret in (string[])[.. HashesIn(site), Password, WrongPassword, NewPassword, key, authenticatorKey, code, basic, "planted.bearer.4714", .. cookies])
        {
            Assert.IsGreaterThan(7, secret.Length);
            Assert.DoesNotContain(secret, written);
        }
    }

    private static List<string> HashesIn(NewsroomSite site)
    {
        using var connection = new SqliteConnection($"Data Source={site.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT PasswordHash FROM Accounts UNION SELECT Digest FROM ApiKeys";
        using SqliteDataReader reader = command.ExecuteReader();
        var hashes = new List<string>();
        while (reader.Read()) hashes.Add(reader.GetString(0));
        return hashes;
    }

    private static async Task CallAsync(NewsroomSite site, Action<HttpClient> authenticate)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        authenticate(client);
        using HttpResponseMessage _ = await client.GetAsync(new Uri("/api/articles/124", UriKind.Relative));
    }
}
