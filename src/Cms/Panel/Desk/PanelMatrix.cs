using Cms.Articles;
using Cms.GraphQL;
using Cms.Panel.Reading;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

/// <summary>A persona's place on the panel of an article.</summary>
public sealed class DeskPanelCell
{
    [GraphQLIgnore]
    public required PersonaId PersonaId { get; init; }

    /// <summary>The persona's take; null if it was neither requested nor written.</summary>
    public Take? Take { get; init; }
}

[ObjectType<DeskPanelCell>]
public static class DeskPanelCellNode
{
    /// <summary>The persona.</summary>
    public static IDataLoaderResult<PublicPersona> GetPersonaAsync(
        [Parent(nameof(DeskPanelCell.PersonaId))] DeskPanelCell cell,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(cell.PersonaId, context.Asked<PublicPersona>())!;
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticlePanel
{
    /// <summary>
    /// The panel of the article: each active persona, and each other persona with a take, in the panel's order.
    /// </summary>
    [ListSize(8)]
    public static IDataLoaderResult<List<DeskPanelCell>> GetPanelAsync(
        [Parent(nameof(Article.Id))] Article article,
        [Service] TakesByArticle takes,
        [Service] PanelOrder personas
    ) => takes.Load(article.Id).And(personas.LoadAll(), Cells);

    private static List<DeskPanelCell> Cells(List<Take> takes, List<(PersonaId Id, bool IsActive)> personas)
    {
        var written = takes.ToDictionary(take => take.PersonaId);
        return
        [
            .. personas
                .Where(persona => persona.IsActive || written.ContainsKey(persona.Id))
                .Select(persona => new DeskPanelCell
                {
                    PersonaId = persona.Id,
                    Take = written.GetValueOrDefault(persona.Id),
                }),
        ];
    }
}

/// <summary>Loads the personas in the panel's order, once for each request.</summary>
public sealed class PanelOrder(ReadContexts contexts) : BatchLoader<int, List<(PersonaId Id, bool IsActive)>>
{
    // There is one panel.
    private const int Panel = 0;

    public IDataLoaderResult<List<(PersonaId Id, bool IsActive)>> LoadAll() => Load(Panel);

    protected override async Task<Dictionary<int, List<(PersonaId Id, bool IsActive)>>> ReadAsync(
        List<int> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var personas = await lease
            .Db.Personas.OrderBy(p => p.Order)
            .ThenBy(p => p.Id)
            .Select(p => new { p.Id, p.IsActive })
            .ToListAsync(cancellationToken);
        return new() { [Panel] = personas.ConvertAll(p => (p.Id, p.IsActive)) };
    }
}
