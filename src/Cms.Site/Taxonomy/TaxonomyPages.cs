using Cms.Site.Articles;
using Cms.Site.Pages;

namespace Cms.Site.Taxonomy;

/// <summary>The pages of categories, tags, sources and authors: lists of articles, newest first.</summary>
internal static class TaxonomyPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/categories/{slug}", ShowCategoryAsync, ListPlace.AfterName, ListPlace.BeforeName);
        routes.MapPage("/tags/{slug}", ShowTagAsync, ListPlace.AfterName, ListPlace.BeforeName);
        routes.MapPage("/sources/{slug}", ShowSourceAsync, ListPlace.AfterName, ListPlace.BeforeName);
        routes.MapPage("/authors/{slug}", ShowAuthorAsync, ListPlace.AfterName, ListPlace.BeforeName);
    }

    private static Task<PageResult> ShowCategoryAsync(PageRequest page) =>
        ShowAsync<CategoryAnswer>(
            page,
            (slug, place) =>
                page.QueryAsync<CategoryAnswer>("SiteCategory", new CategoryVariables(slug, place.IsStart, place)),
            answer => answer.Category is { } found ? (found.Slug, found.Articles.PageInfo) : null,
            (answer, place) =>
                PageResult.Show<CategoryPage>(
                    (nameof(CategoryPage.Category), answer.Category),
                    (
                        nameof(CategoryPage.Articles),
                        // What editors chose comes first, then the newest that they did not choose.
                        (IReadOnlyList<CardData>)
                            [
                                .. (answer.Front?.Articles ?? [])
                                    .Concat(answer.Category!.Articles.Nodes)
                                    .DistinctBy(article => article.Id, StringComparer.Ordinal),
                            ]
                    ),
                    (nameof(CategoryPage.Place), place)
                )
        );

    private static Task<PageResult> ShowTagAsync(PageRequest page) =>
        ShowAsync<TagAnswer>(
            page,
            (slug, place) => page.QueryAsync<TagAnswer>("SiteTag", new SubjectVariables(slug, place)),
            answer => answer.Tag is { } found ? (found.Slug, found.Articles.PageInfo) : null,
            (answer, place) =>
                PageResult.Show<TagPage>((nameof(TagPage.Tag), answer.Tag), (nameof(TagPage.Place), place))
        );

    private static Task<PageResult> ShowSourceAsync(PageRequest page) =>
        ShowAsync<SourceAnswer>(
            page,
            (slug, place) => page.QueryAsync<SourceAnswer>("SiteSource", new SubjectVariables(slug, place)),
            answer => answer.Source is { } found ? (found.Slug, found.Articles.PageInfo) : null,
            (answer, place) =>
                PageResult.Show<SourcePage>(
                    (nameof(SourcePage.Source), answer.Source),
                    (nameof(SourcePage.Place), place)
                )
        );

    private static Task<PageResult> ShowAuthorAsync(PageRequest page) =>
        ShowAsync<AuthorAnswer>(
            page,
            (slug, place) => page.QueryAsync<AuthorAnswer>("SiteAuthor", new SubjectVariables(slug, place)),
            answer => answer.Author is { } found ? (found.Slug, found.Articles.PageInfo) : null,
            (answer, place) =>
                PageResult.Show<AuthorPage>(
                    (nameof(AuthorPage.Author), answer.Author),
                    (nameof(AuthorPage.Place), place)
                )
        );

    /// <summary>Shows a page of a list under the current slug of its subject.</summary>
    /// <param name="page">The request.</param>
    /// <param name="read">Reads the subject with one page of its list.</param>
    /// <param name="subject">Returns the current slug and the page information of the list; null if there is no such subject.</param>
    /// <param name="show">Returns the page.</param>
    internal static async Task<PageResult> ShowAsync<T>(
        PageRequest page,
        Func<string, ListPlace, Task<T>> read,
        Func<T, (string Slug, PageInfoData Info)?> subject,
        Func<T, ListPlace, PageResult> show
    )
    {
        var slug = page["slug"]!;
        var found = await ListPlace.ReadAsync(page, place => read(slug, place), answer => subject(answer)?.Info);
        if (found is not var (answer, place))
        {
            return PageResult.Moved(page.Address.Path);
        }

        return subject(answer) switch
        {
            null => PageResult.Missing,
            var (current, _) when current != slug => PageResult.Moved(
                page.Address.Path[..(page.Address.Path.LastIndexOf('/') + 1)] + current
            ),
            _ => show(answer, place),
        };
    }

    private sealed record CategoryVariables(string Slug, bool Front, ListPlace Place) : SubjectVariables(Slug, Place);
}
