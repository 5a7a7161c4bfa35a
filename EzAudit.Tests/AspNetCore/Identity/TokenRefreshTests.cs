using System.Net.Http.Json;
using System.Text.Json;
using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>The tokens of <c>MapIdentityApi</c>.</summary>
[TestClass]
public sealed class TokenRefreshTests
{
    [TestMethod]
    public async Task ANewTokenForARefreshTokenIsNoSignIn()
    {
        await using IdentitySite site = await IdentitySite.Start(
            identity => identity.AddApiEndpoints(),
            builder => builder.Services.AddAuthentication().AddBearerToken(IdentityConstants.BearerScheme),
            application => application.MapIdentityApi<IdentityUser>());
        HttpResponseMessage login = await site.Site.Browser.PostAsJsonAsync("/login", new { email = "editor", password = IdentitySite.Password });
        for (int i = 0; i < 2; i++)
        {
            string? refreshToken = (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refreshToken").GetString();
            login = await site.Site.Browser.PostAsJsonAsync("/refresh", new { refreshToken });
            Assert.IsTrue(login.IsSuccessStatusCode);
        }
        site.AssertOnly("user-login", site.EditorFields);
        Assert.HasCount(2, site.Site.Records("token-refresh"));
        site.Site.AssertWritten("user-login", "token-refresh");
    }
}
