using System.Collections.Immutable;
using System.Globalization;
using Cms.Body;
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
/// <param name="Parts">The text of the block, with the words that were removed and added.</param>
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
/// <param name="Parts">The values, with the words that were removed and added.</param>
[GraphQLName("DeskFieldComparison")]
public sealed record FieldComparison(
    string Field,
    string? From,
    string? To,
    [property: ListSize(5)] IReadOnlyList<TextPart> Parts
);

/// <summary>The differences between two revisions of an article.</summary>
/// <param name="Fields">The fields that differ, without the body.</param>
/// <param name="Blocks">
/// The blocks of both bodies, in the order of the later one. Removed blocks are where they were.
/// </param>
[GraphQLName("DeskComparison")]
public sealed record RevisionComparison(
    [property: ListSize(5)] IReadOnlyList<FieldComparison> Fields,
    [property: ListSize(30)] IReadOnlyList<BlockComparison> Blocks
)
{
    internal static RevisionComparison Of(ArticleContent earlier, ArticleContent later, TermNames names) =>
        Of(earlier, later, names, new TextDifference());

    private static RevisionComparison Of(
        ArticleContent earlier,
        ArticleContent later,
        TermNames names,
        TextDifference texts
    ) => new([.. FieldsOf(earlier, later, names, texts)], [.. BlocksOf(earlier.Body, later.Body, texts)]);

    private static IEnumerable<FieldComparison> FieldsOf(
        ArticleContent earlier,
        ArticleContent later,
        TermNames names,
        TextDifference texts
    )
    {
        foreach (var (field, read) in Readers(names))
        {
            var (from, to) = (read(earlier), read(later));
            if (from != to)
            {
                yield return new FieldComparison(field, from, to, texts.Of(from ?? "", to ?? ""));
            }
        }
    }

    private static IEnumerable<(string Field, Func<ArticleContent, string?> Read)> Readers(TermNames names) =>
        [
            ("headline", c => c.Headline),
            ("summary", c => c.Summary),
            ("category", c => c.CategoryId is { } id ? names.Of(id.Value) : null),
            ("source", c => c.SourceId is { } id ? names.Of(id.Value) : null),
            ("sourceUrl", c => c.SourceUrl),
            ("sourcePublishedOn", c => c.SourcePublishedOn?.ToString("O", CultureInfo.InvariantCulture)),
            ("heroImage.media", c => c.HeroImageId?.ToString()),
            ("heroImage.alt", c => c.HeroAlt),
            ("heroImage.caption", c => c.HeroCaption),
            ("byline", c => c.Byline),
            ("language", c => c.Language),
            ("seo.title", c => c.Seo.Title),
            ("seo.description", c => c.Seo.Description),
            ("seo.canonicalUrl", c => c.Seo.CanonicalUrl),
            ("seo.noIndex", c => c.Seo.NoIndex ? "true" : "false"),
            ("tags", c => Joined(c.Tags.Select(id => names.Of(id.Value)))),
            ("about", c => Joined(c.Tools.Select(id => names.Of(id.Value)))),
        ];

    private static string? Joined(IEnumerable<string> names) =>
        string.Join(", ", names) is { Length: > 0 } joined ? joined : null;

    private static IEnumerable<BlockComparison> BlocksOf(string? earlier, string? later, TextDifference texts)
    {
        var (before, after) = (BlocksIn(earlier), BlocksIn(later));
        var (was, now) = (ById(before), ById(after));
        foreach (var (change, id) in TextDifference.OfLists(before.Select(b => b.Id), after.Select(b => b.Id)))
        {
            if (id.Length == 0)
            {
                // A body without blocks.
                continue;
            }

            if (change is TextChange.Removed)
            {
                // A block that moved is shown once, in its new place.
                if (!now.ContainsKey(id))
                {
                    yield return Compare(id, was[id], null, BlockChange.Removed, texts);
                }
            }
            else
            {
                var earlierBlock = was.GetValueOrDefault(id);
                yield return Compare(
                    id,
                    earlierBlock,
                    now[id],
                    earlierBlock is null ? BlockChange.Added
                        : change is TextChange.Added ? BlockChange.Moved
                        : Json(earlierBlock) == Json(now[id]) ? BlockChange.Unchanged
                        : BlockChange.Changed,
                    texts
                );
            }
        }
    }

    private static BlockComparison Compare(
        string id,
        Block? earlier,
        Block? later,
        BlockChange change,
        TextDifference texts
    )
    {
        var (from, to) = (Text(earlier), Text(later));
        var isFormattingOnly = change is BlockChange.Changed && from == to && !ShowsOther(later!);
        return new BlockComparison(id, change, isFormattingOnly, texts.Of(from, to));
    }

    // Whether the block contains an image or an embed. A different one is not a change of formatting, although the text
    // is the same.
    private static bool ShowsOther(Block block) =>
        block is Image or ArticleEmbed or ToolEmbed || block.Children.Any(ShowsOther);

    private static Dictionary<string, Block> ById(ImmutableArray<Block> blocks) =>
        blocks.ToDictionary(block => block.Id, StringComparer.Ordinal);

    private static ImmutableArray<Block> BlocksIn(string? json) => json is null ? [] : RichText.OfStored(json).Blocks;

    private static string Json(Block block) => new RichText([block]).ToJson();

    private static string Text(Block? block) =>
        block is null ? "" : new RichText([block]).Derive(BodyForms.PlainText).PlainText;
}

/// <summary>The names of the categories, sources, tags and tools in two revisions.</summary>
internal sealed class TermNames(IReadOnlyDictionary<Guid, string> names)
{
    /// <summary>Returns the name of a term; its id if it no longer exists.</summary>
    public string Of(Guid id) => names.GetValueOrDefault(id) ?? id.ToString("n");
}
