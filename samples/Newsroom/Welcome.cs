using Newsroom.Data;
using Newsroom.Site;

namespace Newsroom;

/// <summary>Prints what to know after starting the site.</summary>
internal static class Welcome
{
    public static void Print(IEnumerable<string> addresses, SiteFolder folder)
    {
        foreach (var account in Seed.Accounts) Console.WriteLine($"Sign in as {account.Login} with the password {account.Password}, unless it has been changed.");
        Console.WriteLine($"The audit trail is in {folder.PathOf("log/audit")}, the mails are in {folder.PathOf("outbox")}.");
        Console.WriteLine($"Newsroom is listening on {string.Join(", ", addresses)}");
    }
}
