using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using EzAudit.Tests.Support;
using Microsoft.Data.Sqlite;

namespace EzAudit.Tests.Newsroom;

/// <summary>The site is killed while programs write: every stored change has exactly one record, and every record a stored change.</summary>
[TestClass]
public sealed class CrashTests
{
    private const int Writers = 3;
    private const int Enough = 40;

    [TestMethod]
    public async Task AKilledSiteLeavesDatabaseAndAuditConsistent()
    {
        using var site = new NewsroomSite();
        int answered = 0;
        using var enough = new ManualResetEventSlim();
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(site.Address, writer, () =>
        {
            if (Interlocked.Increment(ref answered) == Enough) enough.Set();
        })))];

        Assert.IsTrue(enough.Wait(TimeSpan.FromMinutes(1)));
        site.Restart();
        await Task.WhenAll(writers);

        List<string> stored = StoredIn(site);
        Assert.IsGreaterThanOrEqualTo(Enough, stored.Count);
        List<string> Recorded() =>
            [.. site.Records("record-insert").Where(record => record["Table"] == "Articles").Select(record => record["Name new"] ?? "").Where(IsOfLoad).Order(StringComparer.Ordinal)];
        Until.True(() => Recorded().SequenceEqual(stored), "each stored article has one record", () =>
            $"{stored.Count} stored, {Recorded().Count} on record; {string.Join(", ", stored.Except(Recorded()).Concat(Recorded().Except(stored)))}");
    }

    private static bool IsOfLoad(string name) => name.StartsWith("load-", StringComparison.Ordinal);

    // Writes until the site stops responding.
    private static async Task WriteAsync(Uri address, int writer, Action answered)
    {
        using var client = new HttpClient { BaseAddress = address };
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"editor:{NewsroomSite.EditorPassword}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        try
        {
            for (int i = 0; ; i++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"load-{writer}-{i:D5}");
                using HttpResponseMessage answer = await client.PostAsJsonAsync("/api/articles", new { parentId = 59, name, text = "Text." });
                if (answer.IsSuccessStatusCode) answered();
            }
        }
        catch (HttpRequestException)
        {
            // The site was killed, as the test expects.
        }
    }

    private static List<string> StoredIn(NewsroomSite site)
    {
        using var connection = new SqliteConnection($"Data Source={site.Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT Name FROM Articles WHERE Name LIKE 'load-%' ORDER BY Name";
        using SqliteDataReader reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }
}
