using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Newsroom.Accounts;

namespace Newsroom.Content;

/// <summary>Serves the files of articles to everyone who may read the article.</summary>
internal static class DownloadEndpoints
{
    public static void MapDownloads(this WebApplication app) => app.MapGet("/attachments/{id:long}", DownloadAsync).WithAuditDownload("attachment");

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(
        long id, ClaimsPrincipal user, Attachments attachments, ContentTree tree)
    {
        if (await attachments.FindAsync(id) is not { } attachment) return TypedResults.NotFound();
        if (!user.May(Permissions.EditContent) && !await tree.IsPublicAsync(attachment.ArticleId)) return TypedResults.NotFound();
        return TypedResults.File(attachment.Bytes, "application/octet-stream", attachment.FileName);
    }
}
