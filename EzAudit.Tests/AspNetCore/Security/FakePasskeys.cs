using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>Replaces the cryptography of passkeys: accepts whatever the test says.</summary>
internal sealed class FakePasskeys : IPasskeyHandler<IdentityUser>
{
    public (UserPasskeyInfo Passkey, IdentityUser User)? Accepted { get; set; }

    public Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext) => throw new NotSupportedException();

    public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(IdentityUser? user, HttpContext httpContext) =>
        Task.FromResult(new PasskeyRequestOptionsResult { RequestOptionsJson = "{}", AssertionState = "state" });

    public Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context) => throw new NotSupportedException();

    public Task<PasskeyAssertionResult<IdentityUser>> PerformAssertionAsync(PasskeyAssertionContext context) => Task.FromResult(
        Accepted is { } accepted ? PasskeyAssertionResult.Success(accepted.Passkey, accepted.User) : PasskeyAssertionResult.Fail<IdentityUser>(new PasskeyException("refused")));
}
