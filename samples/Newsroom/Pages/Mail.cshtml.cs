using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages;

/// <summary>Shows the mails that a real site would have sent.</summary>
internal sealed class Mail(Outbox outbox) : PageModel
{
    public IReadOnlyList<string> Texts { get; private set; } = [];

    public void OnGet() => Texts = outbox.Last(20);
}
