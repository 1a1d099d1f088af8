using Cms.Studio.Api;

namespace Cms.Studio.Media;

/// <summary>A page of the images whose rights end.</summary>
public sealed record ExpiringMediaData(ExpiringMediaDesk? Desk);

/// <summary>The library.</summary>
public sealed record ExpiringMediaDesk(ExpiringMediaRows? Media);

/// <summary>Some images.</summary>
public sealed record ExpiringMediaRows(IReadOnlyList<ExpiringImage> Nodes, PageInfo PageInfo);

/// <summary>An image whose rights end.</summary>
public sealed record ExpiringImage(
    string Id,
    string FileName,
    string? Alt,
    int UseCount,
    string? SubstituteId,
    Picture Image,
    ExpiringRights Rights
)
{
    /// <summary>What readers see when the rights have ended.</summary>
    public string Afterwards =>
        this switch
        {
            { UseCount: 0 } => "Nothing shows it",
            { SubstituteId: not null } => "Readers see the substitute",
            _ => "Readers see no image",
        };
}

/// <summary>When the rights end.</summary>
public sealed record ExpiringRights(string? Credit, DateTimeOffset? ExpiresAt);

/// <summary>Images whose rights end in the same period.</summary>
internal sealed record ExpiringGroup(string Name, IReadOnlyList<ExpiringImage> Images)
{
    private const int Week = 7;
    private const int Month = 30;
    private const int Quarter = 90;

    /// <summary>Sorts images into periods, the earliest first.</summary>
    public static IReadOnlyList<ExpiringGroup> Of(IEnumerable<ExpiringImage> images, DateTimeOffset now) =>
        [
            .. images
                .Where(image => image.Rights.ExpiresAt is not null)
                .OrderBy(image => image.Rights.ExpiresAt)
                .ThenBy(image => image.Id, StringComparer.Ordinal)
                .GroupBy(image => NameOf(image.Rights.ExpiresAt!.Value - now), StringComparer.Ordinal)
                .Select(group => new ExpiringGroup(group.Key, [.. group])),
        ];

    private static string NameOf(TimeSpan left) =>
        left.TotalDays switch
        {
            <= 0 => "Ended",
            <= Week => "Within 7 days",
            <= Month => "Within 30 days",
            <= Quarter => "Within 90 days",
            _ => "Later",
        };
}
