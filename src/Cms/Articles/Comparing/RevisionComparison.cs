using System.Globalization;
using Cms.Articles.Drafting;
using Cms.GraphQL;

namespace Cms.Articles.Comparing;

/// <summary>What happened to a block of the body.</summary>
public enum BlockChange
{
    /// <summary>Both revisions contain the block, with the same content.</summary>
    Unchanged,

    /// <summary>Both revisions contain the block, with different content.</summary>
    Changed,

    /// <summary>Only the later revision contains the block.</summary>
    Added,

    /// <summary>Only the earlier revision contains the block.</summary>
    Removed,

    /// <summary>Both revisions contain the block, in a different place. Its content can be different too.</summary>
    Moved,
}

/// <summary>A block of the body in two revisions.</summary>
/// <param name="BlockId">The id of the block.</param>
/// <param name="Change">What happened to the block.</param>
/// <param name="IsFormattingOnly">Whether the text is the same, and only links, emphasis or structure differ.</param>
/// <param name="Parts">
/// The text of the block in parts, including the words that were removed and the words that were added.
/// </param>
[GraphQLName("DeskBlockComparison")]
public sealed record BlockComparison(
    string BlockId,
    BlockChange Change,
    bool IsFormattingOnly,
    [property: ListSize(5)] IReadOnlyList<TextPart> Parts
);

/// <summary>A field that differs between two revisions.</summary>
/// <param name="Field">The name of the field, as in saveArticle.</param>
/// <param name="From">The value in the earlier revision; null if it was empty.</param>
/// <param name="To">The value in the later revision; null if it is empty.</param>
/// <param name="Parts">
/// Both values in parts, including the words that were removed and the words that were added.
/// </param>
[GraphQLName("DeskFieldComparison")]
public sealed record FieldComparison(
    string Field,
    string? From,
    string? To,
    [property: ListSize(5)] IReadOnlyList<TextPart> Parts
);

/// <summary>The differences between two revisions of an article.</summary>
/// <param name="Fields">The fields that differ, other than the body.</param>
/// <param name="Blocks">
/// The blocks of both bodies, in the order of the later one. Removed blocks are listed at the place that they had in
/// the earlier body.
/// </param>
[GraphQLName("DeskComparison")]
public sealed record RevisionComparison(
    [property: ListSize(5)] IReadOnlyList<FieldComparison> Fields,
    [property: ListSize(30)] IReadOnlyList<BlockComparison> Blocks
)
{
    internal static RevisionComparison Of(
        WorkingCopy earlier,
        WorkingCopy later,
        IReadOnlyDictionary<Guid, string> names,
        CancellationToken cancellationToken
    )
    {
        var texts = new TextComparer();
        return new(
            [.. FieldsOf(earlier, later, names, texts)],
            [.. BlockComparer.Compare(earlier.Body, later.Body, texts, cancellationToken)]
        );
    }

    private static IEnumerable<FieldComparison> FieldsOf(
        WorkingCopy earlier,
        WorkingCopy later,
        IReadOnlyDictionary<Guid, string> names,
        TextComparer texts
    )
    {
        (string Field, Func<WorkingCopy, string?> Read)[] fields =
        [
            ("headline", c => c.Headline),
            ("summary", c => c.Summary),
            ("category", c => NamesOf(c.CategoryId)),
            ("source", c => NamesOf(c.SourceId)),
            ("sourceUrl", c => c.SourceUrl),
            ("sourcePublishedOn", c => c.SourcePublishedOn?.ToString("O", CultureInfo.InvariantCulture)),
            ("heroImage.media", c => c.HeroImageId?.ToString()),
            ("heroImage.alt", c => c.HeroAlt),
            ("heroImage.caption", c => c.HeroCaption),
            ("byline", c => c.Byline),
            ("authors", c => NamesOf([.. c.Authors])),
            ("language", c => c.Language),
            ("seo.title", c => c.Seo?.Title),
            ("seo.description", c => c.Seo?.Description),
            ("seo.canonicalUrl", c => c.Seo?.CanonicalUrl),
            ("seo.noIndex", c => c.Seo?.NoIndex is true ? "true" : "false"),
            ("tags", c => NamesOf([.. c.Tags])),
            ("about", c => NamesOf([.. c.Tools])),
        ];
        foreach (var (field, read) in fields)
        {
            var (from, to) = (read(earlier), read(later));
            if (from != to)
            {
                yield return new FieldComparison(field, from, to, texts.Compare(from ?? "", to ?? ""));
            }
        }

        // A term that no longer exists has only its id.
        string? NamesOf(params IEnumerable<IEntityId?> ids) =>
            string.Join(", ", ids.OfType<IEntityId>().Select(id => names.GetValueOrDefault(id.Value) ?? $"{id}"))
                is { Length: > 0 } joined
                ? joined
                : null;
    }
}
