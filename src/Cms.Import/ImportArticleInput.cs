using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;

namespace Cms.Import;

/// <summary>An article to import, with the ids of everything that it refers to.</summary>
internal sealed record ImportArticleInput
{
    public required string ImportId { get; init; }

    public required ArticleContent Content { get; init; }

    public string? Slug { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>The latest of the item's dates, if its format has several.</summary>
    public DateTimeOffset? LatestDate { get; init; }

    public required ImportStatus Status { get; init; }

    public bool IsWithheld { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public DateTimeOffset? EmbargoUntil { get; init; }

    public required IReadOnlyList<(Persona Persona, TakeContent Content)> Takes { get; init; }

    /// <summary>The images that a dry run would import.</summary>
    public IReadOnlyDictionary<MediaId, MediaAsset> ComingImages { get; init; } = new Dictionary<MediaId, MediaAsset>();

    /// <summary>Whether to make all decisions but save nothing.</summary>
    public bool DryRun { get; init; }

    // Returns a hash of the content, which is used to skip unchanged items. The slug is not included, because only the
    // first import sets it.
    public string Hash()
    {
        var canonical = JsonSerializer.Serialize(
            new
            {
                Content.Headline,
                Content.Summary,
                Content.Body,
                Content.Byline,
                Content.Language,
                Category = Content.CategoryId?.Format(),
                Source = Content.SourceId?.Format(),
                Content.SourceUrl,
                Tags = Content.Tags.Select(id => id.Format()),
                Tools = Content.Tools.Select(id => id.Format()),
                Status,
                Takes = Takes.Select(take => new { Persona = take.Persona.Id.Format(), take.Content }),
            }
        );
        // The image is included only if it is set. Otherwise the hashes of stories imported before images existed would
        // change.
        var hero = Content.HeroImageId is { } image
            ? $"\n{image.Format()}\n{Content.HeroAlt}\n{Content.HeroCaption}"
            : "";
        // The schedule, the embargo and the authors are included only if set, for the same reason.
        var plans = (ScheduledAt ?? EmbargoUntil) is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"\n{ScheduledAt?.ToUnixTimeMilliseconds()}\n{EmbargoUntil?.ToUnixTimeMilliseconds()}"
            );
        var authors =
            Content.Authors.Count == 0 ? "" : $"\n{string.Join(' ', Content.Authors.Select(id => id.Format()))}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical + hero + plans + authors)));
    }
}
