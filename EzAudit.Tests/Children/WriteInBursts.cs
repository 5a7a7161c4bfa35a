using EzAudit.Records;

namespace EzAudit.Tests.Children;

/// <summary>Writes records below ROOT in quick succession, with rests in which the JIT compiles for good what every record calls.</summary>
internal static class WriteInBursts
{
    private const int Bursts = 8;
    private const int RecordsInBurst = 40;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    public static int Run(string[] args)
    {
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        using IDisposable use = AuditTrail.Use(writer);
        using IDisposable actor = AuditContext.Use(new AuditActor("editor", "16"), "127.0.0.1");
        using var rest = new ManualResetEventSlim();
        for (int burst = 0; burst < Bursts; burst++)
        {
            for (int number = 0; number < RecordsInBurst; number++)
            {
                if (!AuditTrail.WriteAudit("user-login", ("Number", number), ("Text", $"The text of record {number}"), ("Comment", "Written in a burst"))) return 1;
            }
            rest.Wait(Rest);
        }
        return 0;
    }
}
