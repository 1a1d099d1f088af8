using Cms.GraphQL;

namespace Cms.Import;

/// <summary>Counts the outcomes of one run, and collects its refusals and warnings.</summary>
internal sealed class ImportTally(int total, IProgress<ImportProgress>? progress)
{
    private readonly List<RefusedItem> _refused = [];
    private readonly List<string> _warnings = [];
    private readonly List<ImportedItem> _items = [];
    private int _imported;
    private int _unchanged;
    private int _done;

    public ImportSummary Summary => new(_imported, _unchanged, _refused, _warnings) { Items = _items };

    public void Count(ImportItem item, Result<ImportOutcome> outcome)
    {
        progress?.Report(new ImportProgress(++_done, total));
        _items.Add(
            new ImportedItem(
                item.Origin,
                KindOf(item),
                TitleOf(item),
                outcome.IsRefused ? null : outcome.Value,
                [.. outcome.Errors.Select(error => error.Message)]
            )
            {
                ImportId = ImportIdOf(item),
            }
        );
        if (outcome.IsRefused)
        {
            Refuse(item.Origin, outcome.Errors);
            return;
        }

        _warnings.AddRange(item.Warnings.Select(warning => $"{item.Origin}: {warning}"));
        if (outcome.Value is ImportOutcome.Unchanged)
        {
            _unchanged++;
        }
        else
        {
            _imported++;
        }
    }

    /// <summary>Notes what happened to the file of an image. Only the items are counted.</summary>
    public void Image(string file, ImportOutcome outcome) =>
        _items.Add(new ImportedItem(file, ImportedKind.Image, Path.GetFileName(file), outcome, []));

    public void Warn(string warning) => _warnings.Add(warning);

    public void Refuse(string origin, IEnumerable<UserError> reasons) =>
        _refused.AddRange(reasons.Select(reason => new RefusedItem(origin, reason.Message)));

    /// <summary>Returns the id of an article in the system that it comes from; null for everything else.</summary>
    public static string? ImportIdOf(ImportItem item) =>
        item switch
        {
            ArticleItem story => story.Id,
            CanceledItem canceled => canceled.Id,
            UnreadableItem unreadable => unreadable.Id,
            _ => null,
        };

    private static ImportedKind KindOf(ImportItem item) =>
        item switch
        {
            ArticleItem or CanceledItem => ImportedKind.Article,
            AuthorItem => ImportedKind.Author,
            FrontItem => ImportedKind.Front,
            ImageItem => ImportedKind.Image,
            PersonaItem => ImportedKind.Persona,
            ToolItem => ImportedKind.Tool,
            _ => ImportedKind.File,
        };

    private static string? TitleOf(ImportItem item) =>
        item switch
        {
            ArticleItem story => story.Headline,
            AuthorItem author => author.Fields.Name,
            FrontItem front => front.Category ?? "Home page",
            ImageItem image => image.File,
            PersonaItem persona => persona.Fields.Profile.Name,
            ToolItem tool => tool.Fields.Name,
            _ => null,
        };
}
