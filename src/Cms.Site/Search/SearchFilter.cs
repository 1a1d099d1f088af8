using System.Text.Json.Serialization;
using Cms.Site.Pages;

namespace Cms.Site.Search;

/// <summary>The section, topic, tool and source that a search is narrowed to, by slug.</summary>
public sealed record SearchFilter(string? Category, string? Tag, string? Tool, string? Source)
{
    public const string CategoryName = "category";
    public const string TagName = "tag";
    public const string ToolName = "tool";
    public const string SourceName = "source";

    public static SearchFilter Of(PageAddress address) =>
        new(
            address.Query.GetValueOrDefault(CategoryName),
            address.Query.GetValueOrDefault(TagName),
            address.Query.GetValueOrDefault(ToolName),
            address.Query.GetValueOrDefault(SourceName)
        );

    /// <summary>What the search is narrowed to: the query parameters, their slugs and what readers call them.</summary>
    public IReadOnlyList<(string Name, string Slug, string Title)> Chosen =>
        [
            .. new (string Name, string? Slug, string Title)[]
            {
                (CategoryName, Category, "Section"),
                (TagName, Tag, "Topic"),
                (ToolName, Tool, "Tool"),
                (SourceName, Source, "Source"),
            }
                .Where(filter => filter.Slug is not null)
                .Select(filter => (filter.Name, filter.Slug!, filter.Title)),
        ];

    /// <summary>Returns the filter as the API takes it: an <c>ArticleFilterInput</c>; null if nothing is chosen.</summary>
    internal FilterInput? ToInput() =>
        Chosen.Count == 0
            ? null
            : new(
                Category is null ? null : new(new(Category)),
                Tag is null ? null : new(new(new(Tag))),
                Tool is null ? null : new(new(new(Tool))),
                Source is null ? null : new(new(Source))
            );

    // Records are compared by value, so that the answer to the same search is found again.
    internal sealed record FilterInput(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SlugFilter? Category,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SomeFilter? Tags,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SomeFilter? About,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SlugFilter? Source
    );

    internal sealed record SomeFilter(SlugFilter Some);

    internal sealed record SlugFilter(SlugEquals Slug);

    internal sealed record SlugEquals(string Eq);
}
