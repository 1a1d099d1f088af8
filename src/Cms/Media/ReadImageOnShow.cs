using Cms.Data;
using Cms.Media.Images;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media;

/// <summary>An image to serve, and whether readers can see it.</summary>
public sealed record ImageOnShow
{
    public required string Sha256 { get; init; }

    public required RenditionSource Source { get; init; }

    /// <summary>Whether readers can see something that shows the image.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>When the rights end; null if they do not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The image to show instead after the rights end.</summary>
    public MediaId? SubstituteId { get; init; }
}

/// <summary>Reads an image in the library, whether or not it is public.</summary>
public sealed class ReadImageOnShow(IDbContextFactory<CmsDbContext> databases, DatabaseAvailability availability)
{
    /// <summary>Returns the image; null if it is not in the library.</summary>
    public Task<ImageOnShow?> Handle(MediaId id, CancellationToken cancellationToken) =>
        availability.RunAsync(token => ReadAsync(id, token), cancellationToken);

    private async Task<ImageOnShow?> ReadAsync(MediaId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = db.VisibleMedia;
        return await db
            .MediaAssets.AsNoTracking()
            .Where(asset => asset.Id == id && asset.DeletedAt == null)
            .Select(asset => new ImageOnShow
            {
                Sha256 = asset.Sha256,
                Source = new RenditionSource
                {
                    Id = asset.Id,
                    Rev = asset.Rev,
                    Width = asset.Width,
                    Height = asset.Height,
                    IsAnimated = asset.IsAnimated,
                    Focus = asset.Focus,
                    Rights = asset.Rights,
                },
                IsPublic = seen.Any(visible => visible.Id == id),
                ExpiresAt = asset.ExpiresAt,
                SubstituteId = asset.SubstituteId,
            })
            .SingleOrDefaultAsync(cancellationToken);
    }
}
