using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;

namespace Cms.Import;

/// <summary>An article with everything it names looked up.</summary>
internal sealed record ImportArticleInput
{
    public required string ImportId { get; init; }

    public required ArticleContent Content { get; init; }

    public string? Slug { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>The latest of its dates, where it has several.</summary>
    public DateTimeOffset? LatestDate { get; init; }

    public required ImportStatus Status { get; init; }

    public bool IsWithheld { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public DateTimeOffset? EmbargoUntil { get; init; }

    public required IReadOnlyList<(Persona Persona, TakeContent Content)> Takes { get; init; }

    /// <summary>Images that a dry run would have taken in.</summary>
    public IReadOnlyDictionary<MediaId, MediaAsset> ComingImages { get; init; } = new Dictionary<MediaId, MediaAsset>();

    /// <summary>Whether everything is decided and nothing is kept.</summary>
    public bool DryRun { get; init; }

    // What the import brought, so that the same again is known to be the same. The slug is fixed at the first import.
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
        // Stories that were imported before they could have an image are the same still.
        var hero = Content.HeroImageId is { } image
            ? $"\n{image.Format()}\n{Content.HeroAlt}\n{Content.HeroCaption}"
            : "";
        // Likewise those without plans.
        var plans = (ScheduledAt ?? EmbargoUntil) is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"\n{ScheduledAt?.ToUnixTimeMilliseconds()}\n{EmbargoUntil?.ToUnixTimeMilliseconds()}"
            );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical + hero + plans)));
    }
}
