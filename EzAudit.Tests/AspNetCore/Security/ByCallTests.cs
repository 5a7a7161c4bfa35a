using EzAudit.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Events that only the application knows, written in a request with the calls shown in docs/events.md.</summary>
[TestClass]
public sealed class ByCallTests
{
    [TestMethod]
    public async Task WhatTheFrameworkCannotKnowHasACall()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.SignIn();
        await site.Site.Do(context =>
        {
            // Other hosts run in the test process; in an application the calls find its only writer.
            using (AuditTrail.Use(context.RequestServices.GetRequiredService<AuditWriter>())) Call();
            return Task.CompletedTask;
        });

        site.AssertOnly("user-login-attach", [.. site.EditorFields, ("Attached session id", "s1"), ("Client", "desktop")]);
        site.AssertOnly("user-failed-login-license", ("User login", "anna"), ("Limit", "5"), ("In use", "5"), ("Comment", "No licence was free"));
        (string, string)[] project = [("Project ID", "3"), ("Project name", "Mahjong")];
        (string, string)[] group = [("Group ID", "8"), ("Group name", "Editors")];
        site.AssertOnly("project-user-add", [.. project, .. site.EditorFields]);
        site.AssertOnly("project-user-remove", [.. project, .. site.EditorFields]);
        site.AssertOnly("project-groups-set", [.. project, ("Added", "Editors"), ("Removed", "")]);
        site.AssertOnly("group-users-set", [.. group, ("Added", "anna"), ("Removed", "otto"), ("Resulting count", "7")]);
        site.AssertOnly("project-user-permissions-set", [.. project, .. site.EditorFields, ("Granted", "edit"), ("Revoked", "")]);
        Assert.AreEqual("editor", site.AssertOnly("project-group-permissions-set", [.. project, .. group, ("Granted", "edit"), ("Revoked", "")]).Actor.Login);
    }

    private static void Call()
    {
        SignInAudit.Attach(16, "editor", "s1", client: "desktop");
        SignInAudit.LicenseExceeded("anna", limit: 5, inUse: 5);
        ProjectAudit.AddUser(3, "Mahjong", 16, "editor");
        ProjectAudit.RemoveUser(3, "Mahjong", 16, "editor");
        ProjectAudit.SetGroups(3, "Mahjong", ["Editors"], []);
        GroupAudit.SetUsers(8, "Editors", ["anna"], ["otto"], resultingCount: 7);
        PermissionAudit.SetForUserInProject(3, "Mahjong", 16, "editor", ["edit"], []);
        PermissionAudit.SetForGroupInProject(3, "Mahjong", 8, "Editors", ["edit"], []);
    }
}
