using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Newsroom.Accounts;
using Newsroom.Content;
using Newsroom.Shop;

namespace Newsroom.Api;

/// <summary>Maps the site's API.</summary>
internal static class ApiEndpoints
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    public static void MapApi(this WebApplication app)
    {
        app.MapPost("/api/token", IssueTokenAsync).DisableCookieRedirect();

        RouteGroupBuilder api = app.MapGroup("/api").RequireAuthorization(ApiPolicy.Name).DisableCookieRedirect();
        api.MapGet("/articles", ListArticlesAsync).WithAuditSearch("article");
        api.MapGet("/articles/{id:long}", GetArticleAsync).WithAuditView("article");
        api.MapPost("/articles/find", FindArticlesAsync).WithAuditSearch("article", "id").DisableAntiforgery();
        api.MapPost("/articles", CreateArticleAsync).RequireAuthorization(Permissions.EditContent);
        api.MapPost("/articles/{id:long}/move", MoveArticleAsync).RequireAuthorization(Permissions.EditContent);
        api.MapDelete("/articles/{id:long}", RemoveArticleAsync).RequireAuthorization(Permissions.EditContent);
        api.MapGet("/orders", async (OrderBook orders) => await orders.ListAsync()).RequireAuthorization(Permissions.ManageOrders);
        api.MapDelete("/orders/{id:long}", DeleteOrderAsync).RequireAuthorization(Permissions.ManageOrders);
    }

    private static async Task<Results<Ok<TokenAnswer>, UnauthorizedHttpResult>> IssueTokenAsync(
        TokenRequest request, SignInManager<Account> signIn, AccessTokens tokens, TimeProvider clock)
    {
        Account? account = await signIn.UserManager.FindByNameAsync(request.Login);
        if (account is null || !(await signIn.CheckPasswordSignInAsync(account, request.Password, lockoutOnFailure: true)).Succeeded)
            return TypedResults.Unauthorized();
        string token = tokens.Issue(await signIn.CreateUserPrincipalAsync(account), request.Client, clock.GetUtcNow(), TokenLifetime);
        return TypedResults.Ok(new TokenAnswer(token, (int)TokenLifetime.TotalSeconds));
    }

    private static async Task<ArticleView[]> ListArticlesAsync(ContentTree tree) =>
        [.. (await tree.ListAsync(forEditors: false)).Select(placed => ArticleView.Of(placed.Node))];

    private static async Task<Results<Ok<ArticleView>, NotFound>> GetArticleAsync(long id, ContentTree tree) =>
        await tree.FindPublicAsync(id) is { } node ? TypedResults.Ok(ArticleView.Of(node)) : TypedResults.NotFound();

    private static async Task<ArticleView[]> FindArticlesAsync([FromForm] long[] id, ContentTree tree) =>
        [.. (await tree.ListAsync(forEditors: false)).Where(placed => id.Contains(placed.Node.Id)).Select(placed => ArticleView.Of(placed.Node))];

    private static async Task<Results<Created<ArticleView>, ProblemHttpResult>> CreateArticleAsync(ArticleDraft draft, Writing writing, HttpContext context)
    {
        try
        {
            Node node = await writing.CreateAsync(draft.ParentId, draft.Name, draft.Text, context.User.AccountId());
            return TypedResults.Created($"/api/articles/{node.Id}", ArticleView.Of(node));
        }
        catch (ContentException refusal)
        {
            return Refuse(refusal);
        }
    }

    private static Task<Results<NoContent, ProblemHttpResult>> MoveArticleAsync(long id, long to, Arranging arranging) =>
        DoAsync(() => arranging.MoveAsync(id, to));

    private static Task<Results<NoContent, ProblemHttpResult>> RemoveArticleAsync(long id, Removal removal) =>
        DoAsync(() => removal.RemoveNodeAsync(id));

    private static async Task<Results<NoContent, NotFound>> DeleteOrderAsync(long id, OrderBook orders)
    {
        if (await orders.FindAsync(id) is not { } order) return TypedResults.NotFound();
        await orders.DeleteAsync(order);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DoAsync(Func<Task> work)
    {
        try
        {
            await work();
            return TypedResults.NoContent();
        }
        catch (ContentException refusal)
        {
            return Refuse(refusal);
        }
    }

    private static ProblemHttpResult Refuse(ContentException refusal) =>
        TypedResults.Problem(refusal.Message, statusCode: StatusCodes.Status409Conflict);
}
