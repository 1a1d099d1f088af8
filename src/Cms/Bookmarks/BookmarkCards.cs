using Cms.Articles;
using Cms.Articles.Preview;
using Cms.Articles.Reading;
using Cms.Body;
using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Reading;
using Cms.Tools;
using GraphQL.DataLoader;

namespace Cms.Bookmarks;

/// <summary>What a list of bookmarks shows of a target, whatever its kind.</summary>
internal sealed record BookmarkCard(string? Title, string? Summary = null, string? Path = null);

/// <summary>
/// Loads what lists of bookmarks show of their targets. Each level of the results is a read of all targets of a page:
/// the take, the article of a removed take, the article, and the headline of a withdrawn article.
/// </summary>
public sealed class BookmarkCards(
    ShownArticles articles,
    ToolById tools,
    TakeById takes,
    ArticleOfTake articlesOfTakes,
    LastHeadline headlines,
    SiteAddresses site
)
{
    private static readonly ColumnSet ArticleColumns = Columns.Set<PublicArticle>(
        nameof(PublicArticle.Headline),
        nameof(PublicArticle.Summary),
        nameof(PublicArticle.Slug)
    );

    private static readonly ColumnSet ToolColumns = Columns.Set<PublicTool>(
        nameof(PublicTool.Name),
        nameof(PublicTool.Summary),
        nameof(PublicTool.Slug)
    );

    private static readonly ColumnSet TakeColumns = Columns.Set<PublicTake>(
        nameof(PublicTake.ArticleId),
        nameof(PublicTake.Verdict),
        nameof(PublicTake.Text)
    );

    /// <summary>Loads one value of a target's card.</summary>
    internal IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<string?>>>> Load(
        BookmarkTarget target,
        Func<BookmarkCard, string?> value
    )
    {
        var id = target.Id.Value;
        return target.Kind switch
        {
            BookmarkKind.Article => LoaderResults.Ready(LoaderResults.Ready(OfArticle(new(id), null, value))),
            BookmarkKind.Tool => LoaderResults.Ready(
                LoaderResults.Ready(
                    LoaderResults.Ready(tools.Load(new(id), ToolColumns).IfVisible().Then(tool => value(OfTool(tool))))
                )
            ),
            _ => takes
                .Load(new(id), TakeColumns)
                .Then(take =>
                    (
                        take is null ? articlesOfTakes.Load(new(id)) : LoaderResults.Ready<ArticleId?>(take.ArticleId)
                    ).Then(article =>
                        article is { } of
                            ? OfArticle(of, card => OfTake(take, card), value)
                            : LoaderResults.Ready(LoaderResults.Ready<string?>(null))
                    )
                ),
        };
    }

    /// <summary>
    /// Loads the headline of an article that is no longer public, or of the article of a take that is not.
    /// </summary>
    internal IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<IDataLoaderResult<string?>>>> Headline(
        RemovedTarget target
    ) =>
        BookmarkTarget.Parse(target.TargetId) is { } parsed
            ? Load(parsed, card => card.Title)
            : throw new InvalidOperationException($"{target.TargetId} is not the id of a target.");

    private IDataLoaderResult<IDataLoaderResult<string?>> OfArticle(
        ArticleId id,
        Func<BookmarkCard, BookmarkCard>? change,
        Func<BookmarkCard, string?> value
    )
    {
        string? Of(BookmarkCard card) => value(change is null ? card : change(card));
        return articles
            .Load(id, ArticleColumns)
            .Then(article =>
                article is null
                    ? headlines.Load(id).Then(headline => Of(new BookmarkCard(headline)))
                    : LoaderResults.Ready(
                        Of(
                            new BookmarkCard(
                                article.Headline,
                                article.Summary,
                                SiteAddresses.At(site.Article, article.Slug)
                            )
                        )
                    )
            );
    }

    // A take that was retracted has the headline of its article, but no text and no page.
    private static BookmarkCard OfTake(PublicTake? take, BookmarkCard article) =>
        take is null
            ? new BookmarkCard(article.Title)
            : article with
            {
                Summary = string.IsNullOrWhiteSpace(take.Verdict) ? take.Text : take.Verdict,
            };

    private BookmarkCard OfTool(PublicTool? tool) =>
        tool is null
            ? new BookmarkCard(null)
            : new BookmarkCard(tool.Name, tool.Summary, SiteAddresses.At(site.Tool, tool.Slug));
}
