using Cms.Data;
using Cms.Media.Images;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Media;

/// <summary>An image as it can be served.</summary>
public sealed record ImageOnShow
{
    public required string Sha256 { get; init; }

    public required RenditionSource Source { get; init; }

    /// <summary>Readers see something that shows it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>When its rights end; null when they do not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What is shown in its stead from then on.</summary>
    public MediaId? SubstituteId { get; init; }
}

/// <summary>One image of the library, shown to readers or not yet.</summary>
public sealed class ReadImageOnShow(IDbContextFactory<CmsDbContext> databases, DatabaseAvailability availability)
{
    /// <summary>An image of the library; null when there is none.</summary>
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
