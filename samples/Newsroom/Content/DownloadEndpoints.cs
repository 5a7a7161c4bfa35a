using Microsoft.AspNetCore.Http.HttpResults;

namespace Newsroom.Content;

/// <summary>The files of articles, for everybody who may read the site.</summary>
internal static class DownloadEndpoints
{
    public static void MapDownloads(this WebApplication app) => app.MapGet("/attachments/{id:long}", DownloadAsync).WithAuditDownload("attachment");

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(long id, Attachments attachments)
    {
        if (await attachments.FindAsync(id) is not { } attachment) return TypedResults.NotFound();
        return TypedResults.File(attachment.Bytes, "application/octet-stream", attachment.FileName);
    }
}
