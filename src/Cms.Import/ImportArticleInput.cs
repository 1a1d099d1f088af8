using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.People;

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

    /// <summary>
    /// The corrections and updates after the first publication, oldest first; empty if the file does not list them.
    /// </summary>
    public IReadOnlyList<CorrectionItem> Corrections { get; init; } = [];

    public required IReadOnlyList<ImportedTake> Takes { get; init; }

    /// <summary>Which model drafted the text, and who edited and reviewed it.</summary>
    public TextOrigin Origin { get; init; } = new();

    /// <summary>Whether a reviewer that the file names counts as one.</summary>
    public bool TrustsReviews { get; init; }

    /// <summary>The images that a dry run would import.</summary>
    public IReadOnlyDictionary<MediaId, MediaAsset> ComingImages { get; init; } = new Dictionary<MediaId, MediaAsset>();

    /// <summary>Who imports it.</summary>
    public Actor By { get; init; } = Actor.Import;

    /// <summary>Whether to make all decisions but save nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether the text is saved as a draft, also if it is scheduled.</summary>
    public bool StaysDraft(DateTimeOffset now) => Status is ImportStatus.Draft || EmbargoUntil > now;

    /// <summary>Whether readers will see the text without a further act of a person.</summary>
    public bool BecomesPublic(DateTimeOffset now) => !StaysDraft(now) || ScheduledAt is not null;

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
        // The same applies to the models. A reviewer who is not trusted does not count, so that the same file can be
        // imported again with trust.
        var origins = string.Concat(
            Takes
                .Select(take => take.Origin)
                .Prepend(Origin)
                .Select((origin, i) => (Text: Written(origin), Index: i))
                .Where(origin => origin.Text.Length > 0)
                .Select(origin => string.Create(CultureInfo.InvariantCulture, $"\n{origin.Index} {origin.Text}"))
        );
        // The same applies to what takes refer to.
        var subjects = string.Concat(
            Takes.Select(
                (take, i) =>
                    take.Anchor is null && take.InReplyTo is null
                        ? ""
                        : $"\n{JsonSerializer.Serialize(new { Take = i, take.Anchor, Answers = take.InReplyTo?.Id.Format() })}"
            )
        );
        // The same applies to corrections and updates. Moving them to other lines changes nothing.
        var corrections = string.Concat(
            Corrections.Select(entry =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\n{JsonSerializer.Serialize(new { Correction = entry.At.ToUnixTimeMilliseconds(), entry.Kind, entry.Note, entry.Severity })}"
                )
            )
        );
        return Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(canonical + hero + plans + authors + origins + subjects + corrections)
            )
        );
    }

    private string Written(TextOrigin origin)
    {
        var effective = TrustsReviews ? origin : origin with { ReviewedBy = null };
        return effective == new TextOrigin() ? "" : JsonSerializer.Serialize(effective);
    }
}

/// <summary>A take to import, with its persona.</summary>
internal sealed record ImportedTake(Persona Persona, TakeContent Content, TextOrigin Origin)
{
    /// <summary>The passage that it refers to; null for the whole article.</summary>
    public TakeAnchor? Anchor { get; init; }

    /// <summary>The persona whose take it answers; null if it answers none.</summary>
    public Persona? InReplyTo { get; init; }
}
