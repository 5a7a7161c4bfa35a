using System.Security.Claims;
using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Claims, which Enterprise Tester calls permissions.</summary>
[TestClass]
public sealed class PermissionTests
{
    private static readonly Claim Edit = new("permission", "edit");
    private static readonly Claim Publish = new("permission", "publish");

    [TestMethod]
    public async Task AClaimGivenToAUserIsAPermissionGranted()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.AddClaimAsync(site.Editor, Edit));

        site.AssertOnly("user-permissions-set", [.. site.EditorFields, ("Granted", "permission=edit"), ("Revoked", "")]);
        site.Site.AssertWritten("user-permissions-set");
    }

    [TestMethod]
    public async Task AClaimTakenFromAUserIsAPermissionRevoked()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.RemoveClaimAsync(site.Editor, Edit));

        site.AssertOnly("user-permissions-set", [.. site.EditorFields, ("Granted", ""), ("Revoked", "permission=edit")]);
    }

    [TestMethod]
    public async Task AReplacedClaimIsBoth()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithUsers(users => users.ReplaceClaimAsync(site.Editor, Edit, Publish));

        site.AssertOnly("user-permissions-set", [.. site.EditorFields, ("Granted", "permission=publish"), ("Revoked", "permission=edit")]);
    }

    [TestMethod]
    public async Task AClaimGivenToAGroupIsAPermissionGranted()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityRole role = site.AddRole("8", "Editors");
        await site.WithRoles(roles => roles.AddClaimAsync(role, Edit));

        site.AssertOnly("group-permissions-set", ("Group ID", "8"), ("Group name", "Editors"), ("Granted", "permission=edit"), ("Revoked", ""));
        site.AssertOnly("role-change", ("Role ID", "8"), ("Role name", "Editors"), ("Comment", "Granted permission=edit"));
        site.Site.AssertWritten("group-permissions-set", "role-change");
    }

    [TestMethod]
    public async Task AClaimTakenFromAGroupIsAPermissionRevoked()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityRole role = site.AddRole("8", "Editors");
        await site.WithRoles(roles => roles.RemoveClaimAsync(role, Edit));

        site.AssertOnly("group-permissions-set", ("Group ID", "8"), ("Group name", "Editors"), ("Granted", ""), ("Revoked", "permission=edit"));
    }
}
