using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Sessions;
using Microsoft.EntityFrameworkCore;
using Newsroom;
using Newsroom.Api;
using Newsroom.Content;
using Newsroom.Data;
using Newsroom.Site;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = SiteFolder.Home });
var folder = new SiteFolder(builder.Configuration["data"]);

// The audit trail: these lines; UseEzAudit() below, for the database; AddEzAudit() after AddIdentity(). settings/audit.ini says what is recorded.
// The site itself adds what only it knows: [AuditView] on a page, ContentAudit.Move() where a node is moved.
builder.Services.AddEzAudit(folder.Root).AddAspNetCore().AddOutbox<NewsroomDatabase>();
builder.Services.AddHealthChecks().AddEzAudit();
builder.Services.Configure<AuditAuthenticationOptions>(options => options.PasswordResetDelivery = "outbox");
builder.Services.Configure<AuditSessionOptions>(builder.Configuration.GetSection("Sessions"));

builder.Services.AddSingleton(folder).AddSingleton(TimeProvider.System);
builder.Services.AddDbContext<NewsroomDatabase>(options => options
    .UseSqlite($"Data Source={folder.PathOf("newsroom.db")}")
    .UseEzAudit(audit => audit.Outbox = true));
builder.Services.AddAccounts(builder.Configuration, folder);
builder.Services.AddApi(folder);
builder.Services.AddSite();

WebApplication app = builder.Build();
app.UseSecurityHeaders();
app.UseExceptionHandler("/Error");
app.UseStatusCodePagesWithReExecute("/Error", "?status={0}");
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.MapRazorPages();
app.MapDownloads();
app.MapApi();
app.MapHealthChecks("/healthz");

using (IServiceScope scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<Seed>().PlantAsync();

app.Lifetime.ApplicationStarted.Register(() => Welcome.Print(app.Urls, folder));
await app.RunAsync();
