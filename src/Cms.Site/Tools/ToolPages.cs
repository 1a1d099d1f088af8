using Cms.Site.Pages;
using Cms.Site.Taxonomy;

namespace Cms.Site.Tools;

/// <summary>The pages of tools: what a tool is, and the articles about it.</summary>
internal static class ToolPages
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPage("/tools/{slug}", ShowAsync, ListPlace.AfterName, ListPlace.BeforeName);

    private static Task<PageResult> ShowAsync(PageRequest page) =>
        TaxonomyPages.ShowAsync<ToolAnswer>(
            page,
            (slug, place) => page.QueryAsync<ToolAnswer>("SiteTool", new SubjectVariables(slug, place)),
            answer => answer.Tool is { } found ? (found.Slug, found.Articles.PageInfo) : null,
            (answer, place) =>
                PageResult.Show<ToolPage>((nameof(ToolPage.Tool), answer.Tool), (nameof(ToolPage.Place), place))
        );
}
