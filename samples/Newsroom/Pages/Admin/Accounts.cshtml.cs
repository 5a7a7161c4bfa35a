using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;

namespace Newsroom.Pages.Admin;

/// <summary>Lists all accounts and creates new ones.</summary>
[Authorize(Permissions.ManageAccounts)]
internal sealed class Accounts(NewsroomDatabase database, UserManager<Account> accounts) : PageModel
{
    public IReadOnlyList<Account> All { get; private set; } = [];

    [BindProperty, Required, StringLength(50)]
    public string Login { get; set; } = "";

    [BindProperty, Required, StringLength(100)]
    public string FullName { get; set; } = "";

    [BindProperty, Required, EmailAddress]
    public string Email { get; set; } = "";

    [BindProperty, Required]
    public string Password { get; set; } = "";

    public async Task OnGetAsync() => All = await database.Accounts.AsNoTracking().OrderBy(account => account.Login).ToListAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var account = new Account { Login = Login, FullName = FullName, Email = Email };
            IdentityResult result = await accounts.CreateAsync(account, Password);
            if (result.Succeeded) return RedirectToPage("/Admin/AccountDetails", new { id = account.Id });
            foreach (IdentityError error in result.Errors) ModelState.AddModelError("", error.Description);
        }
        await OnGetAsync();
        return Page();
    }
}
