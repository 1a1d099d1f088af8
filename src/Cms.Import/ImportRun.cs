using Cms.Body;
using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Runs an import: first images, personas, tools and authors, then the articles that show them, then fronts.</summary>
internal sealed class ImportRun(
    ImageImport images,
    PersonaImport personas,
    ToolImport tools,
    AuthorImport authors,
    ArticleImport articles,
    FrontImport fronts,
    ImportTally tally
)
{
    public async Task<ImportSummary> ImportAsync(
        IReadOnlyList<ArticleItem> stories,
        IReadOnlyList<ImportItem> others,
        CancellationToken cancellationToken
    )
    {
        await personas.LoadAsync(cancellationToken);
        await tools.LoadAsync(cancellationToken);
        await images.TakeBackAsync(cancellationToken);

        foreach (
            var item in others
                .Where(item => item is not FrontItem)
                .OrderBy(item => (item is not ImageItem, item is ToolItem))
        )
        {
            tally.Count(item, await ImportAsync(item, cancellationToken));
        }

        var unique = UniqueStories.Of(stories, others);
        foreach (var (story, reason) in unique.Refused)
        {
            tally.Count(story, reason);
        }

        await ImportAsync(unique.Stories, cancellationToken);
        foreach (var front in others.OfType<FrontItem>())
        {
            tally.Count(front, await fronts.ImportAsync(front, cancellationToken));
        }

        return tally.Summary;
    }

    // An article can embed other articles of the same import. An article with unresolved embeds is tried again after
    // the others, until no more articles can be imported.
    private async Task ImportAsync(IReadOnlyList<ArticleItem> stories, CancellationToken cancellationToken)
    {
        var waiting = stories;
        while (waiting.Count > 0)
        {
            List<(ArticleItem Item, Result<ImportOutcome> Outcome)> unresolved = [];
            foreach (var story in waiting)
            {
                var outcome = await articles.ImportAsync(story, cancellationToken);
                if (outcome.Errors is [UnknownEmbeds])
                {
                    unresolved.Add((story, outcome));
                }
                else
                {
                    tally.Count(story, outcome);
                }
            }

            if (unresolved.Count == waiting.Count)
            {
                unresolved.ForEach(story => tally.Count(story.Item, story.Outcome));
                break;
            }

            waiting = [.. unresolved.Select(story => story.Item)];
        }
    }

    private Task<Result<ImportOutcome>> ImportAsync(ImportItem item, CancellationToken cancellationToken) =>
        item switch
        {
            ImageItem image => images.ImportAsync(image, cancellationToken),
            PersonaItem persona => personas.ImportAsync(persona, cancellationToken),
            ToolItem tool => tools.ImportAsync(tool, cancellationToken),
            AuthorItem author => authors.ImportAsync(author, cancellationToken),
            CanceledItem canceled => articles.CancelAsync(canceled, cancellationToken),
            UnreadableItem { IsWithheld: true, Id: { } id } notice => articles.WithholdAsync(
                notice,
                id,
                cancellationToken
            ),
            UnreadableItem unreadable => Task.FromResult<Result<ImportOutcome>>(unreadable.Reason),
            _ => throw new InvalidOperationException($"Import does not support {item.GetType().Name}."),
        };
}
