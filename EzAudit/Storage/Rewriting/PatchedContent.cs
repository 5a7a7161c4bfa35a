using EzAudit.Storage.Content;

namespace EzAudit.Storage.Rewriting;

/// <summary>Content with other bytes in some places. Does not dispose the content beneath.</summary>
/// <param name="content">The content.</param>
/// <param name="patches">The other bytes, in order.</param>
internal sealed class PatchedContent(ILogContent content, IReadOnlyList<FilePatch> patches) : ILogContent
{
    public int Read(Span<byte> bytes, long offset)
    {
        int count = content.Read(bytes, offset);
        FilePatch.Apply(patches, bytes[..count], offset);
        return count;
    }

    public void Dispose()
    {
    }
}
