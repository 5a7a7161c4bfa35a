using EzAudit;
using EzAudit.Plugins;
using EzAudit.Records;
using SecurityAudit;

using AuditWriter writer = new AuditWriterBuilder(SampleRoot.Find()).Build();
using IDisposable use = AuditTrail.Use(writer);

// Enterprise Tester records the thread of each request; this sample has only one.
Thread.CurrentThread.Name = "50";

UserAudit.LoginFailed("administrator", "Unknown login or wrong password");
UserAudit.Login(userId: 1, "administrator");

using (AuditContext.Use(new AuditActor("administrator", "1"), address: "10.0.0.7", session: "e2oqpa0come5441h4yhdeuhg"))
{
    SessionAudit.Start("e2oqpa0come5441h4yhdeuhg", userAgent: "Firefox");
    EntityAudit.View("Requirement", "Mahjong/User Stories/Requirement", Guid.Parse("6fbdede7-7243-4534-acc3-a2ba016d01b6"), "Mahjong");
    GroupAudit.AddUser(groupId: 7, "Testers", userId: 12, "mary");
    PasswordAudit.Change(userId: 1, "administrator");
    SessionAudit.End("e2oqpa0come5441h4yhdeuhg", "logout", TimeSpan.FromMinutes(12));
}

Console.Write(File.ReadAllText(Path.Combine(writer.LogDirectory, "security-audit.txt")));
