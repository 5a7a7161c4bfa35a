using System.Diagnostics.CodeAnalysis;
using EzAudit;
using EzAudit.Plugins;
using EzAudit.Records;
using QuickStart;

// A writer for this directory's settings. Most applications need neither of these lines: AuditTrail finds settings/ by itself.
using AuditWriter writer = new AuditWriterBuilder(SampleRoot.Find()).Build();
using IDisposable use = AuditTrail.Use(writer);

var accounts = new Accounts();
accounts.Add(14, "admin", "correct horse battery staple");

Console.WriteLine("Signing in with a wrong password and then with the right one ...");
if (!SignIn("admin", "letmein", out _) && SignIn("admin", "correct horse battery staple", out Account? admin))
{
    // From here on, records contain the user.
    using IDisposable context = AuditContext.Use(new AuditActor(admin.Login, $"{admin.Id}"), address: "127.0.0.1");

    Console.WriteLine("Moving a folder in the content tree ...");
    var tree = new ContentTree(new Node(2, 1, 1, "Home"), new Node(59, 1, 57, "Archive"), new Node(124, 2, 114, "Folder"));
    Node before = tree.Move(124, newParentId: 59);
    ContentAudit.Move(
        nodeId: before.Id,
        oldParentNodeId: before.ParentId,
        newParentNodeId: tree[124].ParentId,
        objectId: before.ObjectId,
        contentName: before.Name);

    Console.WriteLine("Assigning a role ...");
    var roles = new Dictionary<string, List<int>> { ["Editor"] = [] };
    roles["Editor"].Add(admin.Id);
    RoleAudit.Assign(roleId: 3, roleName: "Editor", assignToContentObjectId: admin.Id, contentObjectName: "Administrator");

    Console.WriteLine("Deleting an order ...");
    var orders = new HashSet<int> { 6, 7 };
    if (orders.Remove(7)) OrderAudit.Delete(7);

    Console.WriteLine("Writing a record of a custom function ...");
    AuditTrail.WriteAudit("my-new-audit", ("User id", admin.Id), ("Comment", "Whatever this application wants to say"));
}

Console.WriteLine();
LogPrinter.Print(writer.LogDirectory);

bool SignIn(string login, string password, [NotNullWhen(true)] out Account? account)
{
    bool signedIn = accounts.TrySignIn(login, password, out account);
    if (account is not null) UserAudit.Login(account.Id, login);
    else UserAudit.LoginFailed(login, "Unknown login or wrong password");
    return signedIn;
}
