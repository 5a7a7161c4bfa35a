using EzAudit.Plugins;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Newsroom.Content;

/// <summary>The files of articles, for everybody who may read the site.</summary>
internal static class DownloadEndpoints
{
    public static void MapDownloads(this WebApplication app) => app.MapGet("/attachments/{id:long}", DownloadAsync);

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(long id, Attachments attachments)
    {
        if (await attachments.FindAsync(id) is not { } attachment) return TypedResults.NotFound();
        // Before its first byte leaves: where this cannot be written, nothing is read.
        DataAudit.Download(attachment.Id, attachment.FileName, attachment.Bytes.Length);
        return TypedResults.File(attachment.Bytes, "application/octet-stream", attachment.FileName);
    }
}
