using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Tools;

namespace Cms.Bookmarks;

/// <summary>The kinds of things that can be bookmarked.</summary>
public enum BookmarkKind
{
    /// <summary>An article.</summary>
    Article,

    /// <summary>A tool.</summary>
    Tool,

    /// <summary>A persona's take.</summary>
    Take,
}

/// <summary>The id of a bookmarked article, tool or take. The bookmark's kind says which.</summary>
public readonly record struct TargetId(Guid Value);

/// <summary>The article, tool or take that a bookmark points to.</summary>
public readonly record struct BookmarkTarget(BookmarkKind Kind, TargetId Id)
{
    public static BookmarkTarget Of(ArticleId id) => new(BookmarkKind.Article, new(id.Value));

    public static BookmarkTarget Of(ToolId id) => new(BookmarkKind.Tool, new(id.Value));

    public static BookmarkTarget Of(TakeId id) => new(BookmarkKind.Take, new(id.Value));

    /// <summary>Parses the id of an article, a tool or a take. Returns null for any other text.</summary>
    public static BookmarkTarget? Parse(string? text) =>
        EntityId.Parse<ArticleId>(text) is { } article ? Of(article)
        : EntityId.Parse<ToolId>(text) is { } tool ? Of(tool)
        : EntityId.Parse<TakeId>(text) is { } take ? Of(take)
        : null;

    public override string ToString() =>
        Kind switch
        {
            BookmarkKind.Article => new ArticleId(Id.Value).Format(),
            BookmarkKind.Tool => new ToolId(Id.Value).Format(),
            _ => new TakeId(Id.Value).Format(),
        };
}
