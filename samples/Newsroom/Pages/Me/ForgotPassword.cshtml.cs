using System.ComponentModel.DataAnnotations;
using System.Text;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>Sends a password reset link. The response is the same whether or not the account exists.</summary>
internal sealed class ForgotPassword(UserManager<Account> accounts, Outbox outbox) : PageModel
{
    [BindProperty, Required]
    public string Login { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        if (await accounts.FindByNameAsync(Login) is { Email: { } email } account) await SendLinkAsync(account, email);
        else PasswordAudit.RequestReset("", Login, "nobody, there is no such account");
        TempData["Message"] = "If this account exists, a link is on its way.";
        return RedirectToPage("/Me/SignIn");
    }

    private async Task SendLinkAsync(Account account, string email)
    {
        string token = await accounts.GeneratePasswordResetTokenAsync(account);
        string code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));
        string link = Url.PageLink("/Me/ResetPassword", values: new { id = account.Id, code })!;
        outbox.Send(email, "Your password", $"Dear {account.FullName},\n\nset a new password here:\n{link}");
    }
}
