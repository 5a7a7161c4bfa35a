using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Content;

/// <summary>Stores and reads the files of articles.</summary>
internal sealed class Attachments(NewsroomDatabase database)
{
    public const long MaxBytes = 1024 * 1024;

    public async Task<IReadOnlyList<Attachment>> ListAsync(long articleId) => await database.Attachments
        .Where(attachment => attachment.ArticleId == articleId)
        .Select(attachment => new Attachment { Id = attachment.Id, FileName = attachment.FileName, MediaType = attachment.MediaType })
        .ToListAsync();

    public async Task UploadAsync(long articleId, IFormFile file)
    {
        if (file.Length > MaxBytes) throw new ContentException($"'{file.FileName}' is too large: it has {file.Length} bytes, the limit is {MaxBytes}.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var attachment = new Attachment
        {
            ArticleId = articleId,
            FileName = Path.GetFileName(file.FileName),
            MediaType = file.ContentType,
            Bytes = bytes.ToArray(),
        };
        database.Add(attachment);
        await database.SaveChangesAsync();
        DataAudit.Upload(attachment.Id, attachment.FileName, attachment.MediaType, attachment.Bytes.Length);
    }

    public async Task<Attachment?> FindAsync(long id) => await database.Attachments.SingleOrDefaultAsync(attachment => attachment.Id == id);
}
