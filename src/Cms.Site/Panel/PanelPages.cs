using Cms.Site.Pages;

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

    private static async Task<PageResult> ShowPersonaAsync(PageRequest page)
    {
        var slug = page["slug"]!;
        var found = await ListPlace.ReadAsync(
            page,
            place =>
                page.QueryAsync<PersonaAnswer>(
                    "SitePersona",
                    new
                    {
                        slug,
                        first = place.First,
                        after = place.After,
                        last = place.Last,
                        before = place.Before,
                    }
                ),
            answer => answer.Persona?.Takes.PageInfo
        );
        return found switch
        {
            null => PageResult.Moved(page.Address.Path),
            ({ Persona: { } persona }, var place) => PageResult.Show<PersonaPage>(
                (nameof(PersonaPage.Persona), persona),
                (nameof(PersonaPage.Place), place)
            ),
            _ => PageResult.Missing,
        };
    }
}
