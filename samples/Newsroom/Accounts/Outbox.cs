using System.Globalization;
using Newsroom.Site;

namespace Newsroom.Accounts;

/// <summary>Writes mails to files, because the sample has no mail server. A page shows them.</summary>
internal sealed class Outbox(SiteFolder folder, TimeProvider clock)
{
    public string Directory { get; } = folder.PathOf("outbox");

    public void Send(string to, string subject, string text)
    {
        System.IO.Directory.CreateDirectory(Directory);
        DateTimeOffset now = clock.GetUtcNow();
        string name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss-fffffff}-{Guid.NewGuid():N}.txt");
        File.WriteAllText(Path.Combine(Directory, name), $"To: {to}\nSubject: {subject}\n\n{text}\n");
    }

    /// <summary>The most recent mails, newest first.</summary>
    public IReadOnlyList<string> Last(int count) => System.IO.Directory.Exists(Directory)
        ? [.. System.IO.Directory.EnumerateFiles(Directory, "*.txt").OrderDescending(StringComparer.Ordinal).Take(count).Select(File.ReadAllText)]
        : [];
}
