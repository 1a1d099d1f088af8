using Cms.Site.Pages;
using Cms.Site.Taxonomy;

namespace Cms.Site.Panel;

/// <summary>The page about the panel, and a page for each persona.</summary>
internal static class PanelPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/panel", ShowPanelAsync);
        routes.MapPage("/panel/{slug}", ShowPersonaAsync, ListPlace.AfterName, ListPlace.BeforeName);
    }

    private static async Task<PageResult> ShowPanelAsync(PageRequest page) =>
        PageResult.Show<PanelPage>(
            (nameof(PanelPage.Personas), (await page.QueryAsync<PanelAnswer>("SitePanel")).Personas.Items)
        );

    private static Task<PageResult> ShowPersonaAsync(PageRequest page) =>
        TaxonomyPages.ShowAsync<PersonaAnswer>(
            page,
            (slug, place) => page.QueryAsync<PersonaAnswer>("SitePersona", new SubjectVariables(slug, place)),
            answer => answer.Persona is { } found ? (found.Slug, found.Takes.PageInfo) : null,
            (answer, place) =>
                PageResult.Show<PersonaPage>(
                    (nameof(PersonaPage.Persona), answer.Persona),
                    (nameof(PersonaPage.Place), place)
                )
        );
}
