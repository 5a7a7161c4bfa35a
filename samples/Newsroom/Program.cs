using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Newsroom;
using Newsroom.Api;
using Newsroom.Content;
using Newsroom.Data;
using Newsroom.Site;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = SiteFolder.Home });
var folder = new SiteFolder(builder.Configuration["data"]);

// The audit trail: these lines, settings/audit.ini, and in the code a call for what only this site knows.
builder.Services.AddEzAudit(folder.Root).AddAspNetCore().AddOutbox<NewsroomDatabase>();

builder.Services.AddSingleton(folder).AddSingleton(TimeProvider.System);
builder.Services.AddDbContext<NewsroomDatabase>(options => options
    .UseSqlite($"Data Source={folder.PathOf("newsroom.db")}")
    .UseEzAudit(audit => audit.Outbox = true));
builder.Services.AddAccounts(builder.Configuration, folder);
builder.Services.AddApi(folder);
builder.Services.AddSite();

WebApplication app = builder.Build();
app.UseEzAudit();
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

await app.StartAsync();
Welcome.Print(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses, folder);
await app.WaitForShutdownAsync();
